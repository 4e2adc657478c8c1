"""What stays after a meeting besides its plan, and what this service remembers of its use."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "preferences",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("value", sa.JSON, nullable=False),
    )
    op.create_table(
        "figures",
        sa.Column("meeting", sa.String, _meeting(), primary_key=True),
        sa.Column("review", sa.Text, nullable=False),
    )
    op.create_table(
        "evaluations",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("meeting", sa.String, _meeting(), index=True, nullable=False),
        sa.Column("answers", sa.JSON, nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("meeting", sa.String, _meeting(), index=True, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("member", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
    )
    _of_the_trainer()


def _of_the_trainer() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("meeting", sa.String, _meeting(), index=True, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("given", sa.Double, nullable=False),
    )
    op.create_table(
        "goals",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("group", sa.String, _group(), index=True, nullable=False),
        sa.Column("indicator", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("closed", sa.Double),
    )
    op.create_table(
        "trainer_notes",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("group", sa.String, _group(), index=True, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
    )


def _meeting() -> sa.ForeignKey:
    return sa.ForeignKey("meetings.id", ondelete="CASCADE")


def _group() -> sa.ForeignKey:
    return sa.ForeignKey("groups.id", ondelete="CASCADE")
