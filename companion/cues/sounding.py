"""What is heard of a cue: nothing, a soft tone, or its sentence; the begeleider chooses. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from companion.cues.catalogue import Cue, Subject, filled

SUBJECTS: tuple[Subject, ...] = (
    "time",
    "answer",
    "questions",
    "advice",
    "inbrenger",
    "turns",
    "outcome",
    "praise",
    "listening",
)
"""What cues are about: a choice for each."""
_WORDS_A_SECOND = 2.3
_TONE_SECONDS = 1.0


class Sound(StrEnum):
    """How a cue is heard."""

    OFF = "off"
    TONE = "tone"
    SENTENCE = "sentence"


class Played(msgspec.Struct, frozen=True, kw_only=True):
    """What a page plays, and for how many seconds it can be heard at most."""

    how: Sound
    text: str = ""
    soft: bool = False
    seconds: float = 0.0


SILENT = Played(how=Sound.OFF)


def choices_from(stored: object) -> dict[Subject, Sound]:
    """The begeleider's choices as they were kept; off where none was made."""
    kept = stored if isinstance(stored, Mapping) else {}
    known = {sound.value for sound in Sound}
    found = {subject: str(kept.get(subject, "")) for subject in SUBJECTS}
    return {s: Sound(how) if how in known else Sound.OFF for s, how in found.items()}


def aloud(cue: Cue, why: Mapping[str, float], language: str) -> str:
    """The sentence: everyone hears it, so it is worded for all."""
    return filled(cue.group if cue.kind == "behaviour" else cue.title, why, language).rstrip(".")


def played(subject: Subject, text: str, how: Sound, *, silent: bool, speaks: bool) -> Played:
    """What to play. `silent`: people write now; `speaks`: the page has a voice of its own.

    While people write nobody is spoken to, but who asked something is answered.
    """
    asked = subject == "answer"
    if how is Sound.OFF:
        return SILENT
    if how is Sound.TONE or not speaks or (silent and not asked):
        return Played(how=Sound.TONE, soft=silent, seconds=_TONE_SECONDS)
    seconds = round(_TONE_SECONDS + len(text.split()) / _WORDS_A_SECOND, 1)
    return Played(how=Sound.SENTENCE, text=text, seconds=seconds)
