"""Whose voice is whose, for this meeting only: tied to a name, merged, or learnt on a tap."""

from __future__ import annotations

from collections.abc import Callable

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from companion.dashboard.forms import Form, parse_form
from companion.dashboard.troubles import status_of
from companion.dashboard.visit import Notice, Visit, WebRequest, goto
from companion.errors import CompanionError, UsageError
from companion.session.commands import AnyCommand, MergeVoices, SampleVoice, TieVoice
from companion.vocabulary import Role

_PLACE = "/leiden/stemmen"


class VoicePages(Controller):
    """The voices of the running meeting."""

    path = _PLACE

    @get("/", sync_to_thread=False)
    def show(self, request: WebRequest) -> Response[str] | Redirect:
        """Every voice, and whose it is; a part of a page when htmx asks."""
        visit = Visit(request)
        return _page(visit) if visit.view() else goto("/")

    @post("/{what:str}")
    async def change(self, request: WebRequest, what: FromPath[str]) -> Response[str] | Redirect:
        """Name a voice, join two, or begin and end a sample."""
        visit = Visit(request)
        if what not in _COMMANDS:
            raise NotFoundException
        try:
            await visit.session.do(_COMMANDS[what](parse_form(await request.body())))
        except CompanionError as error:
            return _page(visit, visit.trouble(error), status_of(error))
        return _page(visit) if visit.enhanced else goto(_PLACE)


def _page(visit: Visit, notice: Notice | None = None, status: int = 200) -> Response[str]:
    if visit.enhanced:
        return visit.page("voices_form.html", status=status, notice=notice, view=visit.view())
    return visit.page("voices.html", status=status, notice=notice, view=visit.view())


def _voice(form: Form, name: str = "voice") -> int:
    number = form.whole(name)
    if number is None:
        raise UsageError("form.voice", "Which voice?")
    return number


def _tie(form: Form) -> AnyCommand:
    """`who`: a member's index, a role, or nothing to take the name away."""
    who = form.text("who")
    if who in {role.value for role in Role}:
        return TieVoice(id=form.text("id", 32), voice=_voice(form), role=Role(who))
    return TieVoice(id=form.text("id", 32), voice=_voice(form), member=form.whole("who"))


def _merge(form: Form) -> AnyCommand:
    return MergeVoices(id=form.text("id", 32), voice=_voice(form), into=_voice(form, "into"))


def _sample(form: Form) -> AnyCommand:
    return SampleVoice(id=form.text("id", 32), member=form.whole("member"))


_COMMANDS: dict[str, Callable[[Form], AnyCommand]] = {
    "naam": _tie,
    "samen": _merge,
    "proef": _sample,
}
