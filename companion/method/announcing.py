"""Where an announcement points: from what a step is for to the steps of this method."""

from __future__ import annotations

from collections.abc import Sequence

from companion.method.weights import Weights
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


def fits(steps: Sequence[Step], function: F) -> tuple[float, ...]:
    """How well each step serves the announced purpose: 0 to 1."""
    kin = KIN[function]
    scores = [1.0 if s.function is function else kin.get(s.function, 0.0) for s in steps]
    if function is F.NOTEREN:  # "write it down" opens every step that begins in silence
        written = [0.3 if step.write is not Writing.NONE else 0.0 for step in steps]
        scores = [max(pair) for pair in zip(scores, written, strict=True)]
    return tuple(scores)


def reach(weights: Weights, base: int, step: int) -> float:
    """How plausible a move from `base` to `step` is by the order of the method."""
    ahead = step - base
    if ahead >= 0:
        return weights.reach[min(ahead, len(weights.reach) - 1)]
    return weights.reach_back[min(-ahead - 1, len(weights.reach_back) - 1)]


def goals(
    weights: Weights, belief: Sequence[float], fit: Sequence[float]
) -> tuple[list[float], float]:
    """Where the group goes if the announcement is meant, and how plausible that is (0 to 1)."""
    count = len(belief)
    to = [0.0] * count
    plausible = 0.0
    for base, mass in enumerate(belief):
        scores = [fit[step] * reach(weights, base, step) for step in range(count)]
        best = max(scores)
        if best <= 0.0:
            continue
        plausible += mass * best
        # squared: the best fit takes most, near equals share
        total = sum(score * score for score in scores)
        for step, score in enumerate(scores):
            to[step] += mass * score * score / total
    whole = sum(to)
    return ([value / whole for value in to] if whole else list(belief)), plausible


def shifted(belief: Sequence[float], by: int) -> list[float]:
    """The belief with everything `by` steps on (or back), stopping at the ends."""
    count = len(belief)
    out = [0.0] * count
    for step, mass in enumerate(belief):
        out[min(max(step + by, 0), count - 1)] += mass
    return out
