"""The plan of a meeting: agreements as cards, what people wrote by hand, and who may see it."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from companion.dashboard.after_meeting import AfterMeeting, after_meeting
from companion.dashboard.forms import Form, parse_form
from companion.dashboard.troubles import status_of
from companion.dashboard.visit import Notice, Visit, WebRequest, goto
from companion.errors import CompanionError, UsageError
from companion.reports.calendar import due_day
from companion.reports.names import without_names
from companion.storage.notes import Note, NoteKind
from companion.storage.records import Action, new_id

_LONGEST_NAME = 40
_LONGEST_NOTE = 300
_OPENER = "eye-"
"""Before the member's name, in the name of a field."""


class Planning(Controller):
    """The page of a plan, and what can be changed on it."""

    path = "/plan"

    @get("/")
    async def here(self, request: WebRequest) -> Response[str] | Redirect:
        """The plan of the meeting that runs, or just ended."""
        visit = Visit(request)
        view = visit.view()
        return await plan_page(visit, view.meeting) if view else goto("/")

    @get("/{meeting_id:str}")
    async def of(self, request: WebRequest, meeting_id: FromPath[str]) -> Response[str] | Redirect:
        """The plan of any meeting that is kept."""
        visit = Visit(request)
        if _in_hands(visit, meeting_id):
            return goto("/plan")
        return await plan_page(visit, meeting_id)

    @post("/{meeting_id:str}/afspraken")
    async def agree(
        self, request: WebRequest, meeting_id: FromPath[str]
    ) -> Response[str] | Redirect:
        """Add, change or drop an agreement of a meeting that is over for long."""
        visit = Visit(request)
        form = parse_form(await request.body())
        kept = await _kept(visit, meeting_id)
        try:
            await _change(visit, kept, form)
        except CompanionError as error:
            status, notice = status_of(error), visit.trouble(error)
            return await plan_page(visit, meeting_id, status, notice)
        return goto(_address(visit, meeting_id))

    @post("/{meeting_id:str}/notities")
    async def note(self, request: WebRequest, meeting_id: FromPath[str]) -> Redirect:
        """The question, the chosen advice and everyone's eye-opener."""
        visit = Visit(request)
        form = parse_form(await request.body())
        kept = await _kept(visit, meeting_id)
        await visit.session.storage.notes.write(_notes(form, kept.id, visit.session.clock.wall()))
        return goto(_address(visit, meeting_id))


async def plan_page(
    visit: Visit, meeting: str, status: int = 200, notice: Notice | None = None
) -> Response[str]:
    """The page of a meeting's plan; NotFound when nothing of it is kept."""
    kept = await _kept(visit, meeting)
    view = visit.view() if kept.here else None
    longest = max((max(each.planned, each.spent) for each in kept.steps), default=0.0)
    return visit.page(
        "plan.html",
        status=status,
        notice=notice,
        kept=kept,
        view=view,
        ended=kept.ended is not None or bool(view and view.clock.ended),
        inbrenger=view.inbrenger if view else "",
        members=tuple(name for name in kept.openers if name),
        longest=longest or 1.0,
        meeting_id=kept.id,
    )


def _in_hands(visit: Visit, meeting: str) -> bool:
    view = visit.view()
    return view is not None and view.meeting == meeting


def _address(visit: Visit, meeting: str) -> str:
    return "/plan" if _in_hands(visit, meeting) else f"/plan/{meeting}"


async def _kept(visit: Visit, meeting: str) -> AfterMeeting:
    kept = await after_meeting(visit, meeting)
    if kept is None:
        raise NotFoundException
    return kept


async def _change(visit: Visit, kept: AfterMeeting, form: Form) -> None:
    """Carry out what the form asks; UsageError where it can't be."""
    actions = visit.session.storage.actions
    wanted = form.text("action", 80)
    known = {card.action: card for card in kept.cards}
    if wanted and (wanted not in known or known[wanted].agreement):
        raise UsageError("agreement.gone", "There is no such agreement any more")
    if wanted and form.text("drop") == "yes":
        await actions.drop(wanted)
        return
    if kept.here and not wanted:
        raise UsageError("agreement.here", "This meeting's own page adds agreements")
    before = await actions.get(wanted) if wanted else None
    await actions.put([_action(form, before or await _new(visit, kept), kept.openers)])


async def _new(visit: Visit, kept: AfterMeeting) -> Action:
    record = await visit.session.storage.meetings.get(kept.id)
    return Action(
        id=new_id(),
        group=record.group if record else None,
        meeting=kept.id,
        method=record.method if record else "",
        what="",
        created=visit.session.clock.wall(),
    )


def _action(form: Form, before: Action, members: Collection[str]) -> Action:
    """The action as the form has it; UsageError when it says nothing."""
    if not form.text("what"):
        raise UsageError("agreement.empty", "An agreement needs at least what will be done")
    due = form.text("due", 10)
    what, how, with_whom = form.text("what"), form.text("how"), form.text("with_whom")
    if not before.what:  # a new one; who changes one means what they write
        what, how, with_whom = without_names((what, how, with_whom), members)
    return msgspec.structs.replace(
        before,
        what=what,
        who=form.text("who", _LONGEST_NAME),
        how=how,
        with_whom=with_whom,
        when=form.text("when"),
        due=due if due_day(due) else "",
        needs=form.text("needs"),
        noticed_by=form.text("noticed_by"),
    )


def _notes(form: Form, meeting: str, wall: float) -> list[Note]:
    """What was written; an empty field removes what stood there."""

    def note(kind: NoteKind, text: str, member: str = "") -> Note:
        return Note(id=new_id(), meeting=meeting, kind=kind, member=member, text=text, created=wall)

    asked = set(form.named(""))
    found = []
    if "question" in asked:
        found.append(note(NoteKind.QUESTION, form.text("question", _LONGEST_NOTE)))
    if "advice" in asked:
        found.append(note(NoteKind.ADVICE, "\n".join(form.lines("advice", _LONGEST_NOTE))))
    for member in dict.fromkeys(form.named(_OPENER)):
        text = form.text(f"{_OPENER}{member}", _LONGEST_NOTE)
        found.append(note(NoteKind.EYE_OPENER, text, member[:_LONGEST_NAME]))
    return found
