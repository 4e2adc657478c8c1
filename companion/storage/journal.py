"""A meeting's journal: one row per event, acknowledged when it is on the disk."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from companion.errors import StorageError
from companion.events import (
    TRANSIENT,
    AdviceHeard,
    AnyEvent,
    CommandHeard,
    LastMinuteForgotten,
    QuestionHeard,
    SpanRevised,
    StepAnnounced,
    TurnHeard,
)
from companion.storage.database import Database
from companion.storage.records import Recorded
from companion.storage.tables import journal, meetings
from companion.storage.unbroken import unbroken

_FORGETTABLE = tuple(
    kind.__name__
    for kind in (TurnHeard, QuestionHeard, AdviceHeard, SpanRevised, StepAnnounced, CommandHeard)
)
_decode = msgspec.json.Decoder(AnyEvent).decode


class Journal:
    """The stored events."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, meeting: str, wall: float, event: AnyEvent) -> int:
        """Keep one event; its sequence, once it is on the disk."""
        return await self.append_all(meeting, wall, [event])

    @unbroken
    async def append_all(
        self, meeting: str, wall: float, events: Sequence[AnyEvent], command: str = ""
    ) -> int:
        """Keep events in order, all or none; the sequence of the last one, after the commit.

        LastMinuteForgotten also erases the findings of that minute. ValueError for an event
        that must not be written (it can hold words, or is a passing measurement).
        """
        refused = [type(event).__name__ for event in events if isinstance(event, TRANSIENT)]
        if refused or not events:
            raise ValueError(f"not for the journal: {refused or 'nothing'}")
        async with self._database.transaction() as connection:
            last = await _reserve(connection, meeting, len(events))
            rows = [
                _row(meeting, last - len(events) + 1 + index, wall, event, command)
                for index, event in enumerate(events)
            ]
            await connection.execute(sa.insert(journal), rows)
            for event in events:
                if isinstance(event, LastMinuteForgotten):
                    await _erase_findings(connection, meeting, event.since)
        if any(isinstance(event, LastMinuteForgotten) for event in events):
            await self._database.flush_log()
        return last

    @unbroken
    async def read(self, meeting: str) -> list[Recorded]:
        """All events of a meeting in order."""
        query = sa.select(journal).where(journal.c.meeting == meeting).order_by(journal.c.sequence)
        async with self._database.transaction() as connection:
            return [
                Recorded(
                    sequence=row.sequence,
                    wall=row.wall,
                    event=_decode(row.event),
                    command=row.command,
                )
                for row in await connection.execute(query)
            ]


async def _reserve(connection: AsyncConnection, meeting: str, count: int) -> int:
    """The last of `count` new sequence numbers; numbers of erased rows don't come back."""
    result = await connection.execute(
        sa.update(meetings)
        .where(meetings.c.id == meeting)
        .values(sequence=meetings.c.sequence + count)
        .returning(meetings.c.sequence)
    )
    last: int | None = result.scalar_one_or_none()
    if last is None:
        raise StorageError("storage.no-meeting", "There is no such meeting any more")
    return last


def _row(
    meeting: str, sequence: int, wall: float, event: AnyEvent, command: str
) -> dict[str, object]:
    return {
        "meeting": meeting,
        "sequence": sequence,
        "wall": wall,
        "at": event.at,
        "kind": type(event).__name__,
        "command": command,
        "event": msgspec.json.encode(event).decode(),
    }


async def _erase_findings(connection: AsyncConnection, meeting: str, since: float) -> None:
    await connection.execute(
        sa.delete(journal).where(
            journal.c.meeting == meeting,
            journal.c.at >= since,
            journal.c.kind.in_(_FORGETTABLE),
        )
    )
