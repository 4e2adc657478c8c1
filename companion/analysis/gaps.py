"""Sentences that run on: where a recogniser left out the mark between two of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from companion.analysis.hashed import HashedLinear
from companion.analysis.words import plain

BOUNDARY: Final = "boundary"
INSIDE: Final = "inside"
_WORD: Final = re.compile(r"[^\s,;:–-]*[^\W_][^\s,;:]*")
_LEAST: Final = 2
"""Words that a sentence must have on either side of a cut."""
_LONG: Final = 7
"""Words from which a stretch may hold two sentences."""
_SURE: Final = 0.85
"""Probability from which a stretch is cut: a wrong cut harms more than a missed one."""


class Word(NamedTuple):
    """A word, where it stands, and whether a comma or the like comes before it."""

    text: str
    start: int
    end: int
    paused: bool


def words_of(text: str) -> list[Word]:
    """The words of a stretch between two final marks."""
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        said = plain(match[0]).strip(".?!…\"'”’()")
        paused = bool(found) and any(mark in text[end : match.start()] for mark in ",;:–")
        found.append(Word(said, match.start(), match.end(), paused))
        end = match.end()
    return found


def gap_features(found: Sequence[Word], gap: int) -> list[str]:
    """Features of the gap in front of word number `gap` (from 1)."""
    return list(_features(found, gap))


def _features(found: Sequence[Word], gap: int) -> Iterator[str]:
    def at(offset: int) -> str:
        place = gap + offset
        return found[place].text if 0 <= place < len(found) else "#"

    paused = found[gap].paused
    yield f"paused {paused}"
    for offset in (-3, -2, -1, 0, 1, 2):
        yield f"{offset} {at(offset)}"
    for first, second in ((-2, -1), (-1, 0), (0, 1), (1, 2), (-1, 1)):
        yield f"{first},{second} {at(first)} {at(second)}"
    yield f"012 {at(0)} {at(1)} {at(2)}"
    yield f"paused 0 {paused} {at(0)}"
    yield f"paused 01 {paused} {at(0)} {at(1)}"
    yield f"ends {at(-1)[-2:]} {at(0)}"
    yield f"ends {at(-1)[-2:]} {at(0)[-2:]}"
    yield f"before {min(gap, 8)}"
    yield f"after {min(len(found) - gap, 8)}"


def cuts(model: HashedLinear, text: str) -> list[int]:
    """Where new sentences begin inside `text`, a stretch without final marks inside."""
    found = words_of(text)
    if len(found) < _LONG:
        return []
    place = model.labels.index(BOUNDARY)
    starts: list[int] = []
    last = 0
    for gap in range(_LEAST, len(found) - _LEAST + 1):
        sure = float(model.probabilities(gap_features(found, gap))[place])
        if sure >= _SURE and gap - last >= _LEAST:
            starts.append(found[gap].start)
            last = gap
    return starts
