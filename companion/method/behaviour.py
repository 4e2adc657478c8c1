"""What is heard, as evidence for a step: a factor per step for each kind of thing heard."""

from __future__ import annotations

from collections.abc import Sequence

from companion.method.weights import Behaviour
from companion.vocabulary import AdviceRule, Floor, InbrengerPart, QuestionRule, Step, Writing


def question_factors(w: Behaviour, steps: Sequence[Step]) -> tuple[float, ...]:
    """A member asks a question."""
    return tuple(_question(w, step) for step in steps)


def _question(w: Behaviour, step: Step) -> float:
    if step.floor is Floor.NIEMAND or step.write is Writing.ALL:
        return w.question_in_silence
    if step.questions is QuestionRule.OPEN and step.floor is not Floor.INBRENGER:
        return w.question_round
    return w.question_misplaced if step.questions is QuestionRule.NONE else w.question_allowed


def advice_factors(w: Behaviour, steps: Sequence[Step]) -> tuple[float, ...]:
    """A member gives advice."""
    by_rule = {
        AdviceRule.JA: w.advice_round,
        AdviceRule.NEUTRAL: w.advice_neutral,
        AdviceRule.NEE: w.advice_early,
    }
    return tuple(by_rule[step.advice] for step in steps)


def inbrenger_factors(w: Behaviour, steps: Sequence[Step]) -> tuple[float, ...]:
    """The inbrenger talks at some length."""
    return tuple(_inbrenger(w, step) for step in steps)


def _inbrenger(w: Behaviour, step: Step) -> float:
    if step.floor is Floor.NIEMAND:
        return w.talk_in_silence
    if step.floor is Floor.INBRENGER:
        return w.own_long
    by_part = {
        InbrengerPart.ZWIJGT: w.own_silent,
        InbrengerPart.ANTWOORDT: w.own_answer,
        InbrengerPart.DAARNA: 1.0,
        InbrengerPart.VRIJ: 1.0 if step.floor is Floor.ALLEN else w.own_elsewhere,
    }
    return by_part[step.inbrenger]


def member_factors(w: Behaviour, steps: Sequence[Step]) -> tuple[float, ...]:
    """A member talks at some length."""
    by_floor = {
        Floor.NIEMAND: w.talk_in_silence,
        Floor.INBRENGER: w.member_his_floor,
        Floor.GROEP: w.member_floor,
        Floor.ALLEN: w.member_floor,
    }
    return tuple(by_floor[step.floor] for step in steps)


def silence_factors(w: Behaviour, steps: Sequence[Step]) -> tuple[float, ...]:
    """Nobody talks for a long while."""
    by_writing = {
        Writing.ALL: w.silence_all,
        Writing.FIRST: w.silence_first,
        Writing.NONE: w.silence_else,
    }
    return tuple(by_writing[step.write] for step in steps)
