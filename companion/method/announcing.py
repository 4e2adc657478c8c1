"""Where an announcement points: from what a step is for to the steps of this method."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from companion.method.weights import Order
from companion.vocabulary import Step, Writing
from companion.vocabulary import StepFunction as F

KIN: dict[F, dict[F, float]] = {
    F.OPENING: {F.VERZAMELEN: 0.3, F.VERTELLEN: 0.3},
    F.TERUGBLIK: {},
    F.VERZAMELEN: {F.OPENING: 0.3, F.KIEZEN: 0.2},
    F.KIEZEN: {F.VERZAMELEN: 0.1},
    F.VERTELLEN: {F.OPENING: 0.3, F.EIGEN_VRAAG: 0.2},
    F.VRAGEN: {F.NOTEREN: 0.6, F.HERHALING: 0.3},
    F.NOTEREN: {F.VRAGEN: 0.6, F.ASSOCIEREN: 0.5, F.HERHALING: 0.4},
    F.WAARDEREN: {F.HERHALING: 0.2},
    F.ANTWOORDEN: {F.REACTIE: 0.3, F.HERHALING: 0.2},
    F.HERHALING: {F.NOTEREN: 0.3},
    F.ASSOCIEREN: {F.BEELD: 0.4},
    F.BEELD: {F.PROBLEEM: 0.6, F.ANALYSE: 0.4, F.ASSOCIEREN: 0.4},
    F.PROBLEEM: {F.ANALYSE: 0.6, F.BEELD: 0.5, F.EIGEN_VRAAG: 0.4},
    F.ANALYSE: {F.PROBLEEM: 0.6, F.BESPREKEN: 0.5, F.BEELD: 0.4},
    F.EIGEN_VRAAG: {F.PROBLEEM: 0.5, F.BESLUIT: 0.1},
    F.BESPREKEN: {F.ANALYSE: 0.6},
    F.REACTIE: {F.BESLUIT: 0.4, F.ANTWOORDEN: 0.3},
    F.ADVIES: {F.BESLUIT: 0.1},
    F.BESLUIT: {F.REACTIE: 0.4, F.AFSLUITING: 0.3, F.EIGEN_VRAAG: 0.1},
    F.GEDRAG: {F.ERVARING: 0.2},
    F.ERVARING: {F.LEREN: 0.3, F.GEDRAG: 0.2},
    F.LEREN: {F.EVALUATIE: 0.5, F.ERVARING: 0.2},
    F.EVALUATIE: {F.LEREN: 0.5, F.AFSLUITING: 0.4},
    F.AFSLUITING: {F.EVALUATIE: 0.5, F.BESLUIT: 0.1},
}
"""What else a step that serves one purpose may be called, and how likely."""
_LEFT = 0.02
"""What is left for a step of which the announcement says nothing."""
_OTHER = 0.12
"""Share of the doubt about the named purpose that falls on any one step."""


def fits(steps: Sequence[Step], function: F, sure: float) -> tuple[float, ...]:
    """How well the announced purpose (heard with chance `sure`) suits each step."""
    kin = KIN[function]
    scores = [1.0 if s.function is function else kin.get(s.function, 0.0) for s in steps]
    if function is F.NOTEREN:  # "write it down" opens every step that begins in silence
        written = [0.3 if step.write is not Writing.NONE else 0.0 for step in steps]
        scores = [max(pair) for pair in zip(scores, written, strict=True)]
    if not any(scores):
        return tuple(1.0 for _ in steps)
    return tuple(sure * score + (1 - sure) * _OTHER for score in scores)


def fits_any(steps: Sequence[Step], functions: Mapping[F, float]) -> tuple[float, ...]:
    """How well each step suits an announcement whose purpose is known as chances only."""
    per_step = [0.0] * len(steps)
    for function, chance in functions.items():
        for index, score in enumerate(fits(steps, function, 1.0)):
            per_step[index] += chance * score
    return tuple(value + (1 - sum(functions.values())) * _OTHER + _LEFT for value in per_step)


def order_of(order: Order, base: int, step: int, *, back: bool) -> float:
    """How likely an announcement in `base` leads to `step`, before one knows what it names."""
    ahead = step - base
    if back:
        behind = order.said_back
        return behind[min(-ahead, len(behind)) - 1] if ahead < 0 else 0.0
    if ahead == 0:
        return order.stay
    row = order.onward if ahead > 0 else order.back
    return row[min(abs(ahead), len(row)) - 1]


def goals(
    order: Order,
    belief: Sequence[float],
    fit: Sequence[float],
    *,
    back: bool = False,
    visited: Collection[int] = (),
) -> list[float]:
    """Where the group is going if the announcement is meant: a chance per step."""
    count = len(belief)
    to = [0.0] * count
    for base, mass in enumerate(belief):
        scores = [fit[step] * order_of(order, base, step, back=back) for step in range(count)]
        if visited and not back:
            for step in range(base):
                if step not in visited:
                    scores[step] = fit[step] * order.made_up
        total = sum(scores)
        for step, score in enumerate(scores):
            to[step] += mass * score / total if total else 0.0
    whole = sum(to)
    return [value / whole for value in to] if whole else list(belief)
