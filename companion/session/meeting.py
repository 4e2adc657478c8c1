"""One meeting: events folded into its state, and the events that follow from them. Pure.

`apply` folds one event and nothing more. `hear`, `tick` and `command` fold and answer with
every event to keep or show, the given one included; replaying those with `apply` gives an
equal meeting. The session keeps the journal, the microphone and the listener.
"""

from __future__ import annotations

from companion.cues.focus import minded
from companion.cues.policy import CueLog, choose
from companion.errors import CompanionError
from companion.events import (
    TRANSIENT,
    AdviceHeard,
    AnyEvent,
    AnyFinding,
    CommandHeard,
    LevelMeasured,
    ListeningReported,
    MeetingEnded,
    MeetingStarted,
    MoveUndone,
    PlanChanged,
    ProposalClosed,
    QuestionHeard,
    StepAnnounced,
    StepEntered,
    StepProposed,
    TurnHeard,
    VoiceSampled,
    VoicesReported,
)
from companion.method.deciding import decide, in_the_air
from companion.method.record import Record
from companion.method.review import Review, review
from companion.method.revising import is_revised
from companion.method.round import turns_taken
from companion.method.tracker import Tracker
from companion.method.weights import Weights
from companion.session.commands import AnyCommand
from companion.session.discretion import discreet
from companion.session.handling import check_version, events_for
from companion.session.showing import meeting_view
from companion.session.spoken import spoken_events
from companion.session.view import MeetingView
from companion.session.voice_handling import sampled_events


class Meeting:
    """A meeting's state and behaviour; times are seconds of meeting time."""

    def __init__(
        self,
        started: MeetingStarted,
        *,
        less_of: frozenset[str] = frozenset(),
        weights: Weights | None = None,
    ) -> None:
        """`less_of`: cues this group wants fewer of."""
        self.record = Record(started)
        progress = self.record.progress
        self.tracker = Tracker(
            progress.steps,
            progress.planned,
            started.at,
            weights or Weights(),
            led=bool(started.begeleider),
        )
        self.cues = CueLog(less=set(less_of))
        self.focus = minded(started.focus)
        self.proposal: StepProposed | None = None
        self.version = 1
        self.moved_at = 1
        """The version of the last change of step or plan."""
        self._now = started.at

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Meeting) and self._state() == other._state()

    __hash__ = None  # type: ignore[assignment]

    def _state(self) -> tuple[object, ...]:
        return (
            self.record,
            self.tracker,
            self.cues,
            self.focus,
            self.proposal,
            self.version,
            self.moved_at,
        )

    def apply(self, event: AnyEvent) -> None:
        """Fold one event; nothing follows from it."""
        running = self.record.progress.ended is None
        self.record.fold(event)
        self.cues.fold(event)
        if running:
            self._track(event)
        if not isinstance(event, TRANSIENT):
            self.version += 1
        match event:
            case StepEntered() | MoveUndone() | PlanChanged() | MeetingEnded():
                self.moved_at = self.version
            case StepProposed():
                self.proposal = event
            case ProposalClosed():
                self.proposal = None
            case _:
                pass

    def _track(self, event: AnyEvent) -> None:
        if is_revised(event):
            return
        if isinstance(event, QuestionHeard | AdviceHeard | TurnHeard | StepAnnounced):
            self.tracker.fold(event, self.record.role_of(event))
        else:
            self.tracker.fold(event)

    def hear(self, finding: AnyFinding) -> list[AnyEvent]:
        """Fold a finding; the events to keep or show, it included."""
        finding = discreet(finding, self.record.started.members)
        self._now = max(self._now, finding.at, getattr(finding, "until", finding.at))
        events = self._take([finding])
        if isinstance(finding, LevelMeasured | ListeningReported | VoicesReported):
            return events
        if isinstance(finding, CommandHeard):
            events += self._obey(finding)
        if isinstance(finding, VoiceSampled):
            events += self._take(sampled_events(finding, self.record))
        return events + self._react()

    def tick(self, now: float) -> list[AnyEvent]:
        """What the passing of time brings; call about once a second."""
        self._now = max(self._now, now)
        return self._react()

    def command(self, command: AnyCommand, now: float) -> list[AnyEvent]:
        """Carry out a command; ConflictError when its page was behind, UsageError when it can't."""
        check_version(command, self.moved_at)
        self._now = max(self._now, now)
        return self._take(events_for(command, self.record, self.proposal, self._now))

    def view(self, now: float, language: str) -> MeetingView:
        """What a page can show at `now`, in "nl" or "en"."""
        return meeting_view(self.record, self.cues, self.proposal, self.version, now, language)

    def review(self, now: float) -> Review:
        """The meeting in counts and times, as far as it is."""
        return review(self.record, now)

    def _obey(self, heard: CommandHeard) -> list[AnyEvent]:
        """A spoken command does what the hand's does; one that can't be done now does nothing."""
        try:
            following = spoken_events(heard, self.record, self.cues, self.proposal, self._now)
        except CompanionError:
            return []
        return self._take(following)

    def _react(self) -> list[AnyEvent]:
        """What follows from the state at this moment: steps, then cues."""
        if self.record.progress.ended is not None or self.record.progress.paused:
            return []
        mode = self.record.started.mode
        moves = self._take(decide(self.tracker, mode, self.proposal, self._now))
        moving = in_the_air(self.tracker, self._now)
        raised = choose(self.record, self.cues, self.focus, self._now, moving=moving)
        return moves + self._take([*turns_taken(self.record, self._now), *raised])

    def _take(self, events: list[AnyEvent]) -> list[AnyEvent]:
        for event in events:
            self.apply(event)
        return events
