"""How a meeting opens when nobody pressed a button: its roles and plan from a method alone."""

from __future__ import annotations

from collections.abc import Iterable

from companion.events import MeetingStarted
from companion.method.plan import plan_for
from companion.vocabulary import Method, Role, StepHint, StepMode


def opening(
    method: Method,
    *,
    speakers: Iterable[str] = (),
    minutes: float | None = None,
    mode: StepMode = StepMode.AUTOMATISCH,
    open_actions: int = 0,
) -> MeetingStarted:
    """The start of a replayed meeting; a look-back is kept only with open actions."""
    names = tuple(dict.fromkeys(name for name in speakers if name))
    return MeetingStarted(
        at=0.0,
        meeting="replay",
        wall=0.0,
        method=method,
        plan=plan_for(method, minutes, open_actions),
        mode=mode,
        members=names,
        inbrenger=Role.INBRENGER.value if Role.INBRENGER.value in names else "",
        begeleider=Role.BEGELEIDER.value if Role.BEGELEIDER.value in names else "",
        open_actions=open_actions,
    )


def step_hints(started: MeetingStarted) -> tuple[StepHint, ...]:
    """The steps of this meeting as the language part wants them."""
    by_id = {step.id: step for step in started.method.steps}
    return tuple(
        StepHint(id=step.id, name=step.name.nl, function=step.function)
        for step in (by_id[planned.step] for planned in started.plan)
    )


def role_of(speaker: str) -> Role | None:
    """The role that a speaker's name says; any other name is a member, none is unknown."""
    if not speaker:
        return None
    name = speaker.strip().lower()
    return Role(name) if name in (Role.BEGELEIDER, Role.INBRENGER) else Role.DEELNEMER
