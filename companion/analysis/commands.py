"""Spoken commands after the wake word, matched with tolerance for recognition slips.

Pure string matching. The wake word must be there (or something that sounds like it);
a command that is not understood does nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

import msgspec

from companion.analysis.numbers import number
from companion.analysis.words import words
from companion.events import VoiceCommand

_FIRST: Final = 3
"""The wake word must be among this many first words of a sentence."""
_ALIKE: Final = 0.75
"""Similarity from which a word counts as heard right."""
_SPARE: Final = 5
"""Words a command may have besides its pattern ("kun je … alsjeblieft")."""

_PATTERNS: Final[tuple[tuple[VoiceCommand, tuple[str, ...]], ...]] = (
    (VoiceCommand.FORGET_MINUTE, ("vergeet", "laatste", "minuut")),
    (VoiceCommand.FORGET_MINUTE, ("wis", "laatste", "minuut")),
    (VoiceCommand.STOP_LISTENING, ("stop", "luisteren")),
    (VoiceCommand.STOP_LISTENING, ("niet", "meer", "luisteren")),
    (VoiceCommand.TIME_LEFT, ("hoeveel", "tijd")),
    (VoiceCommand.TIME_LEFT, ("hoe", "lang", "nog")),
    (VoiceCommand.NEXT, ("volgende", "stap")),
    (VoiceCommand.NEXT, ("stap", "verder")),
    (VoiceCommand.BACK, ("vorige", "stap")),
    (VoiceCommand.BACK, ("stap", "terug")),
    (VoiceCommand.PAUSE, ("pauze",)),
    (VoiceCommand.PAUSE, ("pauzeer",)),
    (VoiceCommand.RESUME, ("verder",)),
    (VoiceCommand.RESUME, ("hervat",)),
)
_NOTE: Final = (("noteer", "actie"), ("noteer", "afspraak"), ("noteer",), ("schrijf", "op"))


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked; `action` is the text to note, only for NOTE_ACTION."""

    command: VoiceCommand
    minutes: float = 0.0
    action: str = ""


def command_in(sentence: str, wake_word: str = "companion") -> Command | None:
    """The command in a sentence that begins with the wake word, else None."""
    found = words(sentence)
    after = _after_wake(found, words(wake_word))
    if after is None or not found[after:]:
        return None
    asked = found[after:]
    return _noted(sentence, asked) or _minutes(asked) or _fixed(asked)


def _after_wake(found: Sequence[str], wake: Sequence[str]) -> int | None:
    target = "".join(wake)
    for start in range(min(_FIRST, len(found))):
        for length in (1, 2, 3):  # a recogniser may cut the name: "com panion", "kom pan jon"
            heard = "".join(found[start : start + length])
            if len(heard) >= len(target) - 3 and _sounds_alike(heard, target):
                return start + min(length, len(found) - start)
    return None


def _sounds_alike(heard: str, target: str) -> bool:
    return heard == target or SequenceMatcher(None, _sound(heard), _sound(target)).ratio() >= 0.8


def _sound(word: str) -> str:
    """A rough Dutch pronunciation, so that "kompanjon" meets "companion"."""
    for written, spoken in (
        ("c", "k"), ("ij", "i"), ("ei", "i"), ("j", "i"), ("y", "i"), ("q", "k"), ("ph", "f"),
        ("x", "ks"), ("dt", "t"), ("ë", "e"), ("é", "e"), ("è", "e"),
    ):  # fmt: skip
        word = word.replace(written, spoken)
    return "".join(a for a, b in zip(word, f" {word}", strict=False) if a != b)


def _alike(heard: str, target: str) -> bool:
    if heard == target:
        return True
    if min(len(heard), len(target)) < 4:
        return False
    return SequenceMatcher(None, _sound(heard), _sound(target)).ratio() >= _ALIKE


def _matches(asked: Sequence[str], pattern: Sequence[str]) -> bool:
    """The words of `pattern` occur in order, with few others around them."""
    place = 0
    for word in pattern:
        while place < len(asked) and not _alike(asked[place], word):
            place += 1
        if place == len(asked):
            return False
        place += 1
    return len(asked) <= len(pattern) + _SPARE


def _fixed(asked: Sequence[str]) -> Command | None:
    for command, pattern in _PATTERNS:
        if _matches(asked, pattern):
            return Command(command=command)
    return None


def _minutes(asked: Sequence[str]) -> Command | None:
    """Such as "vijf minuten erbij", "nog een minuutje": minutes to add; "eraf" is negative."""
    if len(asked) > 3 + _SPARE:
        return None
    for place, word in enumerate(asked):
        if not (_alike(word, "minuten") or _alike(word, "minuut") or word == "minuutje"):
            continue
        amount = number(asked[place - 1]) if place else None
        rest = set(asked)
        if amount and rest & {"erbij", "bij", "extra", "meer", "langer", "nog"}:
            return Command(command=VoiceCommand.MORE_MINUTES, minutes=float(amount))
        if amount and rest & {"eraf", "minder", "korter", "af"}:
            return Command(command=VoiceCommand.MORE_MINUTES, minutes=-float(amount))
    return None


def _noted(sentence: str, asked: Sequence[str]) -> Command | None:
    """As in "noteer actie: ik bel Joris morgen" with the words as they were said."""
    for pattern in _NOTE:
        if len(asked) > len(pattern) and all(map(_alike, asked, pattern)):
            action = _tail(sentence, len(asked) - len(pattern))
            return Command(command=VoiceCommand.NOTE_ACTION, action=action)
    return None


def _tail(sentence: str, count: int) -> str:
    """The last `count` words of `sentence` as written."""
    parts = sentence.split()
    return " ".join(parts[len(parts) - count :]).strip(" ,.:;") if count <= len(parts) else ""
