"""Whether two written words may be the same one heard: a rough Dutch pronunciation, compared."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final

_ALIKE: Final = 0.75
"""Similarity from which a word counts as heard right."""
_NAMED: Final = 0.8
"""… and from which a name does, which is said more seldom."""
_SHORT: Final = 4
"""Letters: a shorter word must be heard exactly."""
_SPOKEN: Final = (
    ("gn", "ni"), ("ng", "n"), ("c", "k"), ("ij", "i"), ("ei", "i"), ("j", "i"), ("y", "i"),
    ("q", "k"), ("ph", "f"), ("x", "ks"), ("dt", "t"), ("ë", "e"), ("é", "e"), ("è", "e"),
    ("ñ", "ni"), ("ú", "oe"),
)  # fmt: skip


def alike(heard: str, target: str) -> bool:
    """Whether `heard` may have been `target`."""
    if heard == target:
        return True
    return min(len(heard), len(target)) >= _SHORT and likeness(heard, target) >= _ALIKE


def sounds_like(heard: str, name: str) -> bool:
    """Whether `heard` may have been this name."""
    return heard == name or likeness(heard, name) >= _NAMED


def likeness(one: str, other: str) -> float:
    """From 0 to 1: how much two words sound alike."""
    return SequenceMatcher(None, _sound(one), _sound(other)).ratio()


def _sound(word: str) -> str:
    """So that "kompanjon" meets "companion"."""
    for written, spoken in _SPOKEN:
        word = word.replace(written, spoken)
    return "".join(a for a, b in zip(word, f" {word}", strict=False) if a != b)
