"""Small meetings for the tracker: what is said when, and what it decides second by second."""

from __future__ import annotations

import msgspec

from companion.events import (
    AdviceHeard,
    AnyEvent,
    MoveUndone,
    ProposalClosed,
    QuestionHeard,
    StepAnnounced,
    StepEntered,
    StepMove,
    StepProposed,
    TurnHeard,
)
from companion.method.deciding import decide
from companion.method.progress import begin
from companion.method.tracker import Tracker
from companion.method.weights import Weights
from companion.vocabulary import MovedBy, Role, SentenceKind, StepFunction, StepMode
from tests.method.meetings import started


class Scene:
    """A tracker in a step of a method, and the events that it decided on."""

    def __init__(
        self,
        weights: Weights | None = None,
        *,
        method: str = "incident",
        at: str = "",
        led: bool = True,
        mode: StepMode = StepMode.AUTOMATISCH,
    ) -> None:
        progress = begin(started(method))
        self.ids = [step.id for step in progress.steps]
        self.tracker = Tracker(
            progress.steps, progress.planned, weights=weights or Weights(), led=led
        )
        self.mode = mode
        self.events: list[AnyEvent] = []
        self.proposal: StepProposed | None = None
        self.now = 0.0
        if at:
            for index in range(1, self.ids.index(at) + 1):
                self.tracker.fold(StepEntered(at=0.0, step=index, by=MovedBy.HAND))

    def hand(self, at: float, step: str) -> None:
        """Somebody presses a key."""
        self.until(at)
        self.tracker.fold(StepEntered(at=at, step=self.ids.index(step), by=MovedBy.HAND))

    def say(
        self,
        at: float,
        function: StepFunction | None = None,
        *,
        move: StepMove = StepMove.TO,
        role: Role | None = Role.BEGELEIDER,
        p: float = 0.95,
        sure: float = 0.95,
        step: str = "",
        voice: int | None = 0,
    ) -> None:
        """An announcement is heard."""
        self.until(at)
        announced = StepAnnounced(
            at=at,
            until=at + 2,
            probability=p,
            move=move,
            function=function,
            function_probability=sure if function else 0.0,
            step=self.ids.index(step) if step else None,
            voice=voice,
        )
        self.tracker.fold(announced, role)

    def turn(
        self,
        at: float,
        role: Role | None,
        *,
        seconds: float = 6.0,
        question: bool = False,
        advice: bool = False,
        sounds: dict[StepFunction, float] | None = None,
    ) -> None:
        """Somebody speaks."""
        self.until(at)
        heard = TurnHeard(at=at, until=at + seconds, role=role, sure=True, sounds=sounds or {})
        self.tracker.fold(heard, role)
        if question:
            asked = QuestionHeard(at=at, until=at + 2, label=SentenceKind.OPEN, probability=0.9)
            self.tracker.fold(asked, role)
        if advice:
            given = AdviceHeard(at=at, until=at + 2, label=SentenceKind.ADVIES, probability=0.9)
            self.tracker.fold(given, role)

    def until(self, at: float) -> None:
        """The clock runs on; what is decided is taken in."""
        while self.now < at:
            self.now = min(self.now + 1.0, at)
            for event in decide(self.tracker, self.mode, self.proposal, self.now):
                self.take(event)

    def take(self, event: AnyEvent) -> None:
        """An event that was decided on, or that a person caused."""
        self.events.append(event)
        self.tracker.fold(event)
        if isinstance(event, StepProposed):
            self.proposal = event
        if isinstance(event, ProposalClosed):
            self.proposal = None

    @property
    def entered(self) -> list[str]:
        """Ids of the steps that were entered on what was heard."""
        return [self.ids[event.step] for event in self.events if isinstance(event, StepEntered)]

    @property
    def proposed(self) -> list[str]:
        """Ids of the steps that were proposed."""
        return [self.ids[event.step] for event in self.events if isinstance(event, StepProposed)]

    @property
    def undone(self) -> int:
        """Moves taken back."""
        return sum(isinstance(event, MoveUndone) for event in self.events)


def without(**values: object) -> Weights:
    """The shipped weights with some taken away."""
    return msgspec.structs.replace(Weights(), **values)
