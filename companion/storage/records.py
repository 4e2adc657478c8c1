"""What is stored, as values. Moments are seconds since the epoch (UTC)."""

from __future__ import annotations

import secrets
from enum import StrEnum

import msgspec

from companion.events import AnyEvent


class ActionState(StrEnum):
    """What became of an action, as the group says it at the look-back."""

    OPEN = "open"
    GEDAAN = "gedaan"
    DEELS = "deels"
    NIET = "niet"
    ANDERS = "anders"


def new_id() -> str:
    """An id that nobody can guess: 16 hexadecimal digits."""
    return secrets.token_hex(8)


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A group that meets more than once, its preferences and its terms of keeping."""

    id: str
    name: str
    place: str = ""
    method: str = ""
    minutes: float | None = None
    """None: the method's own."""
    members: tuple[str, ...] = ()
    """First names or initials."""
    plan_months_after_done: int = 3
    figures_months: int = 12
    less_of: tuple[str, ...] = ()
    """Kinds of cue that this group asked to see less of."""
    created: float


class MeetingRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as an entry in the list, with what a restarted service needs to go on."""

    id: str
    group: str | None = None
    method: str
    minutes: float
    """As planned at the start."""
    started: float
    ended: float | None = None
    recording: str = ""
    """What is listened to instead of the microphone."""
    speed: float = 1.0
    microphone: str = ""
    seen_wall: float = 0.0
    """The last sign of life of a running meeting, and the two below at that moment."""
    seen_at: float = 0.0
    """Meeting time, seconds."""
    seen_source: float = 0.0
    """Seconds of the recording that were heard."""


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement of the action plan, in the words a person confirmed, and what became of it."""

    id: str
    group: str | None = None
    meeting: str | None = None
    """None: the meeting's own data are past their term."""
    method: str = ""
    what: str
    who: str = ""
    how: str = ""
    with_whom: str = ""
    when: str = ""
    due: str = ""
    """`when` as an ISO date, where known."""
    needs: str = ""
    noticed_by: str = ""
    state: ActionState = ActionState.OPEN
    learned: str = ""
    created: float
    closed: float | None = None


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a meeting's journal."""

    sequence: int
    wall: float
    event: AnyEvent
    command: str = ""
    """The id of the command that brought it about, so that a repeat is known as one."""
