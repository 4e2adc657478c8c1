"""What a form sent, as values: short clean texts, numbers within bounds, known choices."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl

from companion.errors import UsageError

MAX_TEXT = 200
MAX_MEMBERS = 30
_Choice = TypeVar("_Choice", bound=StrEnum)


def clean(text: str, longest: int = MAX_TEXT) -> str:
    """One line without control, surrogate or invisible direction characters."""
    kept = (
        c if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"} else " " for c in text
    )
    return " ".join("".join(kept).split())[:longest].strip()


class Form:
    """The fields of one form; repeated fields keep their order."""

    def __init__(self, fields: Iterable[tuple[str, str]]) -> None:
        self._fields = list(fields)

    def text(self, name: str, longest: int = MAX_TEXT) -> str:
        """A cleaned text; empty when it is missing."""
        return clean(next((value for key, value in self._fields if key == name), ""), longest)

    def verbatim(self, name: str) -> str:
        """A text as it was sent, line ends and all; empty when it is missing."""
        return next((value for key, value in self._fields if key == name), "")

    def every(self, name: str, longest: int = MAX_TEXT) -> tuple[str, ...]:
        """All cleaned, non-empty values of a repeated field, each once."""
        values = [clean(value, longest) for key, value in self._fields if key == name]
        return tuple(dict.fromkeys(value for value in values if value))

    def lines(self, name: str, longest: int = MAX_TEXT) -> tuple[str, ...]:
        """The lines of a text area, cleaned, each once."""
        raw = next((value for key, value in self._fields if key == name), "")
        values = [clean(line, longest) for line in raw.splitlines()]
        return tuple(dict.fromkeys(value for value in values if value))[:MAX_MEMBERS]

    def whole(self, name: str) -> int | None:
        """A whole number; None when missing or none."""
        text = self.text(name, 12)
        return int(text) if text.isascii() and text.removeprefix("-").isdecimal() else None

    def minutes(self, name: str) -> float | None:
        """Minutes with a comma or a point; UsageError when it is no number of minutes."""
        text = self.text(name, 12).replace(",", ".")
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not 0.5 <= value <= 240:  # NaN fails too
            raise UsageError("form.minutes", "Minutes lie between 0.5 and 240")
        return value

    def choice(self, name: str, kind: type[_Choice], otherwise: _Choice) -> _Choice:
        """A member of an enum, or `otherwise`."""
        text = self.text(name)
        return kind(text) if text in {member.value for member in kind} else otherwise

    def named(self, prefix: str) -> tuple[str, ...]:
        """What follows `prefix` in the names of the fields that start with it."""
        return tuple(key.removeprefix(prefix) for key, _ in self._fields if key.startswith(prefix))


def parse_form(body: bytes) -> Form:
    """A form from a body of any bytes; what is no form has no fields."""
    text = body.decode("utf-8", "replace")
    return Form(parse_qsl(text, keep_blank_values=True, errors="replace"))
