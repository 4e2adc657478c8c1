"""The vocabulary of time as the date rules use it: words to numbers, feasts to dates."""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

import holidays

from companion.analysis.numbers import NUMBERS

_DATA: Final = tomllib.loads((Path(__file__).parent / "data" / "times.toml").read_text("utf-8"))

WEEKDAYS: Final[dict[str, int]] = {name: i for i, name in enumerate(_DATA["weekdays"])} | {
    name: i for i, names in enumerate(_DATA["misheard"]) for name in names
}
MONTHS: Final[dict[str, int]] = {name: i for i, name in enumerate(_DATA["months"], 1)}
TODAY: Final[list[str]] = _DATA["today"]
PAST: Final[list[str]] = _DATA["past"]
VAGUE: Final[list[str]] = _DATA["vague"]
CORRECTIONS: Final[list[str]] = _DATA["corrections"]
MORNING: Final[list[str]] = _DATA["morning"]
AFTERNOON: Final[list[str]] = _DATA["afternoon"]
SEASONS: Final[dict[str, list[int]]] = _DATA["seasons"]

PARTS: Final[dict[str, str]] = _DATA["parts"]
PATTERNS: Final[dict[str, str]] = {rule["id"]: rule["pattern"] for rule in _DATA["rule"]}
"""Rule id → its pattern, with places for words and parts; in the order in which they speak."""


def _ordinals() -> dict[str, int]:
    irregular = {1: "eerste", 3: "derde", 8: "achtste"}
    found = {}
    for word, value in NUMBERS.items():
        if 0 < value <= 31:
            regular = f"{word}de" if value < 20 else f"{word}ste"
            found[irregular.get(value, regular)] = value
    return found | {"laatste": -1}


ORDINALS: Final = _ordinals()
""" "eerste" to "eenendertigste", and "laatste" as -1."""


@cache
def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("NL", years=year, language="nl")


def easter(year: int) -> date:
    """Easter Sunday."""
    return date.fromisoformat(str(_holidays(year).get_named("Eerste paasdag")[0]))


def one_of(names: object) -> str:
    """A regular expression that matches any of these words, the longest first."""
    return "|".join(sorted(map(str, names), key=len, reverse=True))  # type: ignore[call-overload]


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth (from 1; -1 is the last) such weekday of a month."""
    days = [
        date(year, month, day)
        for day in range(1, month_end(year, month).day + 1)
        if date(year, month, day).weekday() == weekday
    ]
    if nth == -1:
        return days[-1]
    return days[nth - 1] if nth <= len(days) else None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _after_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


def _nth(month: int, weekday: int, nth: int) -> Callable[[int], date]:
    return lambda year: nth_weekday(year, month, weekday, nth) or date(year, month, 1)


def _feasts() -> dict[str, Callable[[int], date]]:
    found = {name: _fixed(*when) for name, when in _DATA["fixed_days"].items()}
    found |= {name: _after_easter(days) for name, days in _DATA["easter_days"].items()}
    return found | {name: _nth(*when) for name, when in _DATA["nth_days"].items()}


FEASTS: Final = _feasts()
"""Feast → its date in a year."""


def next_workday(day: date) -> date:
    """The first day after `day` that is no weekend day and no Dutch holiday."""
    day += timedelta(days=1)
    while day.weekday() >= 5 or day in _holidays(day.year):
        day += timedelta(days=1)
    return day
