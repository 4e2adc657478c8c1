"""Dutch times of the day: "om half negen", "kwart over twee", "tegen vijven", "14.30 uur"."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from companion.analysis.calendar_words import AFTERNOON, MONTHS, MORNING, one_of
from companion.analysis.numbers import NUMBERS, number

_HOURS: Final = [word for word, value in NUMBERS.items() if 1 <= value <= 24]
_HOUR: Final = rf"(?:\d{{1,2}}|{one_of(_HOURS)})"
_EVENING: Final = {
    "enen": 1, "tweeën": 2, "drieën": 3, "vieren": 4, "vijven": 5, "zessen": 6, "zevenen": 7,
    "achten": 8, "negenen": 9, "tienen": 10, "elven": 11, "twaalven": 12,
}  # fmt: skip
_AT: Final = r"(?:(?:om|rond|tegen|voor|vóór|na|vanaf|tot|uiterlijk)\s+)"
CLOCK: Final = re.compile(
    rf"\b{_AT}?(?:"
    rf"(?P<part>kwart|\d{{1,2}}|vijf|tien|een kwartier)\s+(?P<side>over|voor)\s+"
    rf"(?P<half1>half\s+)?(?P<near>{_HOUR})(?:\s+uur)?"
    rf"|half\s+(?P<half>{_HOUR})(?!\s+(?:{one_of(MONTHS)}))"
    rf"|(?P<digits>\d{{1,2}})[:.](?P<minutes>\d{{2}})(?:\s*uur)?"
    rf"|(?P<whole>{_HOUR})\s+uur(?:\s+(?P<after>dertig|vijftien|vijfenveertig))?"
    rf"|(?P<even>{one_of(_EVENING)})"
    rf")\b(?P<day>(?:\s+'?s?\s*(?:{one_of(MORNING + AFTERNOON)}))?)"
)
_MORNING: Final = re.compile(rf"(?:{one_of(MORNING)})\b")
_AFTERNOON: Final = re.compile(rf"(?<!voor)(?:{one_of(AFTERNOON)})\b")


def clock_in(text: str) -> tuple[time, tuple[int, int]] | None:
    """The time of the day in plain `text` and where it stands; None when there is none.

    Without "'s ochtends" and the like one to six are taken as the afternoon.
    """
    match = CLOCK.search(text)
    if match is None:
        return None
    minutes = _minutes(match)
    if minutes is None:
        return None
    minutes = _half_of_day(minutes, text)
    return time(minutes // 60 % 24, minutes % 60), match.span()


def _minutes(match: re.Match[str]) -> int | None:
    """Minutes after midnight as said, on a clock of twelve hours."""
    if match["near"]:
        hour = number(match["near"])
        spoken = match["part"].split()[-1]
        part = 15 if spoken.startswith("kwart") else number(spoken)
        if hour is None or part is None:
            return None
        start = hour * 60 - (30 if match["half1"] else 0)
        return start + part if match["side"] == "over" else start - part
    if match["half"]:
        hour = number(match["half"])
        return None if hour is None else hour * 60 - 30
    if match["digits"]:
        found = int(match["digits"]) * 60 + int(match["minutes"])
        return found if found < 24 * 60 and int(match["minutes"]) < 60 else None
    if match["even"]:
        return _EVENING[match["even"]] * 60
    hour = number(match["whole"])
    return None if hour is None or hour > 24 else hour * 60 + (number(match["after"] or "nul") or 0)


def _half_of_day(minutes: int, text: str) -> int:
    morning, afternoon = _MORNING.search(text), _AFTERNOON.search(text)
    early = minutes < 12 * 60
    if afternoon and early:
        return minutes + 12 * 60
    if not morning and minutes < 7 * 60:
        return minutes + 12 * 60
    return minutes
