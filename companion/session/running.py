"""The meeting that runs, with everything that belongs to it alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from companion.events import (
    TRANSIENT,
    AgreementConfirmed,
    AgreementDropped,
    AnyEvent,
    CueRaised,
    LastMinuteForgotten,
    LevelMeasured,
    ListeningProblem,
    ListeningReported,
    ListeningState,
    MeetingStarted,
    VoicesRelabelled,
    VoicesReported,
)
from companion.session.ears import Ears
from companion.session.ledger import Ledger
from companion.session.meeting import Meeting
from companion.session.passage import MeetingTime
from companion.storage.records import Group, MeetingRecord, Recorded


@dataclass
class Running:
    """A meeting from its start until the next one starts."""

    record: MeetingRecord
    meeting: Meeting
    time: MeetingTime
    ledger: Ledger
    ears: Ears
    commands: dict[str, int] = field(default_factory=dict)
    """Ids of commands that were carried out, with the version each led to."""
    agreements: dict[str, int] = field(default_factory=dict)
    """The version at which each agreement last changed."""
    cues: dict[int, str] = field(default_factory=dict)
    """Cues by their number."""
    forgotten: list[tuple[float, float]] = field(default_factory=list)
    """Stretches of meeting time of which nothing may be kept."""
    told: tuple[ListeningState, ListeningProblem] = (ListeningState.OFF, ListeningProblem.NONE)
    """The listening state that the journal has."""
    place: float = 0.0
    """The place in its recording that the meeting's entry has."""
    settled: bool = False
    """The plan is stored and the meeting's entry says that it ended."""
    ended_at: float | None = None
    """By the machine's clock."""

    @property
    def ended(self) -> bool:
        """The meeting is over."""
        return self.meeting.record.progress.ended is not None

    @property
    def listens(self) -> bool:
        """Everyone agreed, and the meeting is neither paused nor over."""
        record = self.meeting.record
        return record.listening.consent and not record.progress.paused and not self.ended

    def note(self, events: Iterable[AnyEvent], version: int) -> None:
        """Remember what commands and findings are checked against."""
        for event in events:
            match event:
                case AgreementConfirmed(agreement=agreement):
                    self.agreements[agreement] = version
                case AgreementDropped(agreement=agreement) if agreement:
                    self.agreements[agreement] = version
                case CueRaised(number=number, cue=cue):
                    self.cues[number] = cue
                case LastMinuteForgotten(since=since, at=at):
                    self.forgotten.append((since, at))
                case _:
                    pass

    def may_take(self, finding: AnyEvent) -> bool:
        """Whether a finding may still be used: not after the end, nor from a forgotten minute."""
        if self.ended or not self.meeting.record.listening.consent:
            return False
        if isinstance(finding, LevelMeasured | ListeningReported | VoicesReported):
            return True
        if isinstance(finding, VoicesRelabelled):
            return True  # it only says whose was what is still kept
        return not any(since <= finding.at < until for since, until in self.forgotten)


def replay(started: MeetingStarted, group: Group | None, journal: Iterable[Recorded]) -> Meeting:
    """The meeting as the journal tells it; erased rows leave holes in the versions."""
    meeting = Meeting(started, less_of=frozenset(group.less_of if group else ()))
    for row in journal:
        meeting.version = row.sequence - 1
        meeting.apply(row.event)
    return meeting


def durable(events: Iterable[AnyEvent]) -> list[AnyEvent]:
    """Those that go to the journal."""
    return [event for event in events if not isinstance(event, TRANSIENT)]
