"""Groups: choosing one, making one, and what became of its actions."""

from __future__ import annotations

import msgspec
from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from companion.dashboard.forms import Form, parse_form
from companion.dashboard.looking_back import MeetingActions, by_meeting, count_states, method_name
from companion.dashboard.plan_cards import PlanCard, card_of_action
from companion.dashboard.terms import TERMS, Terms, terms_from
from companion.dashboard.visit import Notice, Visit, WebRequest, goto
from companion.errors import UsageError
from companion.storage.opening import Storage
from companion.storage.records import ActionState, Group, MeetingRecord, new_id
from companion.storage.retention import meeting_until

_LONGEST_NAME = 80
_LONGEST_MEMBER = 40
DEFAULT_METHOD = "incident"
"""Suits a group that has just started."""


class GroupCard(msgspec.Struct, frozen=True, kw_only=True):
    """A group on the first page."""

    group: Group
    method: str
    last: float | None
    """When it last met."""
    open: str
    """How many actions are open, in words."""


class MeetingLine(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting in a group's history."""

    id: str
    started: float
    ended: float | None
    method: str
    counts: tuple[tuple[ActionState, int], ...]
    """How many of its actions are in each state that occurs."""
    until: float | None
    """Until when its figures are kept."""


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form of a group."""

    name: str = ""
    place: str = ""
    method: str = DEFAULT_METHOD
    members: str = ""


class Groups(Controller):
    """The pages about groups."""

    path = "/"

    @get("/")
    async def start(self, request: WebRequest) -> Response[str]:
        """All groups, and the meeting that runs."""
        visit = Visit(request)
        storage = visit.session.storage
        cards = [await self._card(visit, group) for group in await storage.groups.list()]
        view = visit.view()
        facts = await visit.house.facts(view) if view and not view.clock.ended else None
        going = None
        if view and facts:
            method = view.method.name.in_language(visit.language)
            going = {"group": facts.group_name, "method": method}
        return visit.page("start.html", cards=cards, running=going)

    @get("/groepen/nieuw", sync_to_thread=False)
    def blank(self, request: WebRequest) -> Response[str]:
        """The form of a new group."""
        return _form(Visit(request), Filled())

    @post("/groepen/nieuw")
    async def make(self, request: WebRequest) -> Response[str] | Redirect:
        """A new group, and on to its first meeting."""
        visit = Visit(request)
        form = parse_form(await request.body())
        try:
            group = _changed(
                Group(id=new_id(), name="", created=visit.session.clock.wall()), form, visit
            )
        except UsageError as error:
            return _form(visit, _as_typed(form), visit.trouble(error))
        await visit.session.storage.groups.save(group)
        return goto(f"/beginnen?groep={group.id}")

    @get("/groepen/{group_id:str}")
    async def group(self, request: WebRequest, group_id: FromPath[str]) -> Response[str]:
        """A group: its actions, its meetings, and what is known of it."""
        visit = Visit(request)
        return await _group_page(visit, await _known(visit.session.storage, group_id))

    @post("/groepen/{group_id:str}")
    async def change(
        self, request: WebRequest, group_id: FromPath[str]
    ) -> Response[str] | Redirect:
        """Other names, place or method for a group."""
        visit = Visit(request)
        group = await _known(visit.session.storage, group_id)
        form = parse_form(await request.body())
        try:
            changed = _changed(group, form, visit)
        except UsageError as error:
            return await _group_page(visit, group, visit.trouble(error))
        await visit.session.storage.groups.save(changed)
        visit.house.names.clear()
        return goto(f"/groepen/{group.id}")

    @post("/groepen/{group_id:str}/termijnen")
    async def terms(self, request: WebRequest, group_id: FromPath[str]) -> Response[str] | Redirect:
        """How long plans and figures of a group are kept."""
        visit = Visit(request)
        group = await _known(visit.session.storage, group_id)
        try:
            terms = terms_from(parse_form(await request.body()))
        except UsageError as error:
            return await _group_page(visit, group, visit.trouble(error))
        changed = msgspec.structs.replace(
            group, plan_months_after_done=terms.plan, figures_months=terms.figures
        )
        await visit.session.storage.groups.save(changed)
        return goto(f"/groepen/{group.id}")

    async def _card(self, visit: Visit, group: Group) -> GroupCard:
        storage = visit.session.storage
        meetings = await storage.meetings.list(group.id)
        number = len(await storage.actions.open_for(group.id))
        method = visit.session.methods.get(group.method)
        return GroupCard(
            group=group,
            method=method.name.in_language(visit.language) if method else "",
            last=meetings[0].started if meetings else None,
            open=visit.wording.plural("%(n)s actie open", "%(n)s acties open", number)
            if number
            else "",
        )


async def _known(storage: Storage, group_id: str) -> Group:
    group = await storage.groups.get(group_id)
    if group is None:
        raise NotFoundException
    return group


async def _group_page(visit: Visit, group: Group, notice: Notice | None = None) -> Response[str]:
    storage = visit.session.storage
    filled = Filled(
        name=group.name,
        place=group.place,
        method=group.method,
        members="\n".join(group.members),
    )
    kept = {entry.meeting: entry for entry in await by_meeting(visit, group)}
    waiting = await storage.actions.open_for(group.id)
    return visit.page(
        "group.html",
        status=422 if notice else 200,
        notice=notice,
        group=group,
        filled=filled,
        waiting=[card_of_action(action, group, group.members, ()) for action in waiting],
        actions=sum(len(entry.cards) for entry in kept.values()),
        methods=list(visit.session.methods.values()),
        meetings=[
            _line(visit, meeting, group, kept.get(meeting.id))
            for meeting in await storage.meetings.list(group.id)
        ],
        terms=Terms(plan=group.plan_months_after_done, figures=group.figures_months),
        choices=TERMS,
    )


def _line(
    visit: Visit, meeting: MeetingRecord, group: Group, actions: MeetingActions | None
) -> MeetingLine:
    cards: list[PlanCard] = list(actions.cards) if actions else []
    return MeetingLine(
        id=meeting.id,
        started=meeting.started,
        ended=meeting.ended,
        method=method_name(visit, meeting.method),
        counts=count_states(cards),
        until=meeting_until(meeting, group),
    )


def _form(visit: Visit, filled: Filled, notice: Notice | None = None) -> Response[str]:
    return visit.page(
        "group.html",
        status=422 if notice else 200,
        notice=notice,
        group=None,
        filled=filled,
        methods=list(visit.session.methods.values()),
    )


def _as_typed(form: Form) -> Filled:
    return Filled(
        name=form.text("name", _LONGEST_NAME),
        place=form.text("place", _LONGEST_NAME),
        method=form.text("method"),
        members="\n".join(form.lines("members", _LONGEST_MEMBER)),
    )


def _changed(group: Group, form: Form, visit: Visit) -> Group:
    """The group as the form has it; UsageError without a name or with an unknown method."""
    name, method = form.text("name", _LONGEST_NAME), form.text("method")
    if not name:
        raise UsageError("form.group-name", "A group needs a name")
    if method not in visit.session.methods:
        raise UsageError("form.method", "There is no such method")
    return msgspec.structs.replace(
        group,
        name=name,
        place=form.text("place", _LONGEST_NAME),
        method=method,
        members=form.lines("members", _LONGEST_MEMBER),
    )
