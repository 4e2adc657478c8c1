"""A group over its meetings: its own middle is the yardstick. And two meetings side by side."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import msgspec

from companion.dashboard.trainer_drawing import Line, line
from companion.dashboard.trainer_wording import ReviewWording
from companion.method.figures import MeetingFigures
from companion.method.indicators import LESS_IS_BETTER, Judgement, judge
from companion.storage.goals import Goal
from companion.vocabulary import Indicator

_LEAST = 2
"""Measured meetings from which there is a middle to compare with."""


class TrendPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One meeting in a trend."""

    day: str
    value: str
    verdict: str
    verdict_word: str


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator over a group's meetings."""

    indicator: Indicator
    name: str
    definition: str
    line: Line
    points: tuple[TrendPoint, ...]
    words: str


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator in two meetings."""

    name: str
    first: str
    second: str
    difference: str


class GoalLine(msgspec.Struct, frozen=True, kw_only=True):
    """A goal in words; `text` is what a person added."""

    id: str
    name: str
    text: str
    closed: bool


def trend(figures: Sequence[MeetingFigures], words: ReviewWording) -> tuple[Trend, ...]:
    """Every indicator that was measured at least once."""
    judged = [{each.indicator: each for each in judge(meeting)} for meeting in figures]
    found = []
    for indicator in Indicator:
        row = [each.get(indicator) for each in judged]
        if any(each and each.value is not None for each in row):
            found.append(_trend(indicator, row, figures, words))
    return tuple(found)


def _trend(
    indicator: Indicator,
    row: Sequence[Judgement | None],
    figures: Sequence[MeetingFigures],
    words: ReviewWording,
) -> Trend:
    values = [each.value if each else None for each in row]
    known = [value for value in values if value is not None]
    median = statistics.median(known) if len(known) >= _LEAST else None
    return Trend(
        indicator=indicator,
        name=words.indicator(indicator),
        definition=words.definition(indicator),
        line=line(values, median),
        points=tuple(
            _point(judgement, meeting, words)
            for judgement, meeting in zip(row, figures, strict=True)
        ),
        words=_said(indicator, known[-1], median, words),
    )


def _point(
    judgement: Judgement | None, meeting: MeetingFigures, words: ReviewWording
) -> TrendPoint:
    day = words.day(meeting.started)
    if judgement is None:
        return TrendPoint(day=day, value="–", verdict="", verdict_word=words.say("niet gevraagd"))
    known = judgement.value is not None
    return TrendPoint(
        day=day,
        value=words.amount(judgement.indicator, judgement.value or 0.0) if known else "–",
        verdict=judgement.verdict.value,
        verdict_word=words.verdict(judgement.verdict),
    )


def _said(indicator: Indicator, last: float, median: float | None, words: ReviewWording) -> str:
    """The latest value beside the group's own middle."""
    now = words.amount(indicator, last)
    if median is None:
        return words.say("Eén keer gemeten: %(now)s.") % {"now": now}
    values = {"now": now, "median": words.amount(indicator, median)}
    if values["now"] == values["median"]:
        return words.say("Laatst %(now)s, gelijk aan het midden van deze groep.") % values
    better = (last < median) == (indicator in LESS_IS_BETTER)
    if better:
        return words.say("Laatst %(now)s; het midden van deze groep is %(median)s: beter.") % values
    return words.say("Laatst %(now)s; het midden van deze groep is %(median)s: minder.") % values


def beside(
    first: MeetingFigures, second: MeetingFigures, words: ReviewWording
) -> tuple[Beside, ...]:
    """Two meetings, indicator by indicator."""
    left = {each.indicator: each for each in judge(first)}
    right = {each.indicator: each for each in judge(second)}
    return tuple(
        Beside(
            name=words.indicator(indicator),
            first=_told(left.get(indicator), words),
            second=_told(right.get(indicator), words),
            difference=_difference(left.get(indicator), right.get(indicator), words),
        )
        for indicator in Indicator
        if indicator in left or indicator in right
    )


def _told(judgement: Judgement | None, words: ReviewWording) -> str:
    if judgement is None:
        return words.say("niet gevraagd")
    if judgement.value is None:
        return words.verdict(judgement.verdict)
    return f"{words.amount(judgement.indicator, judgement.value)} · " + words.verdict(
        judgement.verdict
    )


def _difference(first: Judgement | None, second: Judgement | None, words: ReviewWording) -> str:
    if first is None or second is None or first.value is None or second.value is None:
        return "–"
    amounts = [words.amount(each.indicator, each.value or 0.0) for each in (first, second)]
    if amounts[0] == amounts[1]:
        return words.say("gelijk")
    better = (second.value < first.value) == (first.indicator in LESS_IS_BETTER)
    return words.say("beter") if better else words.say("minder")


def goal_choices(words: ReviewWording) -> tuple[tuple[str, str], ...]:
    """What a group can set itself."""
    return tuple((each.value, words.indicator(each)) for each in Indicator)


def goal_lines(goals: Sequence[Goal], words: ReviewWording) -> tuple[GoalLine, ...]:
    """Goals in words, the open ones first."""
    ordered = sorted(goals, key=lambda goal: (goal.closed is not None, goal.created))
    return tuple(
        GoalLine(
            id=goal.id,
            name=words.indicator(goal.indicator),
            text=goal.text,
            closed=goal.closed is not None,
        )
        for goal in ordered
    )
