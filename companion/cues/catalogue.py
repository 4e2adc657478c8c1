"""The cues as data: who sees one, how long it lives and rests, and its words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from companion.vocabulary import Text

Subject: TypeAlias = Literal[
    "time", "answer", "questions", "advice", "inbrenger", "turns", "outcome", "praise", "listening"
]
_FILE = Path(__file__).parent / "catalogue.toml"


class Cue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of catalogue.toml; `lives` and `cooldown` are seconds."""

    kind: Literal["time", "behaviour", "praise", "listening"]
    subject: Subject
    """What it is about: how it sounds is chosen by this."""
    audience: Literal["begeleider", "group", "both"]
    urgency: Literal["soft", "normal", "firm"]
    title: Text
    text: Text
    group: Text
    why: Text
    lives: float = 45.0
    cooldown: float = 240.0
    patience: int = 1
    in_story: bool = False
    """May come in the first minutes of the inbrenger's story."""
    never: str = ""
    """The cue whose words are used where the method never has advice."""


@cache
def catalogue() -> Mapping[str, Cue]:
    """Every cue by its id."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return msgspec.convert(data, dict[str, Cue])


def words_of(name: str, *, advice_never: bool) -> Cue:
    """The cue as it is worded in this kind of method."""
    cue = catalogue()[name]
    return catalogue()[cue.never] if cue.never and advice_never else cue


def filled(text: Text, why: Mapping[str, float], language: str) -> str:
    """The text with its numbers: `{planned}`, `{spent}` and `{minutes}` as minutes."""
    return text.in_language(language).format_map(
        {name: _shown(name, value, language) for name, value in why.items()}
    )


def _shown(name: str, value: float, language: str) -> str:
    if name not in {"planned", "spent", "minutes"}:
        return f"{value:.0f}"
    if value < 90:
        return f"{value:.0f} {'seconds' if language == 'en' else 'seconden'}"
    return f"{value / 60:.0f} {'minutes' if language == 'en' else 'minuten'}"
