"""The first tables: groups, meetings, their journals and actions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "groups",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("method", sa.String, nullable=False),
        sa.Column("minutes", sa.Double),
        sa.Column("members", sa.JSON, nullable=False),
        sa.Column("plan_months_after_done", sa.Integer, nullable=False),
        sa.Column("figures_months", sa.Integer, nullable=False),
        sa.Column("less_of", sa.JSON, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
    )
    op.create_table(
        "meetings",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("group", sa.String, sa.ForeignKey("groups.id", ondelete="CASCADE"), index=True),
        sa.Column("method", sa.String, nullable=False),
        sa.Column("minutes", sa.Double, nullable=False),
        sa.Column("started", sa.Double, nullable=False),
        sa.Column("ended", sa.Double),
        sa.Column("recording", sa.String, nullable=False),
        sa.Column("speed", sa.Double, nullable=False),
        sa.Column("microphone", sa.String, nullable=False),
        sa.Column("seen_wall", sa.Double, nullable=False),
        sa.Column("seen_at", sa.Double, nullable=False),
        sa.Column("seen_source", sa.Double, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
    )
    _journal_and_actions()


def _journal_and_actions() -> None:
    meeting = sa.ForeignKey("meetings.id", ondelete="CASCADE")
    op.create_table(
        "journal",
        sa.Column("meeting", sa.String, meeting, primary_key=True),
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("wall", sa.Double, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("command", sa.String, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
    )
    group = sa.ForeignKey("groups.id", ondelete="CASCADE")
    texts = ("method", "what", "who", "how", "with_whom", "when", "due", "needs", "noticed_by")
    op.create_table(
        "actions",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("group", sa.String, group, index=True),
        sa.Column(
            "meeting", sa.String, sa.ForeignKey("meetings.id", ondelete="SET NULL"), index=True
        ),
        *(sa.Column(name, sa.String, nullable=False) for name in texts),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("learned", sa.String, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("closed", sa.Double),
    )
