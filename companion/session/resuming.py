"""A meeting that ran when the service stopped, read back from its journal."""

from __future__ import annotations

import contextlib

import msgspec

from companion.errors import StorageError
from companion.events import Gap, GapCause, MeetingEnded, MeetingStarted
from companion.method.figures import figures_of
from companion.session.agreeing import plan_of
from companion.session.meeting import Meeting
from companion.session.orders import rate
from companion.session.running import replay
from companion.storage.opening import Storage
from companion.storage.records import MeetingRecord, Recorded

LONG = 120.0
"""Seconds without the service that are told as a gap; less, and the clock just ran on."""
ABANDONED = 12 * 3600.0
"""Seconds after which nobody sits in that meeting any more: it is ended where it stood."""


class Resumed(msgspec.Struct, frozen=True, kw_only=True):
    """What was found."""

    record: MeetingRecord
    meeting: Meeting
    journal: list[Recorded]
    at: float
    """Meeting time now."""
    down: Gap | None
    """The stretch without a service, when it was long."""
    source: float
    """Seconds of the recording that were heard."""


async def read_running(storage: Storage, wall: float, model: str) -> Resumed | None:
    """The meeting that has not ended; what was left half done at its start or end is finished.

    `model` is the speech model's name, for the figures of a meeting that turns out to be over.
    """
    with contextlib.suppress(StorageError):  # no room: at the next start
        await storage.meetings.sweep()
    record = await storage.meetings.running()
    if record is None:
        return None
    journal = await storage.journal.read(record.id)
    if not journal or not isinstance(started := journal[0].event, MeetingStarted):
        await storage.forget.meeting(record.id)  # it ended before its first fact
        return None
    group = await storage.groups.get(record.group) if record.group else None
    meeting = replay(started, group, journal[1:])
    last, down = _last_moment(record, journal, wall)
    if meeting.record.progress.ended is None and down >= ABANDONED:
        ended = MeetingEnded(at=last)
        await storage.journal.append(record.id, wall, ended)
        meeting.apply(ended)
    if (end := meeting.record.progress.ended) is not None:
        await storage.meetings.finish(
            record.id,
            record.started + end,
            plan_of(meeting.record, record),
            figures_of(meeting.record, record.started, model),
        )
        return None
    at = last + down
    return Resumed(
        record=record,
        meeting=meeting,
        journal=journal,
        at=at,
        down=Gap(at=at, seconds=down, cause=GapCause.SERVICE_DOWN) if down > LONG else None,
        source=record.seen_source,
    )


def _last_moment(
    record: MeetingRecord, journal: list[Recorded], wall: float
) -> tuple[float, float]:
    """Meeting time at the last sign of life, and the seconds since; clocks may have been set."""
    last_wall = max(record.seen_wall, journal[-1].wall)
    at = record.seen_at + (last_wall - record.seen_wall) * rate(record)
    at = max(at, *(row.event.at for row in journal))
    return at, max(wall - last_wall, 0.0)
