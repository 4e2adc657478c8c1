"""Which step of this meeting somebody called by its name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from companion.analysis.words import words
from companion.vocabulary import StepFunction, StepHint

_JOINED: Final = ("ronde", "sronde", "enronde", "fase", "sfase", "stap", "en", "n", "s")
"""What is written onto a step's name: "adviesronde", "beelden"."""
_TOWARDS: Final = frozenset(words("naar met aan voor bij tot begint beginnen start starten nu"))
_BETWEEN: Final = frozenset(words("de het een onze jullie ons uw"))
_FORMULA: Final = frozenset(words("naar met voor op"))
_MOVING: Final = frozenset(words("we wij tijd nu"))
_SHORT: Final = 14
_TRAILING: Final = 2
"""Words that may follow the name: "naar de vragen dan maar"."""
_FITS: Final = 0.2
"""A name said in passing counts when the announcement as a whole sounds like that step so much."""


_VOICED: Final = str.maketrans("zv", "sf")
"""“adviezen” is “advies” with an ending."""
_LONG: Final = 7
_BEGINNING: Final = 4
_ALIKE: Final = 0.7
"""“percepsi” for “perceptie”: the same beginning, and this share of the letters in order."""


class _Mention(NamedTuple):
    towards: bool
    fits: float
    place: int
    step: int


def named_step(
    text: str, steps: Sequence[StepHint], functions: Mapping[StepFunction, float]
) -> int | None:
    """Index of the step whose name or id `text` holds; of several the one that fits best.

    `functions` are the probabilities of what was announced. "Naar de vragen" is a name;
    "welk advies kies je" isn't, unless the whole sounds like that step.
    """
    found = [
        mention
        for mention in _mentions(words(text), steps, functions)
        if mention.towards or mention.fits >= _FITS
    ]
    return max(found).step if found else None


def called_step(text: str, steps: Sequence[StepHint]) -> int | None:
    """Index of the step that a short sentence leads to by name: "we gaan nu naar de vragen".

    This needs no model: the formula and the name say it, whatever else was misheard.
    """
    said = words(text)
    if len(said) > _SHORT or not _MOVING.intersection(said):
        return None
    for index, step in enumerate(steps):
        for name in {step.name, step.id.replace("-", " ")}:
            place, _ = _last(said, words(name))
            ends = len(said) - place - len(words(name)) <= _TRAILING
            if place > 0 and ends and _leads_to(said, place, _FORMULA):
                return index
    return None


def _mentions(
    said: Sequence[str], steps: Sequence[StepHint], functions: Mapping[StepFunction, float]
) -> Iterator[_Mention]:
    for index, step in enumerate(steps):
        for name in {step.name, step.id.replace("-", " ")}:
            place, joined = _last(said, words(name))
            if place >= 0:
                towards = joined or _leads_to(said, place)
                yield _Mention(towards, functions.get(step.function, 0.0), place, index)


def _leads_to(said: Sequence[str], place: int, by: Collection[str] = _TOWARDS) -> bool:
    before = place - 1
    while before >= 0 and said[before] in _BETWEEN:
        before -= 1
    return before >= 0 and said[before] in by


def _last(said: Sequence[str], name: Sequence[str]) -> tuple[int, bool]:
    """Where `name` is said last (-1: nowhere), and whether as "…ronde" or "…fase"."""
    for start in range(len(said) - len(name), -1, -1):
        if name and all(_same(a, b) for a, b in zip(said[start:], name, strict=False)):
            return start, said[start + len(name) - 1].endswith(("ronde", "fase"))
    return -1, False


def _same(said: str, name: str) -> bool:
    """The name, something written onto it, or a long name as a recogniser misspells it."""
    said, name = said.translate(_VOICED), name.translate(_VOICED)
    if said == name or said in {name + end for end in _JOINED}:
        return True
    if min(len(said), len(name)) < _LONG or said[:_BEGINNING] != name[:_BEGINNING]:
        return False
    return SequenceMatcher(None, said, name, autojunk=False).ratio() >= _ALIKE
