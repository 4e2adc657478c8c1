"""Dutch number words up to a hundred, and digits."""

from __future__ import annotations

from typing import Final

_UNITS: Final = {
    "nul": 0, "een": 1, "één": 1, "eén": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6,
    "zeven": 7, "acht": 8, "negen": 9,
}  # fmt: skip
_TEENS: Final = {
    "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15,
    "zestien": 16, "zeventien": 17, "achttien": 18, "negentien": 19,
}  # fmt: skip
_TENS: Final = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70,
    "tachtig": 80, "negentig": 90,
}  # fmt: skip


def _compounds() -> dict[str, int]:
    joined = {}
    for ten, tens in _TENS.items():
        for unit, value in _UNITS.items():
            joined[f"{unit}{'ën' if unit.endswith('e') else 'en'}{ten}"] = tens + value
            joined[f"{unit}en{ten}"] = tens + value
    return joined


NUMBERS: Final = _UNITS | _TEENS | _TENS | _compounds() | {"honderd": 100}
"""Number words with their values; "een" is also the article: the caller decides."""


def number(word: str) -> int | None:
    """The value of a number word or of digits, else None."""
    if word.isdigit():
        return int(word)
    return NUMBERS.get(word)
