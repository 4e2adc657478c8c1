"""Figures: precision, recall, F1 with bootstrap intervals, calibration, kappa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

Item = TypeVar("Item")

GROUPS = {
    "open": "open",
    "gericht": "closed",
    "gesloten": "closed",
    "keuze": "closed",
    "suggestief": "leading",
    "verkapt_advies": "disguised advice",
    "advies": "advice",
    "neutraal": "neutral",
}
"""Label → the group that targets are set for."""
Pair = tuple[str, str]
"""True and found label."""
ROUNDS = 1000


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 of one class."""

    precision: float
    recall: float
    f1: float
    support: int

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  (n = {self.support})"
        )


def score(pairs: Sequence[Pair], label: str) -> Score:
    """How well `label` was found; 0 where nothing could be counted."""
    hits = sum(true == found == label for true, found in pairs)
    truly = sum(true == label for true, _ in pairs)
    called = sum(found == label for _, found in pairs)
    precision = hits / called if called else 0.0
    recall = hits / truly if truly else 0.0
    total = precision + recall
    return Score(precision, recall, 2 * precision * recall / total if total else 0.0, truly)


def macro_f1(pairs: Sequence[Pair]) -> float:
    """The mean F1 over the labels that truly occur."""
    labels = sorted({true for true, _ in pairs})
    return sum(score(pairs, label).f1 for label in labels) / len(labels) if labels else 0.0


def grouped(pairs: Sequence[Pair]) -> list[Pair]:
    """The same with labels joined to groups."""
    return [(GROUPS[true], GROUPS[found]) for true, found in pairs]


def interval(
    items: Sequence[Item], measure: Callable[[Sequence[Item]], float]
) -> tuple[float, float]:
    """95 % bootstrap interval of `measure`, with a fixed seed."""
    if not items:
        return 0.0, 0.0
    rng = np.random.default_rng(0)
    found = [
        measure([items[i] for i in rng.integers(0, len(items), len(items))])
        for _ in range(ROUNDS if len(items) < 500 else ROUNDS // 5)
    ]
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def calibration_error(sure: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error of (probability, was right)."""
    error = 0.0
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        here = [(p, right) for p, right in sure if low < p <= high or (number == 0 and p == 0)]
        if here:
            mean = sum(p for p, _ in here) / len(here)
            share = sum(right for _, right in here) / len(here)
            error += len(here) / len(sure) * abs(mean - share)
    return error


def kappa(pairs: Sequence[Pair], label: str | None = None) -> float:
    """Cohen's kappa, over all labels or for one against the rest."""
    if label is not None:
        pairs = [(str(a == label), str(b == label)) for a, b in pairs]
    if not pairs:
        return 0.0
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[name] * second[name] for name in first) / len(pairs) ** 2
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0
