"""What happens in a meeting, in the past tense: one vocabulary for pipe, journal, page and test.

`at` and `until` are seconds of meeting time: since the start, pauses included.
A Finding is what the listener lets through: enums, numbers and times. The single
exception is AgreementHeard, whose three texts are a candidate for the action plan,
kept in memory until a person confirms, edits or drops it, and never journalled.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, TypeAlias

import msgspec

from companion.vocabulary import (
    Method,
    MovedBy,
    Role,
    SentenceKind,
    StepFunction,
    StepMode,
    Valuation,
)


class ListeningState(StrEnum):
    """What the listener does, as a person would say it."""

    OFF = "off"
    STARTING = "starting"
    HEARING = "hearing"
    QUIET = "quiet"
    CATCHING_UP = "catching-up"
    PAUSED = "paused"
    LOST = "lost"


class ListeningProblem(StrEnum):
    """Why listening stopped or never began."""

    NONE = ""
    NO_MICROPHONE = "no-microphone"
    MICROPHONE_LOST = "microphone-lost"
    MICROPHONE_CHANGED = "microphone-changed"
    DIGITAL_SILENCE = "digital-silence"
    MODEL_MISSING = "model-missing"
    MODEL_DAMAGED = "model-damaged"
    LANGUAGE_MISSING = "language-missing"
    CRASHED = "crashed"
    SOURCE_ENDED = "source-ended"


class GapCause(StrEnum):
    """Why a stretch of time is missing."""

    LISTENER_RESTARTED = "listener-restarted"
    BEHIND = "behind"
    MICROPHONE = "microphone"
    SUSPENDED = "suspended"
    CLOCK_JUMP = "clock-jump"
    SERVICE_DOWN = "service-down"


class StepMove(StrEnum):
    """Where a spoken announcement points."""

    TO = "to"
    NEXT = "next"
    BACK = "back"
    END = "end"
    WITHDRAWN = "withdrawn"


class VoiceCommand(StrEnum):
    """What may be asked of the companion aloud, after its wake word."""

    NEXT = "next"
    BACK = "back"
    PAUSE = "pause"
    RESUME = "resume"
    MORE_MINUTES = "more-minutes"
    TIME_LEFT = "time-left"
    NEXT_SPEAKER = "next-speaker"
    NOTE_ACTION = "note-action"
    FORGET_MINUTE = "forget-minute"
    STOP_LISTENING = "stop-listening"


class Happening(msgspec.Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Anything that happens at a moment of the meeting."""

    at: float


# ── what the listener lets through ────────────────────────────────────────────


class Finding(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Heard: no text. `voice` numbers a speaker within this meeting only."""


class TurnHeard(Finding, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """One stretch of speech by one voice, from `at` to `until`."""

    until: float
    voice: int | None = None
    role: Role | None = None
    sure: bool = False
    overlap: bool = False
    """Somewhere in it somebody else seems to speak at the same time."""
    sounds: dict[StepFunction, float] = {}
    """What kind of step it sounds like: a chance per function that this meeting's steps have."""


class QuestionHeard(Finding, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """A question; `in_turn` counts the questions of one turn (2 and up: stacked)."""

    until: float
    label: SentenceKind
    probability: float
    voice: int | None = None
    role: Role | None = None
    in_turn: int = 1
    revised: bool = False
    """By a second look (after a SpanRevised): it counts, but it is no news."""


class AdviceHeard(Finding, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Advice, plain (`advies`) or wrapped in a question (`verkapt_advies`)."""

    until: float
    label: SentenceKind
    probability: float
    voice: int | None = None
    role: Role | None = None
    revised: bool = False
    """By a second look (after a SpanRevised): it counts, but it is no news."""


class SpanRevised(Finding, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """A second look was had from `at` to `until`: what was heard there is taken back.

    The questions and advice that are there instead follow, `revised`.
    """

    until: float


class StepAnnounced(Finding, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Somebody said that a step begins; `function` and `step` say which, as far as known.

    `step` is an index into the meeting's steps, set when the step was named.
    """

    until: float
    probability: float
    move: StepMove
    function: StepFunction | None = None
    function_probability: float = 0.0
    functions: dict[StepFunction, float] = {}
    """What it may be for: a chance per function that this meeting's steps have."""
    step: int | None = None
    voice: int | None = None
    role: Role | None = None


class AgreementHeard(Finding, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """A candidate for the action plan; the same `candidate` again replaces the earlier one."""

    until: float
    candidate: int
    probability: float
    what: str
    how: str = ""
    with_whom: str = ""
    when: str = ""
    due: str = ""
    """`when` as an ISO date, where it could be resolved."""
    voice: int | None = None
    role: Role | None = None


class AgreementWithdrawn(Finding, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The speaker took a candidate back."""

    candidate: int


class CommandHeard(Finding, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """A spoken command after the wake word."""

    command: VoiceCommand
    minutes: float = 0.0


class LevelMeasured(Finding, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The sound level (dB full scale, -120 to 0) and whether it is speech; a few a second."""

    rms_db: float
    peak_db: float
    speech: bool = False


class ListeningReported(Finding, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """What the listener does, sent when it changes; `lag` is seconds behind the sound."""

    state: ListeningState
    problem: ListeningProblem = ListeningProblem.NONE
    lag: float = 0.0
    enforced: bool = False
    """The sandbox is in force (no network, no files written)."""
    words: int = 0
    """Words recognised so far, as a number."""


class Gap(Finding, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """`seconds` up to `at` that were not heard, or not lived through (suspend)."""

    seconds: float
    cause: GapCause


class VoicesReported(Finding, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """How far telling voices apart has come, sent when it changes."""

    learning: bool
    """In the first two minutes a voice may still turn out to be another's."""
    voices: tuple[int, ...] = ()


class VoicesRelabelled(Finding, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Stretches that turned out to be another voice's: what was heard in them is theirs."""

    stretches: tuple[tuple[float, float, int | None, int | None], ...]
    """From, until, the voice it was, the voice it is; None: nobody that is known."""


class VoiceSampled(Finding, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """A member gave a sample of their voice: so many seconds of speech so far."""

    member: int
    voice: int
    seconds: float
    enough: bool = False


# ── what people and the clock do ──────────────────────────────────────────────


class PlannedStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of this meeting and the seconds planned for it."""

    step: str
    seconds: float


class MeetingStarted(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The meeting began; the definition is copied so that the journal stands alone."""

    meeting: str
    wall: float
    method: Method
    plan: tuple[PlannedStep, ...]
    """The steps of this meeting in order (a look-back may be left out) with their seconds."""
    mode: StepMode = StepMode.VOORSTEL
    group: str = ""
    members: tuple[str, ...] = ()
    """Those present, by first name or initials."""
    inbrenger: str = ""
    begeleider: str = ""
    """Empty: the group works without a begeleider."""
    open_actions: int = 0
    focus: tuple[str, ...] = ()
    """What the group minds this time (the values of cues.focus.Focus)."""


class ConsentGiven(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Everyone in the room agreed to listening: how many of how many."""

    agreed: int
    present: int


class ConsentWithdrawn(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Somebody took consent back: listening ends, the meeting goes on."""


class ListeningChanged(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The listening state as the service knows it, the listener's death included."""

    state: ListeningState
    problem: ListeningProblem = ListeningProblem.NONE


class StepEntered(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The group is in step `step` (index into the plan) from now on."""

    step: int
    by: MovedBy


class StepProposed(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Speech suggests another step; one key accepts it, and it fades by itself."""

    step: int
    probability: float
    fades: float
    """Meeting time at which the proposal is gone."""


class ProposalClosed(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The open proposal was accepted, refused or faded."""

    step: int
    how: Literal["accepted", "refused", "faded"]


class MoveUndone(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The last step change was taken back: the time since counts for the step before."""


class MeetingPaused(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The clock stands still."""


class MeetingResumed(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The clock runs again."""


class PlanChanged(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The planned seconds per step are these from now on (a minute more, re-spread, undone)."""

    seconds: tuple[float, ...]
    why: Literal["minute", "set", "respread", "undo"]


class SpeakerTurned(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """In a round, the word went to member number `member` (index into members)."""

    member: int


class VoiceTied(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The begeleider tied a voice to a member or a role, for this meeting only."""

    voice: int
    member: int | None = None
    role: Role | None = None


class VoicesMerged(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The begeleider said that two voices are one person's: `voice` counts as `into`."""

    voice: int
    into: int


class VoiceSampling(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """From now on this member (index into members) gives a sample; None: nobody any more."""

    member: int | None = None


class CueRaised(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """A cue came up, with the counts behind it."""

    cue: str
    step: int
    number: int
    """Counts the meeting's cues from 1: what a page refers to."""
    why: dict[str, float] = {}
    expires: float = 0.0


class CueClosed(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """A cue went: dismissed, put off, faded, or fewer of its kind asked for."""

    number: int
    how: Literal["dismissed", "later", "less", "faded"]


class AgreementConfirmed(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """A person put an agreement in the plan, or changed it: the texts are that person's."""

    agreement: str
    what: str
    who: str = ""
    how: str = ""
    with_whom: str = ""
    when: str = ""
    due: str = ""
    needs: str = ""
    noticed_by: str = ""
    candidate: int | None = None


class AgreementDropped(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """An agreement left the plan, or a candidate was refused."""

    agreement: str = ""
    candidate: int | None = None


class QuestionValued(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The inbrenger valued a question on paper; a `change` of -1 takes one back."""

    step: int
    value: Valuation
    change: int = 1


class LastMinuteForgotten(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Findings and candidates since `since` were dropped."""

    since: float


class MeetingEnded(Happening, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The meeting is over."""


AnyFinding: TypeAlias = (
    TurnHeard
    | QuestionHeard
    | AdviceHeard
    | SpanRevised
    | StepAnnounced
    | AgreementHeard
    | AgreementWithdrawn
    | CommandHeard
    | LevelMeasured
    | ListeningReported
    | Gap
    | VoicesReported
    | VoicesRelabelled
    | VoiceSampled
)
AnyEvent: TypeAlias = (
    AnyFinding
    | MeetingStarted
    | ConsentGiven
    | ConsentWithdrawn
    | ListeningChanged
    | StepEntered
    | StepProposed
    | ProposalClosed
    | MoveUndone
    | MeetingPaused
    | MeetingResumed
    | PlanChanged
    | SpeakerTurned
    | VoiceTied
    | VoicesMerged
    | VoiceSampling
    | CueRaised
    | CueClosed
    | AgreementConfirmed
    | AgreementDropped
    | LastMinuteForgotten
    | QuestionValued
    | MeetingEnded
)
TRANSIENT: tuple[type[Finding], ...] = (
    LevelMeasured,
    ListeningReported,
    VoicesReported,
    VoiceSampled,
    AgreementHeard,
    AgreementWithdrawn,
)
"""Never written to the journal: passing measurements, and candidates with text."""
