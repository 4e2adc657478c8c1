"""The clock's own cues: little time left, time up, the end near, and listening lost.

These are not rationed as the others are: each comes once per step and plan, on time.
"""

from __future__ import annotations

from companion.cues.calls import Call
from companion.cues.scene import Scene
from companion.events import ListeningState

_SHORT = 120.0
"""A step planned shorter than this gets no 20 % warning."""
_MIDDLE = 300.0
"""… than this no 5 % warning."""
_FIFTH = 0.20
_TWENTIETH = 0.05
"""Shares of a step's time that are left when it is said."""
_NEAR_END = 0.1
_NEAR_END_MOST = 300.0
"""Share of the meeting, and at most these seconds, left when its end is said to be near."""
_LOST = 2.0
"""Seconds without the listener that are still borne in silence."""


def clock_calls(scene: Scene) -> list[Call]:
    """The clock's cues that are due; the policy drops those that were up already."""
    clock = scene.clock
    if clock.paused or clock.ended:
        return []
    why = {"spent": clock.elapsed, "planned": clock.planned}
    why["minutes"] = why["seconds"] = max(clock.remaining, 0.0)
    calls: list[Call] = []
    if clock.remaining <= 0:
        calls.append(Call(cue="time-over", at=scene.now, why=why))
    elif clock.remaining <= clock.planned * _TWENTIETH and clock.planned >= _MIDDLE:
        calls.append(Call(cue="time-5", at=scene.now, why=why))
    elif clock.remaining <= clock.planned * _FIFTH and clock.planned >= _SHORT:
        calls.append(Call(cue="time-20", at=scene.now, why=why))
    return calls + _end_near(scene)


def _end_near(scene: Scene) -> list[Call]:
    """Close to the agreed end with steps still to come."""
    clock = scene.clock
    left = clock.meeting_planned - clock.meeting_elapsed
    last = clock.step == len(scene.record.progress.steps) - 1
    if last or not 0 < left <= min(clock.meeting_planned * _NEAR_END, _NEAR_END_MOST):
        return []
    why = {"minutes": left, "spent": clock.meeting_elapsed, "planned": clock.meeting_planned}
    return [Call(cue="meeting-end", at=scene.now, why=why)]


def listening_calls(scene: Scene) -> list[Call]:
    """The listener is lost while everyone counts on it."""
    listening = scene.record.listening
    if listening.state is not ListeningState.LOST or listening.lost_at is None:
        return []
    seconds = scene.now - listening.lost_at
    if not listening.consent or seconds < _LOST:
        return []
    return [Call(cue="listening-lost", at=scene.now, why={"seconds": seconds})]
