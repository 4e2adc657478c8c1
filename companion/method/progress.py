"""Where the meeting is in time: a pure reducer over its events, and the clock read from it.

Meeting time is covered by stretches without holes: running, pause, or gap (not lived
through: suspended, clock jump, service down). Visits say in which step the group was; a
step's time is the running time of its visits. So phases + pauses + gaps is the length,
whatever the order of events.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from companion.events import (
    AnyEvent,
    Gap,
    GapCause,
    MeetingEnded,
    MeetingPaused,
    MeetingResumed,
    MeetingStarted,
    MoveUndone,
    PlanChanged,
    StepEntered,
)
from companion.vocabulary import Method, MovedBy, Step

NOT_LIVED = frozenset({GapCause.SUSPENDED, GapCause.CLOCK_JUMP, GapCause.SERVICE_DOWN})


class Pace(StrEnum):
    """What a stretch of time counts as."""

    RUNNING = "running"
    PAUSE = "pause"
    GAP = "gap"


class Stretch(msgspec.Struct, frozen=True):
    """From `since` until the next stretch (or now), in seconds of meeting time."""

    since: float
    pace: Pace


class Visit(msgspec.Struct, frozen=True):
    """The group in step `step` from `since` until the next visit."""

    step: int
    since: float
    by: MovedBy


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about time and steps; `agreed` is the length planned at the start."""

    method: Method
    steps: tuple[Step, ...]
    planned: tuple[float, ...]
    agreed: float
    stretches: tuple[Stretch, ...]
    visits: tuple[Visit, ...]
    earlier_plans: tuple[tuple[float, ...], ...] = ()
    ended: float | None = None
    last: float = 0.0
    """The latest moment that an event of time or steps carried."""

    @property
    def start(self) -> float:
        """Meeting time of the start, mostly 0."""
        return self.stretches[0].since

    @property
    def step(self) -> int:
        """Index of the present step."""
        return self.visits[-1].step

    @property
    def paused(self) -> bool:
        """The clock stands still."""
        return self.ended is None and self.stretches[-1].pace is Pace.PAUSE


def begin(started: MeetingStarted) -> Progress:
    """The progress of a meeting that has just begun, in its first step."""
    by_id = {step.id: step for step in started.method.steps}
    planned = tuple(step.seconds for step in started.plan)
    return Progress(
        method=started.method,
        steps=tuple(by_id[step.step] for step in started.plan),
        planned=planned,
        agreed=sum(planned),
        stretches=(Stretch(started.at, Pace.RUNNING),),
        visits=(Visit(0, started.at, MovedBy.HAND),),
        last=started.at,
    )


def advance(progress: Progress, event: AnyEvent) -> Progress:
    """The progress after `event`; events that say nothing of time or steps change nothing."""
    if progress.ended is not None:
        return progress
    reduced = progress
    match event:
        case StepEntered():
            reduced = _enter(progress, event)
        case MoveUndone():
            reduced = _undo_move(progress, event.at)
        case MeetingPaused():
            reduced = _pace(progress, event.at, Pace.PAUSE)
        case MeetingResumed():
            reduced = _pace(progress, event.at, Pace.RUNNING)
        case PlanChanged():
            reduced = _replan(progress, event)
        case Gap() if event.cause in NOT_LIVED:
            reduced = _carve(progress, event)
        case MeetingEnded():
            end = max(event.at, progress.last)
            reduced = msgspec.structs.replace(progress, ended=end, last=end)
        case _:
            pass
    return reduced


def _enter(progress: Progress, event: StepEntered) -> Progress:
    """A visit begins; it may lie back in time, but not before the visit it follows."""
    if event.step == progress.step or not 0 <= event.step < len(progress.steps):
        return progress
    at = max(event.at, progress.visits[-1].since)
    return msgspec.structs.replace(
        progress,
        visits=(*progress.visits, Visit(event.step, at, event.by)),
        last=max(progress.last, at),
    )


def _undo_move(progress: Progress, at: float) -> Progress:
    if len(progress.visits) < 2:
        return progress
    return msgspec.structs.replace(
        progress, visits=progress.visits[:-1], last=max(progress.last, at)
    )


def _pace(progress: Progress, at: float, pace: Pace) -> Progress:
    at = max(at, progress.last)
    if (progress.stretches[-1].pace is Pace.PAUSE) == (pace is Pace.PAUSE):
        return msgspec.structs.replace(progress, last=at)
    return msgspec.structs.replace(
        progress, stretches=_joined((*progress.stretches, Stretch(at, pace))), last=at
    )


def _replan(progress: Progress, event: PlanChanged) -> Progress:
    if len(event.seconds) != len(progress.planned):
        return progress
    earlier = progress.earlier_plans
    earlier = earlier[:-1] if event.why == "undo" else (*earlier, progress.planned)
    return msgspec.structs.replace(
        progress,
        planned=event.seconds,
        earlier_plans=earlier,
        last=max(progress.last, event.at),
    )


def _carve(progress: Progress, gap: Gap) -> Progress:
    """Turn the running time of the gap into gap; what was pause stays pause."""
    until = max(gap.at, progress.start)
    since = max(gap.at - max(gap.seconds, 0.0), progress.start)
    if until <= since:
        return progress
    pieces: list[Stretch] = []
    for index, stretch in enumerate(progress.stretches):
        end = _end(progress.stretches, index)
        pieces.append(stretch)
        low, high = max(since, stretch.since), min(until, end)
        if stretch.pace is Pace.RUNNING and low < high:
            pieces.append(Stretch(low, Pace.GAP))
            if high < end:
                pieces.append(Stretch(high, Pace.RUNNING))
    return msgspec.structs.replace(
        progress, stretches=_joined(pieces), last=max(progress.last, until)
    )


def _end(stretches: tuple[Stretch, ...], index: int) -> float:
    return stretches[index + 1].since if index + 1 < len(stretches) else float("inf")


def _joined(pieces: tuple[Stretch, ...] | list[Stretch]) -> tuple[Stretch, ...]:
    """Without empty stretches and without two of the same pace in a row; keeps the start."""
    kept: list[Stretch] = []
    for piece in pieces:
        while kept and kept[-1].since >= piece.since:
            kept.pop()
        if not kept or kept[-1].pace is not piece.pace:
            kept.append(piece)
    return tuple(kept)
