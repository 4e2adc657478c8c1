"""Groups: who meets, and on which terms their data are kept."""

from __future__ import annotations

import sqlalchemy as sa

from companion.storage.database import Database
from companion.storage.records import Group
from companion.storage.rows import from_row, to_row
from companion.storage.tables import groups
from companion.storage.unbroken import unbroken


class Groups:
    """The stored groups."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @unbroken
    async def list(self) -> list[Group]:
        """All groups, by name."""
        async with self._database.transaction() as connection:
            rows = await connection.execute(sa.select(groups).order_by(groups.c.name, groups.c.id))
            return [from_row(row, Group) for row in rows]

    @unbroken
    async def get(self, group: str) -> Group | None:
        """One group, or None."""
        async with self._database.transaction() as connection:
            rows = await connection.execute(sa.select(groups).where(groups.c.id == group))
            row = rows.one_or_none()
            return from_row(row, Group) if row else None

    @unbroken
    async def save(self, group: Group) -> None:
        """Add the group, or put it in the place of the one with its id."""
        values = to_row(group)
        async with self._database.transaction() as connection:
            changed = await connection.execute(
                sa.update(groups).where(groups.c.id == group.id).values(values)
            )
            if not changed.rowcount:
                await connection.execute(sa.insert(groups).values(values))
