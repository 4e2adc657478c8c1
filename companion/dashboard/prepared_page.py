"""What the preparing page shows: steps with minutes and times, people, and the choices made."""

from __future__ import annotations

from typing import Any

import msgspec

from companion.dashboard.drawing import stretches
from companion.dashboard.explaining import explanation
from companion.dashboard.forms import Form
from companion.dashboard.roles import Roles, roles_from
from companion.dashboard.visit import Visit
from companion.errors import UsageError
from companion.events import PlannedStep
from companion.method.plan import plan_for
from companion.storage.records import Action, Group
from companion.vocabulary import Method, StepMode, Writing


class StepLine(msgspec.Struct, frozen=True, kw_only=True):
    """A step in the list of minutes."""

    id: str
    name: str
    task: str
    minutes: str
    until: str
    """When it ends if the meeting begins now."""
    writes: bool


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form."""

    roles: Roles
    mode: str = StepMode.VOORSTEL
    confidential: bool = False
    agrees: tuple[str, ...] = ()
    rest: bool = False
    minutes: dict[str, float] = {}


def as_typed(form: Form) -> Filled:
    """What was typed, where it makes sense."""
    minutes: dict[str, float] = {}
    for step in form.named("minutes-"):
        try:
            value = form.minutes(f"minutes-{step}")
        except UsageError:
            continue
        if value is not None:
            minutes[step] = value
    return Filled(
        roles=roles_from(form),
        mode=form.choice("mode", StepMode, StepMode.VOORSTEL),
        confidential=form.text("confidential") == "yes",
        agrees=form.every("agrees"),
        rest=form.text("rest") == "yes",
        minutes=minutes,
    )


def page_values(
    visit: Visit, group: Group, method: Method, filled: Filled, actions: list[Action]
) -> dict[str, Any]:
    """What prepare.html shows of the method, its steps and the people."""
    minutes = group.minutes if method.id == group.method else None
    planned = plan_for(method, minutes, len(actions), filled.minutes)
    seconds = [each.seconds for each in planned]
    now = visit.session.clock.wall()
    return {
        "group": group,
        "method": method,
        "explained": explanation(method, visit.wording),
        "methods": list(visit.session.methods.values()),
        "actions": actions,
        "steps": _lines(visit, method, planned, now),
        "line": stretches(seconds),
        "total": _minutes(sum(seconds)),
        "end": visit.wording.time_of_day(now + sum(seconds)),
        "modes": _modes(visit),
        "filled": filled,
    }


def _lines(
    visit: Visit, method: Method, planned: tuple[PlannedStep, ...], now: float
) -> list[StepLine]:
    by_id = {step.id: step for step in method.steps}
    lines, until = [], now
    for each in planned:
        step, until = by_id[each.step], until + each.seconds
        lines.append(
            StepLine(
                id=step.id,
                name=step.name.in_language(visit.language),
                task=step.task.in_language(visit.language),
                minutes=_minutes(each.seconds),
                until=visit.wording.time_of_day(until),
                writes=step.write is Writing.ALL,
            )
        )
    return lines


def _minutes(seconds: float) -> str:
    """In halves, as a number field takes it."""
    return f"{round(seconds / 30) / 2:g}"


def _modes(visit: Visit) -> list[tuple[str, str, str]]:
    say = visit.wording.say
    return [
        (
            StepMode.VOORSTEL,
            say("De companion stelt voor"),
            say("Hoort hij dat de stap voorbij is, dan vraagt hij het. Eén toets is genoeg."),
        ),
        (
            StepMode.AUTOMATISCH,
            say("De companion gaat zelf"),
            say("Hij gaat mee met wat er gezegd wordt. Terug kan altijd."),
        ),
        (StepMode.HAND, say("Met de hand"), say("Alleen jullie gaan naar een andere stap.")),
    ]
