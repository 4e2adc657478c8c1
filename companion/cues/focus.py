"""What a group set itself to mind: its cues come a little sooner, and before others."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Focus(StrEnum):
    """What a trainer and a group can agree to mind."""

    OPEN_QUESTIONS = "open-questions"
    NO_EARLY_ADVICE = "no-early-advice"
    TURNS = "turns"
    INBRENGER_SILENT = "inbrenger-silent"
    CONCRETE_PLAN = "concrete-plan"


_CUES: dict[Focus, frozenset[str]] = {
    Focus.OPEN_QUESTIONS: frozenset({"closed-in-a-row", "leading", "stacked", "praise-open"}),
    Focus.NO_EARLY_ADVICE: frozenset({"early-advice", "early-disguised"}),
    Focus.TURNS: frozenset({"dominates", "no-turn"}),
    Focus.INBRENGER_SILENT: frozenset({"inbrenger-speaks", "inbrenger-answers"}),
    Focus.CONCRETE_PLAN: frozenset({"plan-incomplete"}),
}


def minded(names: Iterable[str]) -> frozenset[str]:
    """The cues of these; a name that is none of Focus has no cues."""
    known = {focus.value for focus in Focus}
    found = [_CUES[Focus(name)] for name in names if name in known]
    return frozenset().union(*found)
