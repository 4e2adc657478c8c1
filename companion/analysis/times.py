"""Dutch time expressions: where they stand in a sentence and which day or moment they mean."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

from companion.analysis.anchors import RULES, Anchor
from companion.analysis.calendar_words import CORRECTIONS, PAST, VAGUE, next_workday, one_of
from companion.analysis.clock_times import clock_in
from companion.analysis.words import plain

_CORRECTED: Final = re.compile(rf"[\s,]+(?:{one_of(CORRECTIONS)})[\s,]+")
_UNRESOLVABLE: Final = re.compile(rf"\b(?:{one_of(PAST + VAGUE)})\b")
_BEFORE: Final = re.compile(r"\b(?:voor|vóór)\s+(?:de\s+|het\s+|'t\s+)?$")
_AFTER: Final = re.compile(r"\bna\s+(?:de\s+|het\s+|'t\s+)?$")


def resolve(expression: str, today: date) -> date | datetime | None:
    """The day (or moment, when a time is said) that `expression` means on `today`.

    A period gives its last day, "voor" a day the day before, "na" one the first working
    day after. None when it can't be told, or lies in the past.
    """
    for said in reversed(_CORRECTED.split(plain(expression))):
        found = _resolved(said, today)
        if found is not None:
            return found
    return None


def _resolved(said: str, today: date) -> date | datetime | None:
    if _UNRESOLVABLE.search(said):
        return None
    clock = clock_in(said)
    rest = said
    if clock is not None:
        start, end = clock[1]
        rest = f"{said[:start]} {' ' * (end - start)}{said[end:]}"
    day = _day(rest, today, by_moment=clock is not None)
    if clock is None:
        return day
    return datetime.combine(day or today, clock[0])


def _day(said: str, today: date, *, by_moment: bool) -> date | None:
    for _, pattern, rule in RULES:
        for match in pattern.finditer(said):
            anchor = rule(match, today)
            if anchor is not None:
                return anchor.day if by_moment else _directed(anchor, said[: match.start()])
    return None


def _directed(anchor: Anchor, before: str) -> date:
    """`anchor` seen from the word in front of it: before it, after it, or on it."""
    if _AFTER.search(before):
        following = anchor.day + timedelta(days=1)
        return next_workday(anchor.day) if anchor.feast else following
    if _BEFORE.search(before) and anchor.point:
        return anchor.day - timedelta(days=1)
    return anchor.day


_LEAD: Final = re.compile(
    r"(?:\b(?:uiterlijk|nog|pas|meteen|direct|al|ergens|gewoon|op|om|in|van|voor|vóór|na|tegen|vanaf|rond|tot|per"
    r"|de|het|'t|aanstaande|komende|volgende|eerstkomende|deze|die)\s+)+$"
)
_LOOSE: Final = re.compile(r"(?:het|'t|de)\s+(?=dit\b|deze\b|volgende week\b|morgen\b|vandaag\b)")
"""“ik laat het dit weekend rusten”: “het” is no part of the time."""
_TRAIL: Final = re.compile(r"(?:\s+(?:nog|al|meteen|direct|pas|om|rond|tegen))+\b(?=\W|$)")
_GAP: Final = re.compile(r"[\s,]*(?:en|of|nee|om|rond|tegen)?[\s,]*")


def time_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each time expression in `text`, words that go with it included."""
    said = plain(text)
    if len(said) != len(text):  # a letter that lower case makes longer: rare, and offsets must fit
        said = text.lower() if len(text.lower()) == len(text) else text
    cores = sorted(match.span() for _, pattern, _ in RULES for match in pattern.finditer(said))
    clock = clock_in(said)
    if clock is not None:
        cores = sorted([*cores, clock[1]])
    return _merged(said, [_widened(said, *core) for core in cores])


def _widened(said: str, start: int, end: int) -> tuple[int, int]:
    lead = _LEAD.search(said[:start])
    trail = _TRAIL.match(said, end)
    begin = lead.start() if lead else start
    begin += len(loose[0]) if (loose := _LOOSE.match(said, begin)) else 0
    return begin, (trail.end() if trail else end)


def _merged(said: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap, or that only a comma or a small word parts, as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and (
            start <= merged[-1][1] or _GAP.fullmatch(said, merged[-1][1], start) is not None
        ):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
