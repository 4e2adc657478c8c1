"""How far this program's counts lie from a count by hand, as measured per speech model."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

import msgspec

from companion.resources import bundled
from companion.vocabulary import Indicator

FILE = "models/evaluation.toml"
COUNT_OF = {
    Indicator.STEPS: "steps",
    Indicator.MINUTES: "steps",
    Indicator.OPEN_QUESTIONS: "open_share",
    Indicator.LEADING: "leading",
    Indicator.STACKED: "stacked",
    Indicator.NO_EARLY_ADVICE: "early_advice",
    Indicator.INBRENGER_SILENT: "spoke_in_silence",
    Indicator.TURNS: "member_share",
    Indicator.EVERYONE: "voices",
    Indicator.WRITING: "silence",
    Indicator.BEGELEIDER: "begeleider_share",
    Indicator.LOOK_BACK: "steps",
    Indicator.EVALUATION: "steps",
}
"""Which measured count stands behind an indicator; the others are kept by hand or by the clock."""


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """Mean absolute error in the count's unit, and the correlation over so many meetings."""

    error: float
    r: float | None = None
    meetings: int = 0
    of: str = ""


class _File(msgspec.Struct, frozen=True):
    model: Mapping[str, Mapping[str, Measured]] = {}


@cache
def measured() -> Mapping[str, Mapping[str, Measured]]:
    """By speech model and count; empty where the program came without the file."""
    file = bundled(FILE)
    if not file.is_file():
        return {}
    return msgspec.toml.decode(file.read_bytes(), type=_File).model


@cache
def shipped_models() -> frozenset[str]:
    """The names of the speech models that the program knows."""
    file = bundled("models/manifest.toml")
    found = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return frozenset(str(model["name"]) for model in found.get("model", ()))


def error_of(indicator: Indicator, model: str) -> Measured | None:
    """What was measured of the count behind an indicator; None when nothing was."""
    return measured().get(model, {}).get(COUNT_OF.get(indicator, ""))
