"""Short ways to say what was heard, for tests of cues: every one a member's, unless said."""

from __future__ import annotations

from companion.events import AdviceHeard, AnyEvent, CueRaised, QuestionHeard, TurnHeard
from companion.session.commands import GoToStep
from companion.session.meeting import Meeting
from companion.vocabulary import Role, SentenceKind, StepMode
from tests.method.meetings import started


def meeting(
    method: str = "incident",
    step: str = "vragen",
    *,
    at: float = 0.0,
    begeleider: str = "Anna",
    open_actions: int = 0,
    less_of: frozenset[str] = frozenset(),
) -> Meeting:
    """A meeting by hand that entered `step` at `at`."""
    opening = started(method, mode=StepMode.HAND, begeleider=begeleider, open_actions=open_actions)
    made = Meeting(opening, less_of=less_of)
    ids = [planned.step for planned in opening.plan]
    if ids.index(step):
        made.command(GoToStep(step=ids.index(step)), at)
    return made


def question(
    at: float,
    label: SentenceKind = SentenceKind.OPEN,
    role: Role = Role.DEELNEMER,
    *,
    p: float = 0.9,
    in_turn: int = 1,
) -> QuestionHeard:
    return QuestionHeard(
        at=at, until=at + 2, label=label, probability=p, role=role, in_turn=in_turn
    )


def advice(
    at: float,
    label: SentenceKind = SentenceKind.ADVIES,
    role: Role = Role.DEELNEMER,
    *,
    p: float = 0.9,
) -> AdviceHeard:
    return AdviceHeard(at=at, until=at + 2, label=label, probability=p, role=role)


def turn(
    at: float, role: Role = Role.DEELNEMER, *, voice: int = 1, seconds: float = 6.0
) -> TurnHeard:
    return TurnHeard(at=at, until=at + seconds, voice=voice, role=role, sure=True)


def drive(made: Meeting, *heard: AnyEvent, until: float | None = None) -> list[CueRaised]:
    """Let the findings come in, with a tick a second up to `until`; the cues that came up."""
    events: list[AnyEvent] = []
    now = made._now
    for finding in heard:
        while now + 1 < getattr(finding, "until", finding.at):
            now += 1
            events += made.tick(now)
        events += made.hear(finding)  # type: ignore[arg-type]
    while until is not None and now + 1 <= until:
        now += 1
        events += made.tick(now)
    return [event for event in events if isinstance(event, CueRaised)]


def named(cues: list[CueRaised]) -> list[str]:
    """Their ids, the clock's own left out."""
    return [cue.cue for cue in cues if not cue.cue.startswith(("time-", "meeting-"))]
