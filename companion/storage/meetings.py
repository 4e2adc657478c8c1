"""Meetings as entries: which one runs, where it had got to, and which there were."""

from __future__ import annotations

import builtins
from collections.abc import Iterable

import sqlalchemy as sa

from companion.method.figures import MeetingFigures
from companion.storage.actions import put_actions
from companion.storage.database import Database
from companion.storage.figures import put_figures
from companion.storage.records import Action, MeetingRecord
from companion.storage.rows import from_row, to_row
from companion.storage.tables import actions, journal, meetings
from companion.storage.unbroken import unbroken


class Meetings:
    """The stored meetings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @unbroken
    async def create(self, meeting: MeetingRecord) -> None:
        """Add a meeting; its journal is empty."""
        values = {**to_row(meeting), "sequence": 0}
        async with self._database.transaction() as connection:
            await connection.execute(sa.insert(meetings).values(values))

    @unbroken
    async def get(self, meeting: str) -> MeetingRecord | None:
        """One meeting, or None."""
        found = await self._select(meetings.c.id == meeting)
        return found[0] if found else None

    @unbroken
    async def running(self) -> MeetingRecord | None:
        """The meeting that has not ended, the latest if there are more."""
        found = await self._select(meetings.c.ended.is_(None))
        return found[0] if found else None

    @unbroken
    async def list(self, group: str | None = None) -> builtins.list[MeetingRecord]:
        """A group's meetings, or all, the latest first."""
        return await self._select(meetings.c.group == group if group else sa.true())

    @unbroken
    async def seen(self, meeting: str, wall: float, at: float, source: float) -> None:
        """A sign of life: the meeting had got to `at`, and to `source` of its recording."""
        values = {"seen_wall": wall, "seen_at": at, "seen_source": source}
        async with self._database.transaction() as connection:
            await connection.execute(
                sa.update(meetings).where(meetings.c.id == meeting).values(values)
            )

    @unbroken
    async def finish(
        self,
        meeting: str,
        wall: float,
        plan: Iterable[Action] = (),
        counted: MeetingFigures | None = None,
    ) -> None:
        """The meeting is over; `plan` is what it agreed and `counted` what stays of its course.

        Its journal goes in the same breath: from now on the plan stands in the actions alone
        and the findings are counts. Doing it again replaces plan and counts.
        """
        kept = builtins.list(plan)
        own = actions.c.id.startswith(f"{meeting}.", autoescape=True)  # not what a look-back added
        gone = (actions.c.meeting == meeting) & own & actions.c.id.not_in([a.id for a in kept])
        async with self._database.transaction() as connection:
            await put_actions(connection, kept, keep_outcome=True)
            await connection.execute(sa.delete(actions).where(gone))
            if counted is not None:
                await put_figures(connection, counted)
            await connection.execute(sa.delete(journal).where(journal.c.meeting == meeting))
            await connection.execute(
                sa.update(meetings).where(meetings.c.id == meeting).values(ended=wall)
            )
        await self._database.flush_log()

    @unbroken
    async def sweep(self) -> None:
        """Remove journal rows that a killed service left behind after a meeting's end."""
        over = sa.select(meetings.c.id).where(meetings.c.ended.is_not(None))
        async with self._database.transaction() as connection:
            await connection.execute(sa.delete(journal).where(journal.c.meeting.in_(over)))

    async def _select(self, where: sa.ColumnElement[bool]) -> builtins.list[MeetingRecord]:
        query = sa.select(meetings).where(where).order_by(meetings.c.started.desc())
        async with self._database.transaction() as connection:
            return [from_row(row, MeetingRecord) for row in await connection.execute(query)]
