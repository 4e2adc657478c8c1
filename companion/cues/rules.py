"""Every rule, in order of importance: one small function a cue, in a module a subject."""

from __future__ import annotations

from companion.cues.advice import early_advice, early_disguised
from companion.cues.calls import Rule
from companion.cues.inbrenger import inbrenger_answers, inbrenger_speaks
from companion.cues.outcome import look_back, plan_incomplete
from companion.cues.questions import closed_in_a_row, leading, praise_open, stacked
from companion.cues.speaking import discussion, dominates, no_turn, talk_while_writing

RULES: tuple[Rule, ...] = (
    early_advice,
    inbrenger_speaks,
    inbrenger_answers,
    look_back,
    plan_incomplete,
    no_turn,
    closed_in_a_row,
    early_disguised,
    discussion,
    talk_while_writing,
    leading,
    stacked,
    dominates,
    praise_open,
)
"""Of two that are called for, the first is shown."""
