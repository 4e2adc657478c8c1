"""Learning goals of a group: at most three at a time."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from companion.clock import Clock, SystemClock
from companion.errors import UsageError
from companion.storage.database import Database
from companion.storage.records import new_id
from companion.storage.rows import from_row, to_row
from companion.storage.tables import goals
from companion.storage.unbroken import unbroken
from companion.vocabulary import Indicator

MOST = 3


class Goal(msgspec.Struct, frozen=True, kw_only=True):
    """What a group works on: an indicator, and how the group or its trainer puts it."""

    id: str
    group: str
    indicator: Indicator
    text: str = ""
    created: float
    closed: float | None = None


class Goals:
    """The stored goals."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or SystemClock()

    @unbroken
    async def open_for(self, group: str) -> list[Goal]:
        """What a group works on now, the oldest first."""
        return await self._select((goals.c.group == group) & goals.c.closed.is_(None))

    @unbroken
    async def of_group(self, group: str) -> list[Goal]:
        """All of a group's goals, closed ones too, the oldest first."""
        return await self._select(goals.c.group == group)

    @unbroken
    async def add(self, group: str, indicator: Indicator, text: str = "") -> Goal:
        """One goal more; UsageError when there are three, or this one, already."""
        goal = Goal(
            id=new_id(),
            group=group,
            indicator=indicator,
            text=text,
            created=self._clock.wall(),
        )
        still_open = await self._select((goals.c.group == group) & goals.c.closed.is_(None))
        if any(each.indicator is indicator for each in still_open):
            raise UsageError("goals.same", "The group works on that already")
        if len(still_open) >= MOST:
            raise UsageError("goals.most", f"A group works on at most {MOST} goals at a time")
        async with self._database.transaction() as connection:
            await connection.execute(sa.insert(goals).values(to_row(goal)))
        return goal

    @unbroken
    async def close(self, group: str, goal: str) -> None:
        """The group is done with it."""
        own = (goals.c.id == goal) & (goals.c.group == group) & goals.c.closed.is_(None)
        async with self._database.transaction() as connection:
            await connection.execute(sa.update(goals).where(own).values(closed=self._clock.wall()))

    async def _select(self, where: sa.ColumnElement[bool]) -> list[Goal]:
        query = sa.select(goals).where(where).order_by(goals.c.created, goals.c.id)
        async with self._database.transaction() as connection:
            return [from_row(row, Goal) for row in await connection.execute(query)]
