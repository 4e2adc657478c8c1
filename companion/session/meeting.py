"""One meeting: events folded into its state, and the events that follow from them. Pure.

`apply` folds one event and nothing more. `hear`, `tick` and `command` fold and answer with
every event to keep or show, the given one included; replaying those with `apply` gives an
equal meeting. The session keeps the journal, the microphone and the listener.
"""

from __future__ import annotations

from companion.events import (
    TRANSIENT,
    AnyEvent,
    AnyFinding,
    MeetingEnded,
    MeetingStarted,
    MoveUndone,
    PlanChanged,
    ProposalClosed,
    StepEntered,
    StepProposed,
)
from companion.method.record import Record
from companion.session.commands import AnyCommand
from companion.session.handling import check_version, events_for
from companion.session.showing import meeting_view
from companion.session.view import MeetingView


class Meeting:
    """A meeting's state and behaviour; times are seconds of meeting time."""

    def __init__(
        self,
        started: MeetingStarted,
        *,
        less_of: frozenset[str] = frozenset(),
        focus: frozenset[str] = frozenset(),
    ) -> None:
        self.record = Record(started)
        self.less_of = less_of
        self.focus = focus
        self.proposal: StepProposed | None = None
        self.version = 1
        self.moved_at = 1
        """The version of the last change of step or plan."""

    def apply(self, event: AnyEvent) -> None:
        """Fold one event; nothing follows from it."""
        self.record.fold(event)
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

    def hear(self, finding: AnyFinding) -> list[AnyEvent]:
        """Fold a finding; the events to keep or show, it included."""
        return self._take([finding])

    def tick(self, now: float) -> list[AnyEvent]:
        """What the passing of time brings; call about once a second."""
        if self.proposal is None or now < self.proposal.fades:
            return []
        return self._take([ProposalClosed(at=now, step=self.proposal.step, how="faded")])

    def command(self, command: AnyCommand, now: float) -> list[AnyEvent]:
        """Carry out a command; ConflictError when its page was behind, UsageError when it can't."""
        check_version(command, self.moved_at)
        return self._take(events_for(command, self.record, self.proposal, now))

    def view(self, now: float, language: str) -> MeetingView:
        """What a page can show at `now`, in "nl" or "en"."""
        return meeting_view(self.record, self.version, now, language, (None, ()), self.proposal)

    def _take(self, events: list[AnyEvent]) -> list[AnyEvent]:
        for event in events:
            self.apply(event)
        return events
