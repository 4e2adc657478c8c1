"""What a rule answers with, and what several of them look at. Pure.

A rule answers with the moment of its newest evidence and the counts behind it, or None.
It may go on answering while the situation lasts; the policy decides what is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from companion.cues.scene import Scene
from companion.events import TurnHeard

OPENS = 3.0
"""Seconds: words that open a step belong to the one before."""


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A cue is called for: its newest evidence (meeting seconds) and the counts."""

    cue: str
    at: float
    why: dict[str, float]


Rule: TypeAlias = Callable[[Scene], Call | None]


def has_question(scene: Scene, turn: TurnHeard) -> bool:
    """A question was heard in this turn."""
    return any(turn.at - 0.5 <= q.at <= turn.until + 0.5 for q in scene.tally.questions[-20:])
