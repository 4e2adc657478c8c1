"""The planned seconds of a meeting's steps: scaled beforehand, changed and re-spread on the way.

All amounts are seconds. Re-spreading keeps the agreed end where it can: what is left goes
over the steps to come in proportion to what they had, none below its floor, and the plan
step and the last step not below their own plan, so that the action plan never falls off.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from companion.errors import UsageError
from companion.events import PlannedStep
from companion.vocabulary import Method, Step

LEAST = 30.0
"""No step is planned shorter than this by hand."""
FLOOR = 60.0
"""Re-spreading leaves a step to come this long, or its own plan if that is shorter."""
MOST = 4 * 3600.0


def plan_for(
    method: Method,
    minutes: float | None = None,
    open_actions: int = 0,
    own: Mapping[str, float] | None = None,
) -> tuple[PlannedStep, ...]:
    """The steps of a meeting of `minutes` (None: the method's own), in whole seconds.

    A look-back is left out when no actions are open. Steps outside the total, and steps with
    minutes of their `own` (by step id), are not scaled.
    """
    steps = [step for step in method.steps if open_actions > 0 or not step.look_back]
    own = own or {}
    fixed = [step.outside or step.id in own for step in steps]
    seconds = [own.get(step.id, step.minutes) * 60 for step in steps]
    if minutes is not None:
        if not 1 <= minutes <= MOST / 60:
            raise UsageError("plan.minutes", f"A meeting takes 1 to {MOST / 60:g} minutes")
        _scale(steps, seconds, fixed, minutes * 60)
    return tuple(
        PlannedStep(step=step.id, seconds=amount)
        for step, amount in zip(steps, _whole(seconds), strict=True)
    )


def _scale(
    steps: Sequence[Step], seconds: list[float], fixed: Sequence[bool], total: float
) -> None:
    """Stretch or shrink the free steps in place so that those inside the total fill it."""
    kept = sum(
        s for s, f, step in zip(seconds, fixed, steps, strict=True) if f and not step.outside
    )
    free = sum(s for s, f in zip(seconds, fixed, strict=True) if not f)
    if not free:
        return
    factor = max(total - kept, LEAST) / free
    for index, is_fixed in enumerate(fixed):
        if not is_fixed:
            seconds[index] *= factor


def _whole(seconds: Sequence[float]) -> list[float]:
    """Whole seconds with the same sum (rounded): the largest fractions are rounded up."""
    down = [float(math.floor(s)) for s in seconds]
    short = round(sum(seconds)) - round(sum(down))
    by_fraction = sorted(range(len(down)), key=lambda i: down[i] - seconds[i])
    for index in by_fraction[:short]:
        down[index] += 1
    return down


def with_step(planned: Sequence[float], step: int, seconds: float) -> tuple[float, ...]:
    """The plan with `seconds` for one step, kept between LEAST and MOST."""
    changed = list(planned)
    changed[step] = min(max(seconds, LEAST), MOST)
    return tuple(changed)


def respread(
    planned: Sequence[float],
    spent: Sequence[float],
    step: int,
    total: float,
    protected: frozenset[int] = frozenset(),
) -> tuple[float, ...]:
    """The plan in which the steps after `step` fill what is left of `total` seconds.

    The present step keeps its plan. `spent` is the time lived in each step so far. When even
    the floors don't fit, each step to come gets its floor and the meeting runs over.
    """
    coming = range(step + 1, len(planned))
    if not coming:
        raise UsageError("plan.nothing-left", "There are no steps to come")
    left = {i: max(planned[i] - spent[i], 0.0) for i in coming}
    room = total - sum(spent) - max(planned[step] - spent[step], 0.0)
    floors = {i: min(left[i], FLOOR) for i in coming}
    guarded = floors | {i: left[i] for i in coming if i in protected or i == len(planned) - 1}
    shares = _share(left, guarded if sum(guarded.values()) <= room else floors, room)
    return tuple(spent[i] + shares[i] if i in shares else planned[i] for i in range(len(planned)))


def _share(wanted: dict[int, float], floors: dict[int, float], room: float) -> dict[int, float]:
    """`room` divided in proportion to `wanted`, nobody below its floor."""
    if sum(floors.values()) >= room:
        return dict(floors)
    if not any(wanted.values()):
        return {i: room / len(wanted) for i in wanted}
    at_floor: set[int] = set()
    while True:
        free = [i for i in wanted if i not in at_floor]
        rest = room - sum(floors[i] for i in at_floor)
        weight = sum(wanted[i] for i in free)
        factor = rest / weight if weight else 0.0
        below = {i for i in free if wanted[i] * factor < floors[i]}
        if not below:
            return {i: floors[i] if i in at_floor else wanted[i] * factor for i in wanted}
        at_floor |= below


def turn_seconds(planned: float, speakers: int) -> float:
    """Each speaker's share of a round."""
    return planned / max(speakers, 1)
