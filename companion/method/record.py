"""Facts of one meeting folded from its events: time, steps, what was heard, agreements."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from companion.events import (
    AdviceHeard,
    AgreementConfirmed,
    AgreementDropped,
    AgreementHeard,
    AgreementWithdrawn,
    AnyEvent,
    ConsentGiven,
    ConsentWithdrawn,
    LastMinuteForgotten,
    LevelMeasured,
    ListeningChanged,
    ListeningProblem,
    ListeningReported,
    ListeningState,
    MeetingStarted,
    MoveUndone,
    QuestionHeard,
    QuestionValued,
    SpanRevised,
    SpeakerTurned,
    StepAnnounced,
    StepEntered,
    TurnHeard,
    VoiceSampled,
    VoiceSampling,
    VoicesMerged,
    VoicesRelabelled,
    VoicesReported,
    VoiceTied,
)
from companion.method.clock import step_at
from companion.method.progress import Progress, advance, begin
from companion.method.revising import is_revised, put_in_order, without
from companion.method.speakers import Speakers, relabelled
from companion.method.tally import Spoken, Tally, tally_of
from companion.vocabulary import Role


@dataclass
class Listening:
    """What is known of the listener."""

    state: ListeningState = ListeningState.OFF
    problem: ListeningProblem = ListeningProblem.NONE
    lag: float = 0.0
    enforced: bool = False
    rms_db: float = -120.0
    consent: bool = False
    lost_at: float | None = None


@dataclass
class Tie:
    """Whose voice a number is."""

    role: Role | None = None
    member: int | None = None


@dataclass
class Record:
    """A meeting's facts. `fold` is all that changes it, so replaying events rebuilds it."""

    started: MeetingStarted
    progress: Progress = field(init=False)
    tally: Tally = field(init=False)
    heard: list[Spoken] = field(default_factory=list)
    candidates: dict[int, AgreementHeard] = field(default_factory=dict)
    agreements: dict[str, AgreementConfirmed] = field(default_factory=dict)
    ties: dict[int, Tie] = field(default_factory=dict)
    speakers: Speakers = field(default_factory=Speakers)
    listening: Listening = field(default_factory=Listening)
    turn: SpeakerTurned | None = None
    had_turn: set[int] = field(default_factory=set)
    valued: dict[int, dict[str, int]] = field(default_factory=dict)
    """By step: how many questions the inbrenger called warm, koud and neutraal."""
    given: set[str] = field(default_factory=set)
    """Ids of agreements ever made, dropped ones included."""

    def __post_init__(self) -> None:
        self.progress = begin(self.started)
        self.tally = Tally(self.progress.method, self.progress.steps)

    def fold(self, event: AnyEvent) -> None:
        """Take in one event."""
        before = self.progress
        self.progress = advance(before, event)
        match event:
            case QuestionHeard() | AdviceHeard() | TurnHeard():
                self._hear(event)
            case SpanRevised() | VoiceTied() | VoicesRelabelled() | VoicesMerged():
                self._reassign(event)
            case StepEntered() | MoveUndone():
                self._moved(before)
            case AgreementHeard() | AgreementWithdrawn() | AgreementConfirmed():
                self._agree(event)
            case AgreementDropped():
                self._drop(event)
            case LastMinuteForgotten():
                self._forget(event.since)
            case VoicesReported() | VoiceSampling() | VoiceSampled():
                self.speakers.fold(event)
            case QuestionValued():
                counts = self.valued.setdefault(event.step, {})
                counts[event.value] = counts.get(event.value, 0) + event.change
            case SpeakerTurned():
                self.turn = event
                self.had_turn.add(event.member)
            case _:
                self._listen(event)

    def actions(self) -> list[AgreementConfirmed | AgreementHeard]:
        """What is agreed and what may become so."""
        return [*self.agreements.values(), *self.candidates.values()]

    def role_of(self, finding: Spoken | StepAnnounced) -> Role | None:
        """The role a person tied to the voice, else what the listener said."""
        voice = self.speakers.of(finding.voice)
        tie = self.ties.get(voice) if voice is not None else None
        return tie.role if tie else finding.role

    def next_voice(self) -> int:
        """A number that no voice of this meeting has had: a new listener begins there."""
        voices = [finding.voice for finding in self.heard if finding.voice is not None]
        return max([0, *voices, *self.ties, *self.speakers.merged]) + 1

    def last_candidate(self) -> int:
        """The highest number that a candidate has or had, as far as is known."""
        return max([0, *self.candidates, *self._confirmed()])

    def members(self) -> int:
        """How many are present who are neither inbrenger nor begeleider; 0: unknown."""
        leading = (self.started.inbrenger, self.started.begeleider)
        return sum(1 for name in self.started.members if name not in leading)

    def next_agreement(self) -> str:
        """An id that no agreement of this meeting ever had."""
        number = len(self.given) + 1
        while f"a{number}" in self.given:
            number += 1
        return f"a{number}"

    def _hear(self, finding: Spoken) -> None:
        if is_revised(finding):
            put_in_order(self.heard, finding)
            self._sort_again()
            return
        self.heard.append(finding)
        self.tally.add(self._resolved(finding), step_at(self.progress, finding.at))

    def _resolved(self, finding: Spoken) -> Spoken:
        role, voice = self.role_of(finding), self.speakers.of(finding.voice)
        if role is finding.role and voice == finding.voice:
            return finding
        return msgspec.structs.replace(finding, role=role, voice=voice)

    def _sort_again(self) -> None:
        self.tally = tally_of(
            self.progress.method,
            self.progress.steps,
            ((self._resolved(f), step_at(self.progress, f.at)) for f in self.heard),
        )

    def _moved(self, before: Progress) -> None:
        """Findings said since the new visit began belong to it."""
        if before.visits == self.progress.visits:
            return
        self.turn = None
        self.had_turn = set()
        since = max(before.visits[-1].since, self.progress.visits[-1].since)
        if self.heard and any(f.at >= since for f in self.heard[-50:]):
            self._sort_again()

    def _agree(self, event: AgreementHeard | AgreementWithdrawn | AgreementConfirmed) -> None:
        match event:
            case AgreementHeard() if event.candidate in self._confirmed():
                pass  # said once more: what people made of it stays
            case AgreementHeard():
                self.candidates[event.candidate] = event
            case AgreementWithdrawn():
                self.candidates.pop(event.candidate, None)
            case AgreementConfirmed():
                self.given.add(event.agreement)
                self.agreements[event.agreement] = event
                if event.candidate is not None:
                    self.candidates.pop(event.candidate, None)

    def _confirmed(self) -> set[int]:
        return {a.candidate for a in self.agreements.values() if a.candidate is not None}

    def _drop(self, event: AgreementDropped) -> None:
        self.agreements.pop(event.agreement, None)
        if event.candidate is not None:
            self.candidates.pop(event.candidate, None)

    def _forget(self, since: float) -> None:
        self.heard = [f for f in self.heard if f.at < since]
        self.candidates = {n: c for n, c in self.candidates.items() if c.at < since}
        self.speakers.forget(since)
        self._sort_again()

    def _reassign(self, event: SpanRevised | VoiceTied | VoicesRelabelled | VoicesMerged) -> None:
        """What was heard turns out to be otherwise, or another's."""
        match event:
            case SpanRevised():
                self.heard = without(self.heard, event)
            case VoiceTied():
                self._tie(event)
            case VoicesRelabelled():
                self.heard = relabelled(self.heard, event.stretches)
            case VoicesMerged():
                self.speakers.fold(event)
        self._sort_again()

    def _tie(self, event: VoiceTied) -> None:
        role = event.role
        if role is None and event.member is not None:
            role = self._role_of_member(event.member)
        self.ties[event.voice] = Tie(role=role, member=event.member)

    def _role_of_member(self, member: int) -> Role | None:
        if not 0 <= member < len(self.started.members):
            return None
        name = self.started.members[member]
        if name == self.started.inbrenger:
            return Role.INBRENGER
        return Role.BEGELEIDER if name == self.started.begeleider else Role.DEELNEMER

    def _listen(self, event: AnyEvent) -> None:
        listening = self.listening
        match event:
            case ConsentGiven():
                listening.consent = True
            case ConsentWithdrawn():
                listening.consent = False
                listening.state = ListeningState.OFF
                listening.problem = ListeningProblem.NONE
            case ListeningReported() | ListeningChanged():
                self._listening_is(event)
            case LevelMeasured():
                listening.rms_db = event.rms_db
            case _:
                pass

    def _listening_is(self, event: ListeningReported | ListeningChanged) -> None:
        listening = self.listening
        was = listening.state
        listening.state = event.state
        listening.problem = event.problem
        if event.state is not ListeningState.LOST:
            listening.lost_at = None
        elif was is not ListeningState.LOST:
            listening.lost_at = event.at
        if isinstance(event, ListeningReported):
            listening.lag = event.lag
            listening.enforced = event.enforced
