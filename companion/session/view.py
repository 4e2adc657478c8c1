"""What a page can show of a running meeting at one moment. All times in seconds."""

from __future__ import annotations

from typing import Literal

import msgspec

from companion.cues.catalogue import Subject
from companion.events import AgreementConfirmed, AgreementHeard, ListeningProblem, ListeningState
from companion.method.clock import ClockView as ClockView  # noqa: PLC0414 (pages find it here)
from companion.vocabulary import Method, Role, SentenceKind, Step, StepMode


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """A step on the strip."""

    step: Step
    planned: float
    spent: float
    state: Literal["done", "now", "next", "skipped"]


class CueView(msgspec.Struct, frozen=True, kw_only=True):
    """A cue that is up, in the words of `language`."""

    number: int
    cue: str
    at: float
    kind: Literal["time", "behaviour", "praise", "listening"]
    urgency: Literal["soft", "normal", "firm"]
    audience: Literal["begeleider", "group", "both"]
    title: str
    text: str
    why: str
    subject: Subject = "time"
    aloud: str = ""
    """The sentence for everyone's ears."""


class ProposalView(msgspec.Struct, frozen=True, kw_only=True):
    """The step that speech suggests."""

    step: int
    name: str
    probability: float
    fades_in: float


class MarkView(msgspec.Struct, frozen=True, kw_only=True):
    """One question or advice in the present step, in time order."""

    at: float
    label: SentenceKind
    too_early: bool


class ShareView(msgspec.Struct, frozen=True, kw_only=True):
    """A voice's share of members' speech in the present step; `margin` is its uncertainty."""

    voice: int
    name: str
    seconds: float
    share: float
    margin: float
    had_turn: bool


class VoiceView(msgspec.Struct, frozen=True, kw_only=True):
    """A voice of this meeting; `margin` is by how much its share of all speech may be wrong."""

    voice: int
    name: str
    member: int | None
    role: Role | None
    seconds: float
    share: float
    margin: float
    sampled: bool


class VoicesView(msgspec.Struct, frozen=True, kw_only=True):
    """Whose voices were heard, and how far the listener has come with telling them apart."""

    state: Literal["off", "learning", "known"] = "off"
    voices: tuple[VoiceView, ...] = ()
    sampling: int | None = None
    """The member who gives a sample now."""
    sampled_seconds: float = 0.0


class ListeningView(msgspec.Struct, frozen=True, kw_only=True):
    """What the listener does."""

    state: ListeningState
    problem: ListeningProblem
    lag: float
    enforced: bool
    rms_db: float
    consent: bool


class MeetingView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a live page needs; roles get less of it."""

    meeting: str
    version: int
    """Journal sequence that this view includes."""
    now: float
    held: bool = False
    """The clock stands still until the recording is heard."""
    method: Method
    mode: StepMode
    group: str
    members: tuple[str, ...]
    inbrenger: str
    begeleider: str
    clock: ClockView
    steps: tuple[StepView, ...]
    cue: CueView | None
    earlier_cues: tuple[CueView, ...]
    proposal: ProposalView | None
    marks: tuple[MarkView, ...]
    shares: tuple[ShareView, ...]
    turn: int | None
    """In a round: whose turn it is (index into members)."""
    turn_planned: float = 0.0
    """Seconds for each speaker of a round; 0 where there is none."""
    turn_elapsed: float = 0.0
    listening: ListeningView
    candidates: tuple[AgreementHeard, ...]
    agreements: tuple[AgreementConfirmed, ...]
    voices: VoicesView = VoicesView()
    can_undo_move: bool
    can_undo_plan: bool
    valued: dict[str, int] = {}
    """Questions valued in the present step: how many warm, koud and neutraal."""
