"""What the rules look at: the meeting at one moment, read only."""

from __future__ import annotations

from dataclasses import dataclass, field

from companion.method.clock import ClockView, between, clock_view
from companion.method.record import Record
from companion.method.tally import StepTally
from companion.vocabulary import Floor, Method, Role, Step, StepFunction, Writing

_WRITING_SHARE = 0.25
_WRITING_MOST = 300.0
_WRITING_SILENCE = 20.0
_WRITTEN_SHARE = 0.6
"""After a silence of this share of the writing time, talk is the round that follows."""


@dataclass(frozen=True)
class Scene:
    """The meeting at `now`; `patience` is how much of each cue is needed (catalogue or more)."""

    record: Record
    now: float
    clock: ClockView
    patience: dict[str, int] = field(default_factory=dict)

    @property
    def method(self) -> Method:
        return self.record.progress.method

    @property
    def step(self) -> Step:
        return self.record.progress.steps[self.clock.step]

    @property
    def tally(self) -> StepTally:
        """What was heard in the present step."""
        return self.record.tally.by_step[self.clock.step]

    @property
    def since(self) -> float:
        """When the present visit began."""
        return self.record.progress.visits[-1].since

    def in_visit(self) -> float:
        """Running seconds of the present visit."""
        return between(self.record.progress, self.since, self.now)

    def in_story(self) -> bool:
        """The inbrenger has just begun to tell his case."""
        telling = self.step.function is StepFunction.VERTELLEN
        return telling and self.step.floor is Floor.INBRENGER and self.clock.elapsed < 120.0

    def writing(self) -> bool:
        """People write in silence now: all of the step, or its beginning while it is quiet."""
        step = self.step
        if step.write is not Writing.FIRST:
            return step.write is Writing.ALL
        long = min(self.clock.planned * _WRITING_SHARE, _WRITING_MOST)
        if self.clock.elapsed > long:
            return False
        silent, opened = self._silence()
        return not opened and _WRITING_SILENCE <= silent < long * _WRITTEN_SHARE

    def _silence(self) -> tuple[float, bool]:
        """The longest silence of this visit, and whether the round was opened after one."""
        ended, longest, opened = self.since, 0.0, False
        for turn in self.tally.turns:
            if turn.at >= self.since:
                longest = max(longest, turn.at - ended)
                opened |= longest >= _WRITING_SILENCE and turn.role is Role.BEGELEIDER
                ended = max(ended, turn.until)
        asked = any(question.at >= self.since for question in self.tally.questions)
        return max(longest, self.now - ended), opened or asked


def scene(record: Record, now: float, patience: dict[str, int]) -> Scene:
    """The scene at `now`."""
    return Scene(record, now, clock_view(record.progress, now), patience)
