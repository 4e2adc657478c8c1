"""Figures of ended meetings: written in the transaction in which a meeting ends."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from companion.method.figures import MeetingFigures
from companion.storage.database import Database
from companion.storage.tables import figures, meetings
from companion.storage.unbroken import unbroken

_decode = msgspec.json.Decoder(MeetingFigures).decode


async def put_figures(connection: AsyncConnection, given: MeetingFigures) -> None:
    """Keep these figures in the place of earlier ones of the meeting, in this transaction."""
    await connection.execute(sa.delete(figures).where(figures.c.meeting == given.meeting))
    text = msgspec.json.encode(given).decode()
    await connection.execute(sa.insert(figures).values(meeting=given.meeting, review=text))


class Figures:
    """The stored figures."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @unbroken
    async def put(self, given: MeetingFigures) -> None:
        """Keep the figures of a meeting that exists."""
        async with self._database.transaction() as connection:
            await put_figures(connection, given)

    @unbroken
    async def of_meeting(self, meeting: str) -> MeetingFigures | None:
        """A meeting's figures; None while it runs, or when they are past their term."""
        found = await self._select(figures.c.meeting == meeting)
        return found[0] if found else None

    @unbroken
    async def of_group(self, group: str) -> list[MeetingFigures]:
        """A group's figures, the earliest meeting first."""
        return await self._select(meetings.c.group == group)

    async def _select(self, where: sa.ColumnElement[bool]) -> list[MeetingFigures]:
        query = (
            sa.select(figures.c.review)
            .join(meetings, meetings.c.id == figures.c.meeting)
            .where(where)
            .order_by(meetings.c.started, meetings.c.id)
        )
        async with self._database.transaction() as connection:
            return [_decode(row.review) for row in await connection.execute(query)]
