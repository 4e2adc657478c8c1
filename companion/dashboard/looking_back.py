"""What became of actions: the look-back that opens a meeting, and a group's actions in time."""

from __future__ import annotations

import msgspec
from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from companion.dashboard.forms import Form, parse_form
from companion.dashboard.plan_cards import PlanCard, card_of_action
from companion.dashboard.troubles import status_of
from companion.dashboard.visit import Notice, Visit, WebRequest, goto, own_path
from companion.errors import CompanionError, UsageError
from companion.reports.calendar import due_day
from companion.storage.records import Action, ActionState, Group, MeetingRecord, new_id

OUTCOMES = (ActionState.GEDAAN, ActionState.DEELS, ActionState.NIET, ActionState.ANDERS)


class MeetingActions(msgspec.Struct, frozen=True, kw_only=True):
    """The actions of one meeting, or those whose meeting is past its term."""

    meeting: str
    """Empty: its meeting is no longer kept."""
    started: float | None
    method: str
    cards: tuple[PlanCard, ...]
    counts: tuple[tuple[ActionState, int], ...]
    """States that occur, in a fixed order."""


class LookingBack(Controller):
    """Pages about actions."""

    path = "/"

    @get("/groepen/{group_id:str}/terugblik")
    async def look_back(self, request: WebRequest, group_id: FromPath[str]) -> Response[str]:
        """The open actions, one after the other, with what became of each."""
        visit = Visit(request)
        return await _page(visit, await _known(visit, group_id), "")

    @get("/groepen/{group_id:str}/acties")
    async def over_time(self, request: WebRequest, group_id: FromPath[str]) -> Response[str]:
        """All actions of a group, by meeting, the latest first."""
        visit = Visit(request)
        group = await _known(visit, group_id)
        return visit.page("actions.html", group=group, by_meeting=await by_meeting(visit, group))

    @post("/acties/{action_id:str}")
    async def outcome(
        self, request: WebRequest, action_id: FromPath[str]
    ) -> Response[str] | Redirect:
        """What became of an action, one thing learned and, done otherwise, what follows."""
        visit = Visit(request)
        form = parse_form(await request.body())
        group = await _known(visit, form.text("group"))
        actions = visit.session.storage.actions
        state = form.choice("state", ActionState, ActionState.OPEN)
        learned = form.text("learned")
        try:
            follow_up = await _follow_up(visit, group, action_id, form, state)
            await actions.set_outcome(action_id, state, learned, follow_up)
        except CompanionError as error:
            return await _page(visit, group, action_id, status_of(error), visit.trouble(error))
        back = own_path(form.text("back"))
        return goto(back if back != "/" else f"/groepen/{group.id}")


async def by_meeting(visit: Visit, group: Group) -> list[MeetingActions]:
    """A group's actions under their meetings, the latest first."""
    storage = visit.session.storage
    records: dict[str, MeetingRecord] = {
        each.id: each for each in await storage.meetings.list(group.id)
    }
    found: dict[str, list[PlanCard]] = {}
    for action in await storage.actions.of_group(group.id):
        key = action.meeting or ""
        card = card_of_action(action, group, group.members, (group.name, group.place))
        found.setdefault(key, []).append(card)
    entries = [
        MeetingActions(
            meeting=key if key in records else "",
            started=records[key].started if key in records else None,
            method=method_name(visit, records[key].method) if key in records else "",
            cards=tuple(cards),
            counts=count_states(cards),
        )
        for key, cards in found.items()
    ]
    return sorted(entries, key=lambda entry: -(entry.started or 0.0))


def method_name(visit: Visit, method: str) -> str:
    """A method's name as it is now; its id where it is gone."""
    known = visit.session.methods.get(method)
    return known.name.in_language(visit.language) if known else method


def count_states(cards: list[PlanCard]) -> tuple[tuple[ActionState, int], ...]:
    """How many actions are in each state that occurs."""
    order = (*OUTCOMES, ActionState.OPEN)
    counted = [(state, sum(card.state is state for card in cards)) for state in order]
    return tuple((state, count) for state, count in counted if count)


async def _known(visit: Visit, group_id: str) -> Group:
    group = await visit.session.storage.groups.get(group_id)
    if group is None:
        raise NotFoundException
    return group


async def _follow_up(
    visit: Visit, group: Group, action_id: str, form: Form, state: ActionState
) -> Action | None:
    """The action that takes another's place; UsageError when a day is given and no words."""
    what, due = form.text("next_what"), form.text("next_due", 10)
    if state is not ActionState.ANDERS or not (what or due):
        return None
    if not what:
        raise UsageError("form.follow-up", "A follow-up needs words")
    before = await visit.session.storage.actions.get(action_id)
    running = visit.session.running
    record = await visit.session.storage.meetings.get(running) if running else None
    held = record.id if record and record.group == group.id else None
    return Action(
        id=new_id(),
        group=group.id,
        meeting=held or (before.meeting if before else None),
        method=record.method if record and held else (before.method if before else ""),
        what=what,
        who=before.who if before else "",
        due=due if due_day(due) else "",
        created=visit.session.clock.wall(),
    )


async def _page(
    visit: Visit, group: Group, action: str, status: int = 200, notice: Notice | None = None
) -> Response[str]:
    """The look-back; after a mistake `action` is the one that it was about."""
    storage = visit.session.storage
    found = await storage.actions.open_for(group.id)
    running = visit.view()
    here = bool(running and running.group == group.id and not running.clock.ended)
    return visit.page(
        "look_back.html",
        status=status,
        notice=notice,
        group=group,
        cards=[card_of_action(each, group, (), ()) for each in found],
        outcomes=OUTCOMES,
        opened=action,
        in_meeting=here,
        back=visit.request.url.path if visit.request.method == "GET" else _own(group),
    )


def _own(group: Group) -> str:
    return f"/groepen/{group.id}/terugblik"
