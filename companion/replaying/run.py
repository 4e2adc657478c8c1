"""A meeting driven on a virtual clock from utterances with their text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from companion.events import (
    AnyEvent,
    AnyFinding,
    MeetingEnded,
    MeetingStarted,
    MoveUndone,
    StepEntered,
    VoicesRelabelled,
)
from companion.session.meeting import Meeting
from companion.speech.heard import Heard

TICK = 1.0
"""Seconds between looks at the clock, as coarse as a replay may be."""


class Understanding(Protocol):
    """What a replay needs of the language part."""

    def enter(self, step: int) -> None:
        """The group is in this step (index into the plan)."""
        ...

    def analyse(self, heard: Heard) -> list[AnyFinding]:
        """The findings of one utterance."""
        ...


class Replay:
    """Feeds utterances, in time order, to a meeting and keeps what came of them."""

    def __init__(self, started: MeetingStarted, understanding: Understanding) -> None:
        self.meeting = Meeting(started)
        self.events: list[AnyEvent] = []
        self._understanding = understanding
        self._now = 0.0
        understanding.enter(0)

    def hear(self, utterances: Iterable[Heard]) -> None:
        """Hear them all, in the order in which they end."""
        for heard in utterances:
            self._pass(heard.until)
            for finding in self._understanding.analyse(heard):
                self._keep(self.meeting.hear(finding))

    def correct(self, corrections: Iterable[VoicesRelabelled]) -> None:
        """What was heard turns out to be other voices'."""
        for correction in corrections:
            self._keep(self.meeting.hear(correction))

    def end(self, at: float) -> None:
        """The meeting ends at `at`, or with what was heard last."""
        self._pass(max(at, self._now))
        self.events.append(MeetingEnded(at=self._now))
        self.meeting.apply(self.events[-1])

    @property
    def duration(self) -> float:
        """Seconds of meeting time lived so far."""
        return self._now

    def _pass(self, until: float) -> None:
        while self._now + TICK < until:
            self._now += TICK
            self._keep(self.meeting.tick(self._now))
        self._now = max(self._now, until)
        self._keep(self.meeting.tick(self._now))

    def _keep(self, events: list[AnyEvent]) -> None:
        moved = any(isinstance(event, StepEntered | MoveUndone) for event in events)
        self.events += events
        if moved:
            self._understanding.enter(self.meeting.record.progress.step)
