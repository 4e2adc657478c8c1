"""The day that a Dutch expression points at, rule by rule; the first rule that matches speaks.

A period ("in april", "deze week") is taken by its last day: the moment by which it is done.
The last day of a working week is its Friday.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from companion.analysis.calendar_words import (
    FEASTS,
    MONTHS,
    ORDINALS,
    PARTS,
    PATTERNS,
    SEASONS,
    TODAY,
    WEEKDAYS,
    month_end,
    nth_weekday,
    one_of,
)
from companion.analysis.numbers import NUMBERS, number


class Anchor(NamedTuple):
    """A day; `point` tells a day from the end of a period, `feast` a holiday."""

    day: date
    point: bool = True
    feast: bool = False


Rule = Callable[[re.Match[str], date], Anchor | None]


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or that month's last."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def monday(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def coming(weekday: int, today: date) -> date:
    """The next such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _amount(said: str | None) -> float | None:
    if said is None:
        return 1
    if said.startswith("anderhal"):
        return 1.5
    if said in {"half", "halve"}:
        return 0.5
    return number(said)


def _later(today: date, amount: float, unit: str) -> date | None:
    if unit.startswith("dag"):
        return today + timedelta(days=round(amount))
    if unit.startswith("we"):
        return today + timedelta(days=round(amount * 7))
    if unit.startswith("maand"):
        whole = add_months(today, int(amount))
        return whole + timedelta(days=15) if amount % 1 else whole
    if unit.startswith(("jaar", "jaren")):
        return add_months(today, round(amount * 12))
    return add_months(today, round(amount * 3)) if unit.startswith("kwarta") else today


def _within(match: re.Match[str], today: date) -> Anchor | None:
    amount = _amount(match["around"] or match["amount"])
    day = None if amount is None else _later(today, amount, match["unit"])
    if day is None:
        return None
    weekday = match["weekday"]
    return Anchor(monday(day) + timedelta(days=WEEKDAYS[weekday]) if weekday else day)


def _from(match: re.Match[str], today: date) -> Anchor | None:
    amount = _amount(match["amount"])
    if amount is None:
        return None
    near = {"vandaag": 0, "morgen": 1, "overmorgen": 2}
    said = match["start"]
    start = today + timedelta(days=near[said]) if said in near else coming(WEEKDAYS[said], today)
    day = _later(start, amount, match["unit"])
    return None if day is None else Anchor(day)


def _week(match: re.Match[str], today: date) -> Anchor:
    following = match["which"].startswith(("volgend", "komend"))
    start = monday(today) + timedelta(days=7 if following else 0)
    weekday = match["weekday"] or match["before"]
    if weekday:
        return Anchor(start + timedelta(days=WEEKDAYS[weekday]))
    part = match["part"] or ""
    if "begin" in part:
        return Anchor(start, point=False)
    if "hal" in part or "midden" in part or "medio" in part:
        return Anchor(start + timedelta(days=2), point=False)
    friday = start + timedelta(days=4)
    return Anchor(friday if friday >= today else start + timedelta(days=6), point=False)


def _weekend(match: re.Match[str], today: date) -> Anchor:
    sunday = monday(today) + timedelta(days=6)
    following = (match["which"] or "").startswith("volgend")
    return Anchor(sunday + timedelta(days=7 if following else 0), feast=True)


def _day_in_month(year: int, month: int, part: str) -> date:
    if "begin" in part:
        return date(year, month, 5)
    if part and "tweede" not in part and "eind" not in part:
        return date(year, month, 15)
    return month_end(year, month)


def _named_month(match: re.Match[str], today: date) -> Anchor:
    month, part = MONTHS[match["month"]], match["part"] or ""
    year = int(match["year"]) if match["year"] else today.year
    day = _day_in_month(year, month, part)
    if day < today and not match["year"]:
        day = _day_in_month(year + 1, month, part)
    return Anchor(day, point=False)


def _this_month(match: re.Match[str], today: date) -> Anchor:
    following = (match["which"] or "").startswith(("volgend", "komend"))
    start = add_months(today.replace(day=1), 1 if following else 0)
    return Anchor(_day_in_month(start.year, start.month, match["part"] or ""), point=False)


def _quarter(match: re.Match[str], today: date) -> Anchor:
    which = match["which"]
    if which in ORDINALS:
        day = month_end(today.year, ORDINALS[which] * 3)
        return Anchor(day if day >= today else month_end(today.year + 1, day.month), point=False)
    first = add_months(today.replace(day=1), -((today.month - 1) % 3))
    last = add_months(first, 5 if which.startswith("volgend") else 2)
    return Anchor(month_end(last.year, last.month), point=False)


def _year(match: re.Match[str], today: date) -> Anchor:
    year = today.year + (1 if (match["which"] or "").startswith(("volgend", "komend")) else 0)
    begin = "begin" in (match["part"] or "")
    return Anchor(date(year, 1, 5) if begin else date(year, 12, 31), point=False)


def _season(match: re.Match[str], today: date) -> Anchor:
    month, day = SEASONS[match["season"]]
    year = today.year + (1 if match["which"] else 0)
    found = date(year, month, day)
    return Anchor(found if found >= today else found.replace(year=year + 1), point=False)


def _nth_weekday(match: re.Match[str], today: date) -> Anchor | None:
    nth, weekday = ORDINALS[match["nth"]], WEEKDAYS[match["weekday"]]
    if match["month"]:
        month = MONTHS[match["month"]]
        years = [today.year, today.year + 1]
        found = [nth_weekday(year, month, weekday, nth) for year in years]
    else:
        following = (match["which"] or "").startswith(("volgend", "komend"))
        start = add_months(today.replace(day=1), 1 if following else 0)
        found = [nth_weekday(start.year, start.month, weekday, nth)]
    days = [day for day in found if day and day >= today]
    return Anchor(days[0]) if days else None


def _dated(match: re.Match[str], today: date) -> Anchor | None:
    day = (
        ORDINALS.get(match["day"].removesuffix("ste"))
        or number(re.sub(r"(?<=\d)(?:e|de|ste)$", "", match["day"]))
        or ORDINALS.get(match["day"])
    )
    if not day or not 1 <= day <= 31:
        return None
    month = MONTHS[match["month"]] if match["month"] else None
    for start in range(14):
        first = add_months(today.replace(day=1), start)
        if match["year"]:
            first = date(int(match["year"]), month or first.month, 1)
        fits = month in {None, first.month} and day <= month_end(first.year, first.month).day
        if fits and (first.replace(day=day) >= today or match["year"]):
            return Anchor(first.replace(day=day))
    return None


def _numbered(match: re.Match[str], today: date) -> Anchor | None:
    day, month = int(match["day"]), int(match["month"])
    if not 1 <= month <= 12 or not 1 <= day <= month_end(today.year, month).day:
        return None
    year = int(match["year"]) if match["year"] else today.year
    found = date(year, month, day)
    return Anchor(found if match["year"] or found >= today else found.replace(year=year + 1))


def _iso_week(match: re.Match[str], today: date) -> Anchor | None:
    week = number(match["week"])
    if week is None or not 1 <= week <= 52:
        return None
    year = today.isocalendar().year
    found = date.fromisocalendar(year, week, 5)
    return Anchor(found if found >= today else date.fromisocalendar(year + 1, week, 5), point=False)


def _feast(match: re.Match[str], today: date) -> Anchor:
    on = FEASTS[match["feast"]]
    year = today.year + (0 if on(today.year) >= today else 1)
    return Anchor(on(year), feast=True)


def _near(match: re.Match[str], today: date) -> Anchor:
    days = 2 if match[0].startswith("overmorgen") else 1
    return Anchor(today + timedelta(days=days))


def _today(match: re.Match[str], today: date) -> Anchor:  # noqa: ARG001
    return Anchor(today)


def _weekday(match: re.Match[str], today: date) -> Anchor:
    return Anchor(coming(WEEKDAYS[match["weekday"]], today))


_MEANINGS: Final[dict[str, Rule]] = {
    "from": _from,
    "within": _within,
    "season": _season,
    "nth": _nth_weekday,
    "dated": _dated,
    "numbered": _numbered,
    "iso week": _iso_week,
    "week": _week,
    "weekend": _weekend,
    "end of week": _week,
    "month by name": _named_month,
    "month": _this_month,
    "quarter": _quarter,
    "year": _year,
    "feast": _feast,
    "weekday": _weekday,
    "near": _near,
    "day of month": _dated,
    "today": _today,
}
"""Rule id → what a match of its pattern means."""


def _rules() -> Iterator[tuple[str, re.Pattern[str], Rule]]:
    places = PARTS | {
        "day": one_of(WEEKDAYS),
        "month": one_of(MONTHS),
        "bare": one_of(NUMBERS),
        "number": rf"(?:\d+|{one_of(NUMBERS)}|anderhalve|anderhalf|half|halve)",
        "nth": one_of(ORDINALS),
        "season": one_of(SEASONS),
        "feast": one_of(FEASTS),
        "today": one_of(TODAY),
    }
    for name, pattern in PATTERNS.items():
        for place, words in places.items():
            pattern = pattern.replace(f"{{{place}}}", words)  # noqa: PLW2901
        yield name, re.compile(pattern), _MEANINGS[name]


RULES: Final = tuple(_rules())
"""Rule id, pattern over plain text, and what it means."""
