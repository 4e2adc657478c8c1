"""Groups: choosing one, making one, and what became of its actions."""

from __future__ import annotations

import msgspec
from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from companion.dashboard.forms import Form, parse_form
from companion.dashboard.visit import Notice, Visit, WebRequest, goto
from companion.dashboard.wording import Wording
from companion.errors import UsageError
from companion.storage.opening import Storage
from companion.storage.records import Action, ActionState, Group, MeetingRecord, new_id
from companion.vocabulary import Method

_OUTCOMES = (ActionState.GEDAAN, ActionState.DEELS, ActionState.NIET, ActionState.ANDERS)
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

    started: float
    ended: float | None
    method: str
    actions: int


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

    @post("/acties/{action_id:str}")
    async def outcome(self, request: WebRequest, action_id: FromPath[str]) -> Redirect:
        """What became of an action, and one thing learned."""
        visit = Visit(request)
        form = parse_form(await request.body())
        group = await _known(visit.session.storage, form.text("group"))
        state = form.choice("state", ActionState, ActionState.OPEN)
        await visit.session.storage.actions.set_outcome(action_id, state, form.text("learned"))
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
    actions = await storage.actions.of_group(group.id)
    filled = Filled(
        name=group.name,
        place=group.place,
        method=group.method,
        members="\n".join(group.members),
    )
    return visit.page(
        "group.html",
        status=422 if notice else 200,
        notice=notice,
        group=group,
        filled=filled,
        actions=list(reversed(actions)),
        outcomes=_OUTCOMES,
        methods=list(visit.session.methods.values()),
        meetings=[
            _line(meeting, actions, visit.session.methods.get(meeting.method), visit.wording)
            for meeting in await storage.meetings.list(group.id)
        ],
    )


def _line(
    meeting: MeetingRecord, actions: list[Action], method: Method | None, wording: Wording
) -> MeetingLine:
    return MeetingLine(
        started=meeting.started,
        ended=meeting.ended,
        method=method.name.in_language(wording.language) if method else meeting.method,
        actions=sum(action.meeting == meeting.id for action in actions),
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
