"""What a page can show of the voices of a meeting: names, shares and how sure they are. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from companion.events import TurnHeard
from companion.method.record import Record
from companion.session.view import VoicesView, VoiceView
from companion.vocabulary import Role

_EDGE = 0.6
"""Seconds that the ends of a turn may be off; of many turns they partly cancel out."""
_UNSURE = 0.2
"""Share of the speech that is not sure by which a voice's share may be wrong."""
_TWO = 1.5
"""Seconds of a turn that are not sure where somebody else seems to speak at the same time."""
_LEAST_MARGIN = 0.02


def margin_of(turns: Sequence[TurnHeard]) -> float:
    """By how much a voice's share of these turns may be wrong, 0 to 1.

    It follows from what the listener tells: how much speech, in how many turns, how much of
    it sure. The numbers were fitted on the development meetings of models/voices, whose card
    says how often the true share is within it; two people taken for one are not foreseen.
    """
    total = unsure = 0.0
    for turn in turns:
        seconds = max(turn.until - turn.at, 0.0)
        total += seconds
        if not turn.sure:
            unsure += seconds
        elif turn.overlap:
            unsure += min(seconds, _TWO)
    if not total:
        return 0.0
    wrong = _EDGE * math.sqrt(len(turns)) + _UNSURE * unsure
    return min(max(wrong / total, _LEAST_MARGIN), 1.0)


def voice_name(record: Record, voice: int, language: str) -> str:
    """The member a voice is tied to, a role that one person has, or its number."""
    tie = record.ties.get(voice)
    if tie and tie.member is not None and 0 <= tie.member < len(record.started.members):
        return record.started.members[tie.member]
    if tie and tie.role in {Role.INBRENGER, Role.BEGELEIDER}:
        return tie.role.value
    return f"{'speaker' if language == 'en' else 'spreker'} {voice}"


def voices_view(record: Record, language: str) -> VoicesView:
    """Every voice that was heard, those that count as another left out."""
    turns = [turn for step in record.tally.by_step for turn in step.turns]
    seconds: dict[int, float] = {}
    for turn in turns:
        if turn.voice is not None:
            length = max(turn.until - turn.at, 0.0)
            seconds[turn.voice] = seconds.get(turn.voice, 0.0) + length
    total = sum(seconds.values())
    speakers = record.speakers
    return VoicesView(
        state=_state(record),
        voices=tuple(
            _voice(record, voice, (lived, lived / total if total else 0.0), turns, language)
            for voice, lived in sorted(seconds.items())
        ),
        sampling=speakers.sampling,
        sampled_seconds=speakers.sampled_seconds,
    )


def _voice(
    record: Record,
    voice: int,
    spoken: tuple[float, float],
    turns: Sequence[TurnHeard],
    language: str,
) -> VoiceView:
    """`spoken`: seconds, and their share of all speech."""
    tie = record.ties.get(voice)
    return VoiceView(
        voice=voice,
        name=voice_name(record, voice, language),
        member=tie.member if tie else None,
        role=tie.role if tie else None,
        seconds=spoken[0],
        share=spoken[1],
        margin=margin_of(turns),
        sampled=voice in record.speakers.sampled,
    )


def _state(record: Record) -> Literal["off", "learning", "known"]:
    if record.speakers.learning is None or not record.listening.consent:
        return "off"
    return "learning" if record.speakers.learning else "known"
