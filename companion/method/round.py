"""A round: who of the members is next, and when a voice shows that the word went on. Pure."""

from __future__ import annotations

from companion.events import SpeakerTurned, TurnHeard
from companion.method.record import Record
from companion.vocabulary import Role

TAKES = 4.0
"""Seconds of speech, of late, by which somebody takes the word who has not had it yet."""
TAKES_AGAIN = 10.0
"""… and somebody who has: a short reaction is no second turn."""
_OF_LATE = 15.0


def members_of(record: Record) -> list[int]:
    """Who speak in a round, in the order of the members: not the inbrenger, not the begeleider."""
    leading = (record.started.inbrenger, record.started.begeleider)
    return [i for i, name in enumerate(record.started.members) if name not in leading]


def next_speaker(record: Record) -> int | None:
    """Who is next: after the present one, first those who have not had the word."""
    order = members_of(record)
    here = record.turn.member if record.turn else -1
    after = [i for i in order if i > here] + [i for i in order if i <= here]
    waiting = [i for i in after if i not in record.had_turn]
    return next(iter(waiting or after), None)


def turns_taken(record: Record, now: float) -> list[SpeakerTurned]:
    """The word went to whose voice is heard; nothing where no voice is tied to a member."""
    progress = record.progress
    if not progress.steps[progress.step].in_turn or not record.ties:
        return []
    spoken: dict[int, float] = {}
    since = max(progress.visits[-1].since, now - _OF_LATE, record.turn.at if record.turn else 0.0)
    began: dict[int, float] = {}
    for turn in record.tally.by_step[progress.step].turns[-12:]:
        member = _member(record, turn)
        if member is not None and turn.until > since:
            at = max(turn.at, since)
            spoken[member] = spoken.get(member, 0.0) + turn.until - at
            began.setdefault(member, at)
    if not spoken:
        return []
    most = max(spoken, key=lambda member: spoken[member])
    needed = TAKES_AGAIN if most in record.had_turn else TAKES
    if (record.turn and record.turn.member == most) or spoken[most] < needed:
        return []
    return [SpeakerTurned(at=began[most], member=most)]


def _member(record: Record, turn: TurnHeard) -> int | None:
    """Whose voice this is, if it is tied to somebody of the round."""
    tie = record.ties.get(turn.voice) if turn.voice is not None else None
    if tie is None or tie.member is None or tie.role not in {None, Role.DEELNEMER}:
        return None
    return tie.member if tie.member in members_of(record) else None
