"""Run by Alembic, on the connection that opening a database hands over."""

from __future__ import annotations

from alembic import context

from companion.storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
