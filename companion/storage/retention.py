"""What is past its term, and removing it.

A plan is kept until it is done plus the group's months; an action that nobody ever closed
counts as let go after a year. What people wrote about a meeting goes with the last of its
actions. A meeting with its figures is kept for the group's months.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

import msgspec

from companion.storage.forget import Receipt
from companion.storage.opening import Storage
from companion.storage.records import Action, Group, MeetingRecord

PLAN_MONTHS = 3
FIGURES_MONTHS = 12
OPEN_MONTHS = 12
"""An action without an outcome is kept this long after its date, or else after it was made."""


class Expired(msgspec.Struct, frozen=True):
    """Ids of what is past its term."""

    actions: tuple[str, ...]
    meetings: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """Meetings whose notes go, by id."""


def months_later(moment: float, months: int) -> float:
    """The same day and hour so many months on; the month's last day where there is none."""
    start = datetime.fromtimestamp(moment, UTC)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return start.replace(year=year, month=month + 1, day=day).timestamp()


def action_until(action: Action, group: Group | None) -> float:
    """Until when an action is kept, seconds since the epoch."""
    if action.closed is not None:
        months = group.plan_months_after_done if group else PLAN_MONTHS
        return months_later(action.closed, months)
    return months_later(max(action.created, _due(action.due)), OPEN_MONTHS)


def meeting_until(meeting: MeetingRecord, group: Group | None) -> float | None:
    """Until when a meeting and its figures are kept; None while it runs."""
    if meeting.ended is None:
        return None
    return months_later(meeting.ended, group.figures_months if group else FIGURES_MONTHS)


def notes_until(
    meeting: MeetingRecord, actions: Iterable[Action], group: Group | None
) -> float | None:
    """Until when the notes of a meeting are kept: as long as its plan, at least the plan's months.

    `actions` are those of the meeting that are still there. None while it runs.
    """
    if meeting.ended is None:
        return None
    months = group.plan_months_after_done if group else PLAN_MONTHS
    ends = [action_until(action, group) for action in actions]
    return max([months_later(meeting.ended, months), *ends])


def expired(
    now: float,
    groups: Mapping[str, Group],
    meetings: Iterable[MeetingRecord],
    actions: Iterable[Action],
    noted: Collection[str] = (),
) -> Expired:
    """What is past its term at `now`; `noted`: ids of meetings that have notes."""
    actions, meetings = list(actions), list(meetings)
    old_actions = tuple(
        action.id
        for action in actions
        if action_until(action, groups.get(action.group or "")) <= now
    )
    old_meetings = tuple(
        meeting.id
        for meeting in meetings
        if (until := meeting_until(meeting, groups.get(meeting.group or ""))) is not None
        and until <= now
    )
    old_notes = tuple(
        meeting.id
        for meeting in meetings
        if meeting.id in noted and _notes_are_past(now, meeting, actions, groups)
    )
    return Expired(old_actions, old_meetings, old_notes)


def _notes_are_past(
    now: float, meeting: MeetingRecord, actions: list[Action], groups: Mapping[str, Group]
) -> bool:
    own = [action for action in actions if action.meeting == meeting.id]
    until = notes_until(meeting, own, groups.get(meeting.group or ""))
    return until is not None and until <= now


async def carry_out(storage: Storage, now: float) -> Receipt | None:
    """Remove what is past its term; None when nothing is."""
    groups = {group.id: group for group in await storage.groups.list()}
    due = expired(
        now,
        groups,
        await storage.meetings.list(),
        await storage.actions.all(),
        await storage.notes.meetings(),
    )
    if not due.actions and not due.meetings and not due.notes:
        return None
    return await storage.forget.expired(due.actions, due.meetings, due.notes)


def _due(text: str) -> float:
    """An ISO date as a moment; 0 where there is none."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0
