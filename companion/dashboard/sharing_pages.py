"""Switching sharing on and off, and what phones bring to the begeleider's page."""

from __future__ import annotations

from functools import partial
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from companion.dashboard.forms import Form, parse_form
from companion.dashboard.phones_application import make_phones_application
from companion.dashboard.phones_room import Ask, PhonesRoom
from companion.dashboard.troubles import status_of
from companion.dashboard.visit import Notice, Visit, WebRequest, goto
from companion.errors import CompanionError, UsageError
from companion.session.commands import ConfirmAgreement, ValueQuestion
from companion.vocabulary import Valuation


class SharingPages(Controller):
    """The begeleider's side of the phones."""

    path = "/delen"

    @get()
    async def page(self, request: WebRequest) -> Response[str]:
        """How to join, or how to switch it on."""
        return _page(Visit(request))

    @post("/aan")
    async def start(self, request: WebRequest) -> Response[str] | Redirect:
        """Share the running meeting on the address that was chosen."""
        visit = Visit(request)
        form = parse_form(await request.body())
        application = partial(make_phones_application, visit.house)
        try:
            await visit.house.sharing.start(form.text("address", 15), application)
        except CompanionError as error:
            return _page(visit, visit.trouble(error), status_of(error))
        return goto("/delen")

    @post("/uit")
    async def stop(self, request: WebRequest) -> Redirect:
        """Share no more."""
        await Visit(request).house.sharing.stop()
        return goto("/delen")

    @post("/code")
    async def code(self, request: WebRequest) -> Redirect:
        """Another code."""
        sharing = Visit(request).house.sharing
        if sharing.room is not None:
            sharing.room.renew_code()
        return goto("/delen")

    @post("/doen/{what:str}")
    async def do(self, request: WebRequest, what: FromPath[str]) -> Response[str] | Redirect:
        """Answer to what came from a phone, or count a question that was valued."""
        visit = Visit(request)
        if what not in _BUTTONS:
            raise NotFoundException
        try:
            await _BUTTONS[what](visit, parse_form(await request.body()))
        except CompanionError as error:
            say = visit.wording.say("Dat kan nu niet")
            text = visit.trouble(error).text
            return visit.page("message.html", status=status_of(error), heading=say, text=text)
        visit.session.tell("SlipsChanged")
        return goto("/leiden/nu" if visit.enhanced else "/leiden")


async def _seen(visit: Visit, form: Form) -> None:
    asked = form.text("ask")
    if asked in {each.value for each in Ask}:
        _room(visit).answered(Ask(asked))


async def _take(visit: Visit, form: Form) -> None:
    """A slip into the plan, as an agreement of the inbrenger's."""
    room, view = _room(visit), visit.view()
    slip = room.slips.seen(form.text("slip"))
    who = view.inbrenger if view else ""
    await visit.session.do(ConfirmAgreement(id=form.text("id", 32), what=slip.text, who=who))
    room.slips.put_away(slip.id)


async def _put_away(visit: Visit, form: Form) -> None:
    _room(visit).slips.put_away(form.text("slip"))


async def _value(visit: Visit, form: Form) -> None:
    value = form.text("value")
    if value not in {each.value for each in Valuation}:
        raise UsageError("form.value", "Warm, koud or neutraal?")
    change = form.text("change")
    command = ValueQuestion(
        id=form.text("id", 32), value=Valuation(value), change=-1 if change == "-1" else 1
    )
    await visit.session.do(command)


_BUTTONS = {"gezien": _seen, "overnemen": _take, "wegleggen": _put_away, "waarde": _value}


def _room(visit: Visit) -> PhonesRoom:
    room = visit.house.sharing.room
    if room is None:
        raise UsageError("sharing.off", "The meeting is not shared")
    return room


def _page(visit: Visit, notice: Notice | None = None, status: int = 200) -> Response[str]:
    sharing = visit.house.sharing
    given: dict[str, Any] = {"addresses": [] if sharing.on else sharing.addresses()}
    return visit.page(
        "share.html", status=status, notice=notice, meeting=visit.session.running, **given
    )
