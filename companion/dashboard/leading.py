"""The meeting that runs: the begeleider's page, its buttons, the group's screen."""

from __future__ import annotations

from collections import Counter
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from companion.dashboard.commanding import BUTTONS, command_from
from companion.dashboard.drawing import Seat, seats
from companion.dashboard.forms import parse_form
from companion.dashboard.news import news_of
from companion.dashboard.planning import plan_page
from companion.dashboard.troubles import status_of
from companion.dashboard.visit import Notice, Visit, WebRequest, goto, own_path
from companion.errors import CompanionError
from companion.events import ListeningState
from companion.session.view import MeetingView
from companion.vocabulary import Floor, Role, Writing

_QUIETEST_SHOWN = -60.0
_LOOKS = {
    ListeningState.OFF: "hollow",
    ListeningState.STARTING: "wait",
    ListeningState.HEARING: "dot",
    ListeningState.QUIET: "hollow",
    ListeningState.CATCHING_UP: "wait",
    ListeningState.PAUSED: "hollow",
    ListeningState.LOST: "warn",
}
_HEARING = frozenset({ListeningState.HEARING, ListeningState.QUIET, ListeningState.CATCHING_UP})
_MOST_SEATS = 14


class Leading(Controller):
    """Pages of one meeting."""

    path = "/"

    @get("/leiden")
    async def lead(self, request: WebRequest) -> Response[str] | Redirect:
        """The begeleider's page."""
        visit = Visit(request)
        view = visit.view()
        if view is None:
            return goto("/")
        return goto("/plan") if view.clock.ended else await _live(visit, view, "live.html")

    @get("/leiden/nu")
    async def lead_now(self, request: WebRequest) -> Response[str]:
        """What changes on it."""
        visit = Visit(request)
        view = visit.view()
        if view is None or view.clock.ended:
            return _elsewhere("/plan" if view else "/")
        return await _live(visit, view, "live_now.html")

    @get(["/leiden/afspraak", "/leiden/afronden", "/leiden/toestemming", "/leiden/sneltoetsen"])
    async def single(self, request: WebRequest) -> Response[str] | Redirect:
        """A form of that page on its own, for who has no script."""
        visit = Visit(request)
        view = visit.view()
        if view is None:
            return goto("/")
        forms = {
            "/leiden/afspraak": "agreement_form.html",
            "/leiden/afronden": "end_form.html",
            "/leiden/toestemming": "consent_form.html",
            "/leiden/sneltoetsen": "keys_form.html",
        }
        form = forms[request.url.path.rstrip("/")]
        return visit.page("single_form.html", form=form, view=view, alone=True)

    @post("/leiden/doen/{what:str}")
    async def do(self, request: WebRequest, what: FromPath[str]) -> Response[str] | Redirect:
        """Press a button."""
        visit = Visit(request)
        if what not in BUTTONS:
            raise NotFoundException
        form = parse_form(await request.body())
        before = visit.view()
        try:
            command = command_from(what, form, before.members if before else ())
            await visit.session.do(command)
        except CompanionError as error:
            return await _refused(visit, own_path(form.text("back")), error)
        view = visit.view()
        if visit.enhanced and view and not view.clock.ended:
            return await _live(visit, view, "live_now.html")
        if visit.enhanced:
            return _elsewhere("/plan")
        back = own_path(form.text("back"))
        return goto("/plan" if back == "/plan" or (view and view.clock.ended) else "/leiden")

    @get("/scherm")
    async def screen(self, request: WebRequest) -> Response[str]:
        """For beamer or tablet."""
        return await _screen(Visit(request), "screen.html")

    @get("/scherm/nu")
    async def screen_now(self, request: WebRequest) -> Response[str]:
        """What changes on it."""
        return await _screen(Visit(request), "screen_now.html")


def _elsewhere(path: str) -> Response[str]:
    """For htmx: go to another page altogether."""
    return Response("", headers={"HX-Redirect": path}, media_type="text/html")


async def _refused(visit: Visit, back: str, error: CompanionError) -> Response[str]:
    view = visit.view()
    status, notice = status_of(error), visit.trouble(error)
    if view and not view.clock.ended and back != "/plan":
        template = "live_now.html" if visit.enhanced else "live.html"
        return await _live(visit, view, template, status, notice)
    if view:
        return await plan_page(visit, view.meeting, status, notice)
    say = visit.wording.say
    return visit.page(
        "message.html", status=status, heading=say("Dat kan nu niet"), text=notice.text
    )


async def _live(
    visit: Visit,
    view: MeetingView,
    template: str,
    status: int = 200,
    notice: Notice | None = None,
) -> Response[str]:
    facts = await visit.house.facts(view)
    wall = visit.session.clock.wall()
    waiting, _ = visit.session.unsaved
    counted = Counter(mark.label for mark in view.marks)
    return visit.page(
        template,
        status=status,
        notice=notice,
        view=view,
        alone=False,
        rate=facts.rate,
        places=_places(view),
        ends_at=visit.wording.time_of_day(wall + view.clock.ends_in / facts.rate),
        unsaved=_unsaved(visit, waiting),
        state_words=_state_words(visit),
        listening_look=_LOOKS,
        level=_level(view),
        kinds=counted.most_common(),
        early=sum(mark.too_early for mark in view.marks),
        news=news_of(view, visit.wording, notice),
    )


async def _screen(visit: Visit, template: str) -> Response[str]:
    view = visit.view()
    given: dict[str, Any] = {"places": [], "rate": 1.0, "news": {"id": "", "text": ""}}
    if view:
        facts = await visit.house.facts(view)
        given = {
            "places": _places(view),
            "rate": facts.rate,
            "news": news_of(view, visit.wording, None, group=True),
        }
    return visit.page(template, view=view, **given)


def _level(view: MeetingView) -> float:
    """The last level; nothing while nothing is heard."""
    if view.listening.state not in _HEARING:
        return _QUIETEST_SHOWN
    return round(max(view.listening.rms_db, _QUIETEST_SHOWN), 1)


def _unsaved(visit: Visit, waiting: int) -> str:
    if not waiting:
        return ""
    return visit.wording.say("Opslaan lukt nu niet. De klok loopt door; maak ruimte op de schijf.")


def _state_words(visit: Visit) -> dict[str, str]:
    say = visit.wording.say
    return {
        "done": say("gedaan"),
        "now": say("nu"),
        "next": say("nog te doen"),
        "skipped": say("overgeslagen"),
    }


def _places(view: MeetingView) -> list[Seat]:
    """Who sits round the table, in the members' order; nobody where no names are known."""
    names = list(view.members)[:_MOST_SEATS]
    return seats([(_role(view, name).value, _speaks(view, name)) for name in names])


def _role(view: MeetingView, name: str) -> Role:
    if name == view.inbrenger:
        return Role.INBRENGER
    return Role.BEGELEIDER if name == view.begeleider else Role.DEELNEMER


def _speaks(view: MeetingView, name: str) -> bool:
    """Whether this person may have the word now."""
    step = view.steps[view.clock.step].step
    if step.write is Writing.ALL:
        return False
    if view.turn is not None and view.turn_planned:
        return view.members.index(name) == view.turn
    role = _role(view, name)
    return {
        Floor.INBRENGER: role is Role.INBRENGER,
        Floor.GROEP: role is Role.DEELNEMER,
        Floor.ALLEN: True,
        Floor.NIEMAND: False,
    }[step.floor]
