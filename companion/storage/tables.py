"""The tables, the same in SQLite and PostgreSQL. Their history is in migrations/versions."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

groups = sa.Table(
    "groups",
    METADATA,
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

meetings = sa.Table(
    "meetings",
    METADATA,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("group", sa.ForeignKey("groups.id", ondelete="CASCADE"), index=True),
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
    sa.Column("sequence", sa.Integer, nullable=False),  # of its latest journal row; never reused
)

journal = sa.Table(
    "journal",
    METADATA,
    sa.Column("meeting", sa.ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("wall", sa.Double, nullable=False),
    sa.Column("at", sa.Double, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("command", sa.String, nullable=False),
    sa.Column("event", sa.Text, nullable=False),
)

actions = sa.Table(
    "actions",
    METADATA,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("group", sa.ForeignKey("groups.id", ondelete="CASCADE"), index=True),
    sa.Column("meeting", sa.ForeignKey("meetings.id", ondelete="SET NULL"), index=True),
    sa.Column("method", sa.String, nullable=False),
    sa.Column("what", sa.String, nullable=False),
    sa.Column("who", sa.String, nullable=False),
    sa.Column("how", sa.String, nullable=False),
    sa.Column("with_whom", sa.String, nullable=False),
    sa.Column("when", sa.String, nullable=False),
    sa.Column("due", sa.String, nullable=False),
    sa.Column("needs", sa.String, nullable=False),
    sa.Column("noticed_by", sa.String, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("learned", sa.String, nullable=False),
    sa.Column("created", sa.Double, nullable=False),
    sa.Column("closed", sa.Double),
)

preferences = sa.Table(
    "preferences",
    METADATA,
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("value", sa.JSON, nullable=False),
)


def _meeting() -> sa.ForeignKey:
    return sa.ForeignKey("meetings.id", ondelete="CASCADE")


def _group() -> sa.ForeignKey:
    return sa.ForeignKey("groups.id", ondelete="CASCADE")


figures = sa.Table(
    "figures",
    METADATA,
    sa.Column("meeting", _meeting(), primary_key=True),
    sa.Column("review", sa.Text, nullable=False),
)

evaluations = sa.Table(
    "evaluations",
    METADATA,
    sa.Column("id", sa.String, primary_key=True),  # by chance: says nothing about who or when
    sa.Column("meeting", _meeting(), index=True, nullable=False),
    sa.Column("answers", sa.JSON, nullable=False),
)

notes = sa.Table(
    "notes",
    METADATA,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("meeting", _meeting(), index=True, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("member", sa.String, nullable=False),
    sa.Column("text", sa.String, nullable=False),
    sa.Column("created", sa.Double, nullable=False),
)

handovers = sa.Table(
    "handovers",
    METADATA,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("meeting", _meeting(), index=True, nullable=False),
    sa.Column("code", sa.String, nullable=False),  # its digest
    sa.Column("given", sa.Double, nullable=False),
)

goals = sa.Table(
    "goals",
    METADATA,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("group", _group(), index=True, nullable=False),
    sa.Column("indicator", sa.String, nullable=False),
    sa.Column("text", sa.String, nullable=False),
    sa.Column("created", sa.Double, nullable=False),
    sa.Column("closed", sa.Double),
)

trainer_notes = sa.Table(
    "trainer_notes",
    METADATA,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("group", _group(), index=True, nullable=False),
    sa.Column("text", sa.String, nullable=False),
    sa.Column("created", sa.Double, nullable=False),
)
