"""Spoken commands after the wake word, matched with tolerance for recognition slips.

Pure string matching. The wake word must be there (or something that sounds like it), said to
the companion and not about it; a command that is not understood does nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

import msgspec

from companion.analysis.numbers import number
from companion.analysis.sounding import alike, likeness, sounds_like
from companion.analysis.words import placed_words, words
from companion.events import VoiceCommand

_FIRST: Final = 3
"""The wake word must be among this many first words of a sentence."""
_SPARE: Final = 5
"""Words a command may have besides its pattern ("kun je … alsjeblieft")."""
_SPARE_OF_ONE: Final = 3
"""… and besides a pattern of a single word, which more often is there by chance."""
_AWAKE: Final = 6.0
"""Seconds after the wake word alone in which the command may follow."""
_MOST_MINUTES: Final = 60.0

_PATTERNS: Final[tuple[tuple[VoiceCommand, tuple[str, ...]], ...]] = (
    (VoiceCommand.FORGET_MINUTE, ("vergeet", "laatste", "minuut")),
    (VoiceCommand.FORGET_MINUTE, ("wis", "laatste", "minuut")),
    (VoiceCommand.STOP_LISTENING, ("stop", "luisteren")),
    (VoiceCommand.STOP_LISTENING, ("stop", "meeluisteren")),
    (VoiceCommand.STOP_LISTENING, ("niet", "meer", "luisteren")),
    (VoiceCommand.TIME_LEFT, ("hoeveel", "tijd")),
    (VoiceCommand.TIME_LEFT, ("hoe", "lang", "nog")),
    (VoiceCommand.NEXT_SPEAKER, ("volgende", "spreker")),
    (VoiceCommand.NEXT_SPEAKER, ("volgende", "beurt")),
    (VoiceCommand.NEXT, ("volgende", "stap")),
    (VoiceCommand.NEXT, ("stap", "verder")),
    (VoiceCommand.BACK, ("vorige", "stap")),
    (VoiceCommand.BACK, ("stap", "terug")),
    (VoiceCommand.PAUSE, ("pauze",)),
    (VoiceCommand.PAUSE, ("pauzeer",)),
    (VoiceCommand.RESUME, ("verder",)),
    (VoiceCommand.RESUME, ("hervat",)),
)
_PHRASES: Final[dict[VoiceCommand, tuple[str, ...]]] = {
    VoiceCommand.FORGET_MINUTE: ("vergeet de laatste minuut",),
    VoiceCommand.STOP_LISTENING: ("stop met luisteren", "stop met meeluisteren"),
    VoiceCommand.TIME_LEFT: ("hoeveel tijd nog", "hoeveel tijd hebben we nog"),
    VoiceCommand.NEXT_SPEAKER: ("volgende spreker",),
    VoiceCommand.NEXT: ("volgende stap", "ga naar de volgende stap"),
    VoiceCommand.BACK: ("vorige stap", "ga naar de vorige stap"),
}
"""Whole commands, for one that was heard badly from end to end."""
_WHOLE: Final = 0.7
_APART: Final = 0.1
"""How like a whole command it must sound, and by how much more than like any other."""
_ROUGH_NAME: Final = 0.6
_CLEAR: Final = 0.9
"""A name heard this badly counts only before a command heard this well."""
_NOTE: Final = ("noteer", "noteren")
_NOTED: Final = ("actie", "afspraak")
_FILLING: Final = frozenset({"de", "een", "als", "deze", "dat", "even", "maar", "volgende", "ook"})
"""Words between “noteer” and what is to be noted."""
_ABOUT: Final = frozenset(
    {"de", "een", "deze", "die", "dat", "onze", "ons", "mijn", "jouw", "jullie", "zijn", "haar"}
    | {"met", "van", "aan", "door", "bij", "voor", "naar", "op", "als", "geen"}
)
"""Before the wake word: somebody speaks about a companion, not to it."""
_TELLS: Final = frozenset(
    {"zegt", "zei", "heeft", "had", "is", "was", "wil", "wilde", "doet", "deed", "vraagt", "vroeg"}
    | {"denkt", "hoort", "luistert", "telt", "geeft", "gaf", "stelt", "staat", "komt", "gaat"}
    | {"en", "of", "die", "van", "dus", "want", "maar", "moet", "mag", "blijft", "loopt"}
)
"""After the wake word: the same."""
_NOT: Final = frozenset({"niet", "geen", "nooit"})


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked; `action` is the text to note, only for NOTE_ACTION."""

    command: VoiceCommand
    minutes: float = 0.0
    action: str = ""


class CommandEar:
    """Hears commands sentence by sentence: a recogniser may cut off the wake word."""

    def __init__(self, wake_word: str = "companion") -> None:
        self._wake_word = wake_word
        self._awake_until = float("-inf")

    def command(self, sentence: str, at: float) -> Command | None:
        """The command in a sentence said at `at` (seconds), alone or after the wake word."""
        if at <= self._awake_until:
            sentence = f"{self._wake_word} {sentence}"
        self._awake_until = at + _AWAKE if is_wake_word(sentence, self._wake_word) else -1.0
        return command_in(sentence, self._wake_word)


def is_wake_word(sentence: str, wake_word: str) -> bool:
    """Whether somebody called the companion and said nothing else yet."""
    found = words(sentence)
    return _after_wake(found, words(wake_word)) == len(found) > 0


def command_in(sentence: str, wake_word: str = "companion") -> Command | None:
    """The command in a sentence that begins with the wake word, else None."""
    sentence = unicodedata.normalize("NFC", sentence)
    found, wake = words(sentence), words(wake_word)
    after = _after_wake(found, wake)
    if after is None:
        return _after_rough_name(found, "".join(wake))
    if not found[after:] or found[after] in _TELLS:
        return None
    asked = found[after:]
    return (
        _noted(sentence, found, after)
        or _minutes(asked)
        or _fixed(asked)
        or _whole(asked, _WHOLE)
        or _badly_noted(sentence, found, after)
    )


def _after_rough_name(found: Sequence[str], name: str) -> Command | None:
    """A whole command, heard well, behind one word that may have been the name."""
    if len(found) < 3 or likeness(found[0], name) < _ROUGH_NAME:
        return None
    return _whole(found[1:], _CLEAR)


def _whole(asked: Sequence[str], least: float) -> Command | None:
    """The command that all of `asked` together sounds like, if it is clear which."""
    said = "".join(asked)
    if set(asked) & _NOT:
        return None
    scores = {
        command: max(likeness(said, phrase.replace(" ", "")) for phrase in phrases)
        for command, phrases in _PHRASES.items()
    }
    best, second = sorted(scores, key=lambda command: -scores[command])[:2]
    if scores[best] < least or scores[best] - scores[second] < _APART:
        return None
    return Command(command=best)


def _after_wake(found: Sequence[str], wake: Sequence[str]) -> int | None:
    """Index of the first word after the wake word; None where it isn't called."""
    target = "".join(wake)
    for start in range(min(_FIRST, len(found))):
        if start and found[start - 1] in _ABOUT:
            continue
        for length in (1, 2, 3):  # a recogniser may cut the name: "com panion", "kom pan jon"
            heard = "".join(found[start : start + length])
            if len(heard) >= len(target) - 3 and sounds_like(heard, target):
                return start + min(length, len(found) - start)
    return None


def _matches(asked: Sequence[str], pattern: Sequence[str]) -> bool:
    """The words of `pattern` occur in order, with few others around them, and nothing denies."""
    spare = _SPARE if len(pattern) > 1 else _SPARE_OF_ONE
    if len(asked) > len(pattern) + spare or (set(asked) - set(pattern)) & _NOT:
        return False
    place = 0
    for word in pattern:
        while place < len(asked) and not alike(asked[place], word):
            place += 1
        if place == len(asked):
            return False
        place += 1
    return True


def _fixed(asked: Sequence[str]) -> Command | None:
    for command, pattern in _PATTERNS:
        if _matches(asked, pattern):
            return Command(command=command)
    return None


def _minutes(asked: Sequence[str]) -> Command | None:
    """Such as "vijf minuten erbij", "nog een minuutje": minutes to add; "eraf" is negative."""
    rest = set(asked)
    if len(asked) > 3 + _SPARE or rest & _NOT:
        return None
    for place, word in enumerate(asked):
        if not (alike(word, "minuten") or alike(word, "minuut") or word == "minuutje"):
            continue
        amount = number(asked[place - 1]) if place else None
        if not amount or amount > _MOST_MINUTES:
            continue
        if rest & {"erbij", "bij", "extra", "meer", "langer", "nog"}:
            return Command(command=VoiceCommand.MORE_MINUTES, minutes=float(amount))
        if rest & {"eraf", "minder", "korter", "af"}:
            return Command(command=VoiceCommand.MORE_MINUTES, minutes=-float(amount))
    return None


def _noted(sentence: str, found: Sequence[str], after: int) -> Command | None:
    """As in "noteer actie: ik bel Joris morgen", with the words as they were said."""
    place = after
    if any(alike(found[place], word) for word in _NOTE):
        place += 1
    elif list(found[place : place + 2]) == ["schrijf", "op"]:
        place += 2
    else:
        return None
    place = _past(found, place)
    if place < len(found) and any(alike(found[place], word) for word in _NOTED):
        place = _past(found, place + 1)
    placed = placed_words(sentence)
    if place >= min(len(found), len(placed)):
        return None
    _, start = placed[place]
    return Command(command=VoiceCommand.NOTE_ACTION, action=sentence[start:].strip(" ,.:;"))


def _badly_noted(sentence: str, found: Sequence[str], after: int) -> Command | None:
    """As "notair axi ik wil …": two or three words that together sound like the command."""
    for length in (2, 3, 1):
        head, rest = found[after : after + length], found[after + length :]
        if len(rest) >= 3 and likeness("".join(head), "noteeractie") >= _WHOLE:
            _, start = placed_words(sentence)[after + length]
            action = sentence[start:].strip(" ,.:;")
            return Command(command=VoiceCommand.NOTE_ACTION, action=action)
    return None


def _past(found: Sequence[str], place: int) -> int:
    """Past the words that only lead on."""
    while place < len(found) and found[place] in _FILLING:
        place += 1
    return place
