"""Before a meeting: the method, its minutes, who does what, and the agreements."""

from __future__ import annotations

import msgspec
from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from companion.dashboard.consent import consent_from
from companion.dashboard.drawing import stretches
from companion.dashboard.forms import Form, parse_form
from companion.dashboard.groups import DEFAULT_METHOD
from companion.dashboard.troubles import status_of
from companion.dashboard.visit import Visit, WebRequest, goto
from companion.errors import CompanionError, UsageError
from companion.method.plan import plan_for
from companion.session.orders import MeetingOrder
from companion.storage.records import Group
from companion.vocabulary import Method, StepMode, Writing

_LONGEST_NAME = 40


class StepLine(msgspec.Struct, frozen=True, kw_only=True):
    """A step in the list of minutes."""

    id: str
    name: str
    minutes: str
    seconds: float
    writes: bool


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form."""

    members: tuple[str, ...]
    begeleider: str = ""
    inbrenger: str = ""
    mode: str = StepMode.VOORSTEL
    confidential: bool = False
    minutes: dict[str, float] = {}


class Preparing(Controller):
    """From a group to a running meeting."""

    path = "/beginnen"

    @get("/")
    async def prepare(self, request: WebRequest) -> Response[str] | Redirect:
        """The next meeting of a group, with its usual choices filled in."""
        visit = Visit(request)
        if visit.session.running:
            return goto("/leiden")
        group = await _group(visit, request.query_params.get("groep", ""))
        method = _method(visit, request.query_params.get("methode", ""), group)
        return await _page(visit, group, method, Filled(members=group.members))

    @post("/")
    async def begin(self, request: WebRequest) -> Response[str] | Redirect:
        """Start, with or without listening."""
        visit = Visit(request)
        form = parse_form(await request.body())
        group = await _group(visit, form.text("group"))
        method = _method(visit, form.text("method"), group)
        try:
            await visit.session.start(_order(form, group, method))
        except CompanionError as error:
            return await _page(visit, group, method, _as_typed(form), error)
        return goto("/leiden")


async def _group(visit: Visit, group_id: str) -> Group:
    group = await visit.session.storage.groups.get(group_id)
    if group is None:
        raise NotFoundException
    return group


def _method(visit: Visit, asked: str, group: Group) -> Method:
    """The method asked for, else the group's, else the one for beginners."""
    methods = visit.session.methods
    known = [methods[name] for name in (asked, group.method, DEFAULT_METHOD) if name in methods]
    return known[0] if known else next(iter(methods.values()))


def _order(form: Form, group: Group, method: Method) -> MeetingOrder:
    """What is asked for; UsageError where the agreements are not made."""
    if form.text("confidential") != "yes":
        raise UsageError("form.confidential", "Confidentiality is agreed first")
    named = form.every("members", _LONGEST_NAME)
    begeleider, inbrenger = _leading(form)
    others = tuple({name: None for name in (begeleider, inbrenger) if name and name not in named})
    willing = consent_from(form, named, len(others)) if form.text("listen") == "yes" else None
    minutes = {step.id: form.minutes(f"minutes-{step.id}") for step in method.steps}
    return MeetingOrder(
        method=method.id,
        step_minutes={step: value for step, value in minutes.items() if value is not None},
        group=group.id,
        members=(*named, *others),
        inbrenger=inbrenger,
        begeleider=begeleider,
        mode=form.choice("mode", StepMode, StepMode.VOORSTEL),
        agreed=willing,
        present=willing,
    )


def _leading(form: Form) -> tuple[str, str]:
    return form.text("begeleider", _LONGEST_NAME), form.text("inbrenger", _LONGEST_NAME)


def _as_typed(form: Form) -> Filled:
    """What was typed, where it makes sense."""
    minutes: dict[str, float] = {}
    for step in form.named("minutes-"):
        try:
            value = form.minutes(f"minutes-{step}")
        except UsageError:
            continue
        if value is not None:
            minutes[step] = value
    begeleider, inbrenger = _leading(form)
    return Filled(
        members=form.every("members", _LONGEST_NAME),
        begeleider=begeleider,
        inbrenger=inbrenger,
        mode=form.choice("mode", StepMode, StepMode.VOORSTEL),
        confidential=form.text("confidential") == "yes",
        minutes=minutes,
    )


async def _page(
    visit: Visit,
    group: Group,
    method: Method,
    filled: Filled,
    error: CompanionError | None = None,
) -> Response[str]:
    actions = await visit.session.storage.actions.open_for(group.id)
    minutes = group.minutes if method.id == group.method else None
    planned = plan_for(method, minutes, len(actions), filled.minutes)
    by_id = {step.id: step for step in method.steps}
    steps = [
        StepLine(
            id=each.step,
            name=by_id[each.step].name.in_language(visit.language),
            minutes=f"{round(each.seconds / 30) / 2:g}",
            seconds=each.seconds,
            writes=by_id[each.step].write is Writing.ALL,
        )
        for each in planned
    ]
    seconds = sum(step.seconds for step in steps)
    return visit.page(
        "prepare.html",
        status=status_of(error) if error else 200,
        notice=visit.trouble(error) if error else None,
        group=group,
        method=method,
        methods=list(visit.session.methods.values()),
        actions=actions,
        steps=steps,
        line=stretches([step.seconds for step in steps]),
        total=f"{round(seconds / 30) / 2:g}",
        end=visit.wording.time_of_day(visit.session.clock.wall() + seconds),
        modes=_modes(visit),
        filled=filled,
    )


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
