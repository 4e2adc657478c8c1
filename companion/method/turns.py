"""What the turns heard say of the step: who follows whom, what they hold and sound like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from companion.events import AdviceHeard, QuestionHeard, TurnHeard
from companion.method.behaviour import Held, Likelihoods
from companion.method.weights import Behaviour
from companion.vocabulary import Role, Step

Weighing: TypeAlias = tuple[tuple[float, ...], float]
"""A factor per step, and the exponent with which it counts."""
_SURE = 0.5


@dataclass
class Turn:
    """The turn that is being heard, until the next one begins."""

    at: float
    until: float
    role: Role | None
    sure: bool
    held: Held = Held.NEITHER


@dataclass
class Turns:
    """Follows the turns of one meeting."""

    weights: Behaviour
    steps: Sequence[Step]
    spoke: float
    """When the last speech ended."""
    turn: Turn | None = None
    before: Role | None = None
    """Who of inbrenger and members spoke last."""
    _likely: Likelihoods = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._likely = Likelihoods(self.weights, self.steps)

    def settled(self) -> Iterator[Weighing]:
        """The turn before is over: who spoke after whom, and what it held."""
        turn, self.turn = self.turn, None
        if turn is None or turn.role is Role.BEGELEIDER:
            return
        power = self.weights.power * min((turn.until - turn.at) / self.weights.short_turn, 1.0)
        power *= 1.0 if turn.sure else self.weights.unsure
        if turn.role is None:
            if turn.held is not Held.NEITHER:
                yield self._likely.held(turn.held), power * self.weights.unsure
            return
        factors = self._likely.turn(self.before, turn.role) if self.before else None
        if factors is not None:
            yield factors, power
        if turn.role is Role.DEELNEMER:
            yield self._likely.held(turn.held), power
        self.before = turn.role

    def begun(self, event: TurnHeard, role: Role | None) -> Iterator[Weighing]:
        """The silence before this turn, and what kind of step it sounds like."""
        self.turn = Turn(event.at, event.until, role, event.sure)
        silent, self.spoke = event.at - self.spoke, max(self.spoke, event.until)
        if silent >= self.weights.silence_from:
            yield self._likely.silence, min(silent / 60.0, 2.0)
        if event.sounds:
            least, most = self.weights.sound_least, max(event.sounds.values())
            sounds = (event.sounds.get(step.function, 0.0) / most for step in self.steps)
            yield tuple(max(value, least) for value in sounds), self.weights.sound

    def holds(self, event: QuestionHeard | AdviceHeard) -> None:
        """The present turn holds a question or advice; advice says more."""
        turn = self.turn
        if turn is None or not turn.at - 1 <= event.at <= turn.until + 1:
            return
        if event.probability >= _SURE and turn.held is not Held.ADVICE:
            turn.held = Held.ADVICE if isinstance(event, AdviceHeard) else Held.QUESTION

    def procedure(self) -> None:
        """The present turn is about the steps: it says nothing of how people behave."""
        self.turn = None

    def nothing_heard(self, until: float) -> None:
        """Nobody listened until then: that was no silence."""
        self.spoke = max(self.spoke, until)
