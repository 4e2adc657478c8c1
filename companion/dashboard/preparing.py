"""Before a meeting: the method, its minutes, who does what, and the agreements."""

from __future__ import annotations

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from companion.dashboard.consent import consent_from, refused
from companion.dashboard.forms import Form, parse_form
from companion.dashboard.groups import DEFAULT_METHOD
from companion.dashboard.prepared_page import Filled, as_typed, page_values
from companion.dashboard.roles import Roles, roles_from
from companion.dashboard.trainer_goals import goals_now
from companion.dashboard.troubles import status_of
from companion.dashboard.visit import Visit, WebRequest, goto
from companion.errors import CompanionError, UsageError
from companion.session.microphone import chosen_microphone
from companion.session.orders import MeetingOrder
from companion.storage.records import Group
from companion.vocabulary import Method, StepMode


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
        return await _page(visit, group, method, Filled(roles=Roles(members=group.members)))

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
            return await _page(visit, group, method, as_typed(form), error)
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
    roles = roles_from(form)
    willing = None
    if form.text("listen") == "yes" and not refused(form):
        willing = consent_from(form, roles.members, len(roles.others))
    minutes = {step.id: form.minutes(f"minutes-{step.id}") for step in method.steps}
    return MeetingOrder(
        method=method.id,
        step_minutes={step: value for step, value in minutes.items() if value is not None},
        group=group.id,
        members=(*roles.members, *roles.others),
        inbrenger=roles.inbrenger,
        begeleider=roles.begeleider,
        mode=form.choice("mode", StepMode, StepMode.VOORSTEL),
        agreed=willing,
        present=willing,
    )


async def _page(
    visit: Visit,
    group: Group,
    method: Method,
    filled: Filled,
    error: CompanionError | None = None,
) -> Response[str]:
    storage = visit.session.storage
    actions = await storage.actions.open_for(group.id)
    chosen = await chosen_microphone(storage, visit.session.settings)
    return visit.page(
        "prepare.html",
        status=status_of(error) if error else 200,
        notice=visit.trouble(error) if error else None,
        microphone=chosen.name,
        goals=await goals_now(visit, group.id),
        **page_values(visit, group, method, filled, list(actions)),
    )
