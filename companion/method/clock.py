"""Amounts of time read from a meeting's progress: per step, per pace, and the countdown."""

from __future__ import annotations

import msgspec

from companion.method.progress import Pace, Progress


class ClockView(msgspec.Struct, frozen=True, kw_only=True):
    """The present step's clock and the meeting's, in seconds."""

    step: int
    elapsed: float
    """In this step, pauses and gaps left out."""
    planned: float
    remaining: float
    """Negative: overtime."""
    meeting_elapsed: float
    """Since the start, pauses and gaps left out."""
    meeting_planned: float
    behind: float
    """Projected end later than agreed; negative: ahead."""
    ends_in: float
    """Until the projected end: the rest of this step and the steps to come."""
    paused: bool
    ended: bool


class Lengths(msgspec.Struct, frozen=True, kw_only=True):
    """How the length of the meeting divides; `running` + `pause` + `gap` is `length`."""

    length: float
    running: float
    pause: float
    gap: float


def moment(progress: Progress, now: float) -> float:
    """`now`, never before the last event of time, and standing still after the end."""
    return progress.ended if progress.ended is not None else max(now, progress.last)


def between(progress: Progress, since: float, until: float, pace: Pace = Pace.RUNNING) -> float:
    """Seconds of one pace from `since` to `until`."""
    total = 0.0
    stretches = progress.stretches
    for index, stretch in enumerate(stretches):
        if stretch.pace is pace:
            end = stretches[index + 1].since if index + 1 < len(stretches) else until
            total += max(min(end, until) - max(stretch.since, since), 0.0)
    return total


def spent(progress: Progress, now: float) -> tuple[float, ...]:
    """Running seconds in each step so far, over all its visits."""
    now = moment(progress, now)
    seconds = [0.0] * len(progress.steps)
    visits = progress.visits
    for index, visit in enumerate(visits):
        end = visits[index + 1].since if index + 1 < len(visits) else now
        seconds[visit.step] += between(progress, visit.since, min(end, now))
    return tuple(seconds)


def lengths(progress: Progress, now: float) -> Lengths:
    """The meeting's length so far and what it consists of."""
    now = moment(progress, now)
    return Lengths(
        length=now - progress.start,
        running=between(progress, progress.start, now),
        pause=between(progress, progress.start, now, Pace.PAUSE),
        gap=between(progress, progress.start, now, Pace.GAP),
    )


def clock_view(progress: Progress, now: float) -> ClockView:
    """The clocks at `now`."""
    step = progress.step
    per_step = spent(progress, now)
    elapsed = per_step[step]
    planned = progress.planned[step]
    meeting_elapsed = sum(per_step)
    coming = range(step + 1, len(progress.steps))
    ends_in = max(planned - elapsed, 0.0)
    ends_in += sum(max(progress.planned[i] - per_step[i], 0.0) for i in coming)
    return ClockView(
        step=step,
        elapsed=elapsed,
        planned=planned,
        remaining=planned - elapsed,
        meeting_elapsed=meeting_elapsed,
        meeting_planned=progress.agreed,
        behind=meeting_elapsed + ends_in - progress.agreed,
        ends_in=0.0 if progress.ended is not None else ends_in,
        paused=progress.paused,
        ended=progress.ended is not None,
    )


def visit_at(progress: Progress, at: float) -> int:
    """Index of the visit in which the moment `at` lies."""
    for index in range(len(progress.visits) - 1, 0, -1):
        if progress.visits[index].since <= at:
            return index
    return 0


def step_at(progress: Progress, at: float) -> int:
    """Index of the step in which the moment `at` lies."""
    return progress.visits[visit_at(progress, at)].step
