"""How people behave in each kind of step: who follows whom, and what a member's turn holds.

The numbers are chances, estimated by reasoning from the methods' rules; they allow for
groups that don't keep to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from companion.method.weights import Behaviour
from companion.vocabulary import (
    AdviceRule,
    Floor,
    InbrengerPart,
    QuestionRule,
    Role,
    Step,
    StepFunction,
    Writing,
)


class Held(StrEnum):
    """What a member's turn held."""

    QUESTION = "question"
    ADVICE = "advice"
    NEITHER = "neither"


class Expected(msgspec.Struct, frozen=True):
    """Chances in one step."""

    after_member: float
    """That the inbrenger speaks when a member spoke last."""
    after_self: float
    """That he speaks again when he spoke last."""
    question: float
    """That a member's turn holds a question."""
    advice: float


def expected(step: Step) -> Expected:
    """How people behave in this step."""
    after_member, after_self = _inbrenger(step)
    question, advice = _member(step)
    return Expected(after_member, after_self, question, advice)


def _inbrenger(step: Step) -> tuple[float, float]:
    if step.floor is Floor.INBRENGER:
        return 0.7, 0.8
    if step.floor is Floor.NIEMAND:
        return 0.5, 0.5
    if step.floor is Floor.ALLEN:
        return (0.55, 0.3) if step.questions is QuestionRule.OPEN else (0.3, 0.35)
    listens = (0.4, 0.15) if step.function is StepFunction.VRAGEN else (0.05, 0.2)
    by_part = {
        InbrengerPart.ANTWOORDT: (0.85, 0.15),
        InbrengerPart.ZWIJGT: listens,
        InbrengerPart.DAARNA: (0.25, 0.45),
        InbrengerPart.VRIJ: (0.2, 0.15),
    }
    return by_part[step.inbrenger]


def _member(step: Step) -> tuple[float, float]:
    if step.advice is AdviceRule.JA:
        return 0.15, 0.5
    if step.questions is QuestionRule.OPEN:
        by_floor = {Floor.INBRENGER: (0.5, 0.06), Floor.ALLEN: (0.55, 0.07)}
        asking = (0.75, 0.06) if step.function is StepFunction.VRAGEN else (0.35, 0.12)
        return by_floor.get(step.floor, asking)
    if step.floor is Floor.INBRENGER:
        return (0.55, 0.08) if step.questions is QuestionRule.ANY else (0.35, 0.1)
    return (0.2, 0.1) if step.questions is QuestionRule.ANY else (0.1, 0.1)


class Likelihoods:
    """Factors per step for what is heard, worked out once for a meeting's steps."""

    def __init__(self, weights: Behaviour, steps: Sequence[Step]) -> None:
        rows = [expected(step) for step in steps]
        self._turns = {
            (Role.DEELNEMER, Role.INBRENGER): _evened(weights, [r.after_member for r in rows]),
            (Role.DEELNEMER, Role.DEELNEMER): _evened(weights, [1 - r.after_member for r in rows]),
            (Role.INBRENGER, Role.INBRENGER): _evened(weights, [r.after_self for r in rows]),
            (Role.INBRENGER, Role.DEELNEMER): _evened(weights, [1 - r.after_self for r in rows]),
        }
        self._held = {
            Held.QUESTION: _evened(weights, [r.question for r in rows]),
            Held.ADVICE: _evened(weights, [r.advice for r in rows]),
            Held.NEITHER: _evened(weights, [1 - r.question - r.advice for r in rows]),
        }
        by_writing = {
            Writing.ALL: weights.silence_all,
            Writing.FIRST: weights.silence_first,
            Writing.NONE: weights.silence_else,
        }
        self.silence = tuple(by_writing[step.write] for step in steps)

    def turn(self, before: Role, role: Role) -> tuple[float, ...] | None:
        """One of these two roles spoke after the other; None for any other role."""
        return self._turns.get((before, role))

    def held(self, what: Held) -> tuple[float, ...]:
        """What a member's turn held."""
        return self._held[what]


def _evened(weights: Behaviour, chances: Sequence[float]) -> tuple[float, ...]:
    """The chances against their middle, none speaking louder than `most`."""
    middle = sum(chances) / len(chances)
    loud = weights.most**0.5
    return tuple(min(max(chance / middle, 1 / loud), loud) for chance in chances)
