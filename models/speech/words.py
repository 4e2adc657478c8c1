"""Words compared, inside an evaluation only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

_WORD = re.compile(r"[\w'’]+")


def words(texts: Iterable[str]) -> list[str]:
    """Words in lower case; punctuation is left out."""
    return _WORD.findall(" ".join(texts).lower())


def word_errors(true: Sequence[str], heard: Sequence[str]) -> float:
    """Wrong, missing and invented words per true word."""
    numbers = {word: number for number, word in enumerate({*true, *heard})}
    row = np.arange(len(heard) + 1)
    other = np.array([numbers[word] for word in heard])
    for i, word in enumerate(true, 1):
        best = np.minimum(row[1:] + 1, row[:-1] + (other != numbers[word]))
        # an insertion may follow any of the cheaper cells before it
        steps = np.concatenate(([i], best)) - np.arange(len(heard) + 1)
        row = np.minimum.accumulate(steps) + np.arange(len(heard) + 1)
    return float(row[-1]) / max(len(true), 1)
