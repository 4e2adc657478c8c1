"""A judgement one can argue with: per indicator met, partly, not, or not measurable. Pure.

Each verdict carries the amount that was judged, the counts behind it and the norm. An
indicator that a method doesn't ask for is left out; one that it asks for and that could not
be measured says why.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import msgspec

from companion.method.amounts import MEASURES, Amount, Unmeasured
from companion.method.figures import MeetingFigures
from companion.vocabulary import Indicator, Method, Norm


class Verdict(StrEnum):
    """How a meeting did on one indicator."""

    MET = "gehaald"
    PARTLY = "deels"
    NOT = "niet"
    UNMEASURED = "niet-te-meten"


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator with all that its verdict rests on."""

    indicator: Indicator
    verdict: Verdict
    norm: Norm
    value: float | None
    """In the indicator's unit; None when it could not be measured."""
    count: float | None = None
    of: float | None = None
    """The numbers behind the value: `count` of `of`, where there are two."""
    because: Unmeasured | None = None
    """Why it could not be measured."""


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """The weights together: never shown without the judgements."""

    reached: float
    """Weights of what was met, half of what was partly met."""
    of: float
    """Weights of what could be measured."""


LESS_IS_BETTER = frozenset(
    {
        Indicator.END,
        Indicator.LEADING,
        Indicator.STACKED,
        Indicator.NO_EARLY_ADVICE,
        Indicator.INBRENGER_SILENT,
        Indicator.TURNS,
        Indicator.BEGELEIDER,
    }
)
_USUAL = (
    Norm(indicator=Indicator.STEPS, met=1.0, partly=0.8, weight=2),
    Norm(indicator=Indicator.MINUTES, met=0.7, partly=0.5),
    Norm(indicator=Indicator.END, met=5, partly=10),
    Norm(indicator=Indicator.OPEN_QUESTIONS, met=0.5, partly=0.3),
    Norm(indicator=Indicator.LEADING, met=0.1, partly=0.2),
    Norm(indicator=Indicator.STACKED, met=0.1, partly=0.2),
    Norm(indicator=Indicator.NO_EARLY_ADVICE, met=1, partly=3),
    Norm(indicator=Indicator.INBRENGER_SILENT, met=15, partly=60),
    Norm(indicator=Indicator.TURNS, met=1.75, partly=2.5),
    Norm(indicator=Indicator.EVERYONE, met=1.0, partly=0.75),
    Norm(indicator=Indicator.WRITING, met=1.0, partly=0.5),
    Norm(indicator=Indicator.BEGELEIDER, met=0.25, partly=0.4),
    Norm(indicator=Indicator.LOOK_BACK, met=1, partly=1),
    Norm(indicator=Indicator.PLAN, met=2, partly=1, weight=2),
    Norm(indicator=Indicator.EVALUATION, met=1, partly=1),
)


def norm_of(method: Method, indicator: Indicator) -> Norm:
    """What this method asks: its own norm, else the usual one."""
    usual = {norm.indicator: norm for norm in _USUAL}
    own = {norm.indicator: norm for norm in method.norms}
    return own.get(indicator, usual[indicator])


def judge(figures: MeetingFigures) -> tuple[Judgement, ...]:
    """Every indicator that this meeting's method asks for, in a fixed order."""
    found = []
    for indicator in Indicator:
        measure: Callable[[MeetingFigures], Amount | Unmeasured | None] = MEASURES[indicator]
        amount = measure(figures)
        if amount is not None:
            found.append(_judged(indicator, norm_of(figures.method, indicator), amount))
    return tuple(found)


def total(judgements: tuple[Judgement, ...]) -> Total:
    """The weights of a meeting's judgements."""
    measured = [each for each in judgements if each.verdict is not Verdict.UNMEASURED]
    parts = {Verdict.MET: 1.0, Verdict.PARTLY: 0.5}
    return Total(
        reached=sum(each.norm.weight * parts.get(each.verdict, 0.0) for each in measured),
        of=sum(each.norm.weight for each in measured),
    )


def _judged(indicator: Indicator, norm: Norm, amount: Amount | Unmeasured) -> Judgement:
    if isinstance(amount, Unmeasured):
        return Judgement(
            indicator=indicator,
            verdict=Verdict.UNMEASURED,
            norm=norm,
            value=None,
            because=amount,
        )
    return Judgement(
        indicator=indicator,
        verdict=_verdict(indicator, norm, amount.value),
        norm=norm,
        value=amount.value,
        count=amount.count,
        of=amount.of,
    )


def _verdict(indicator: Indicator, norm: Norm, value: float) -> Verdict:
    sign = -1.0 if indicator in LESS_IS_BETTER else 1.0
    if value * sign >= norm.met * sign:
        return Verdict.MET
    return Verdict.PARTLY if value * sign >= norm.partly * sign else Verdict.NOT
