"""Meetings for tests: the shipped methods, started with their own minutes."""

from __future__ import annotations

from companion.events import MeetingStarted
from companion.method.definitions import load_methods
from companion.method.plan import plan_for
from companion.vocabulary import StepMode

METHODS = load_methods()
GROUP = ("Anna", "Bram", "Carla", "Dirk", "Els")


def started(
    method: str = "incident",
    *,
    mode: StepMode = StepMode.AUTOMATISCH,
    minutes: float | None = None,
    begeleider: str = "Anna",
    open_actions: int = 0,
) -> MeetingStarted:
    definition = METHODS[method]
    return MeetingStarted(
        at=0.0,
        meeting="m1",
        wall=0.0,
        method=definition,
        plan=plan_for(definition, minutes, open_actions),
        mode=mode,
        members=GROUP,
        inbrenger="Bram",
        begeleider=begeleider,
        open_actions=open_actions,
    )
