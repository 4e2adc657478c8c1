"""One request's surroundings: the session, the viewer, the language, and how to answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie, State
from litestar.enums import MediaType
from litestar.response import Redirect

from companion.dashboard.access import Session as BrowserSession
from companion.dashboard.access import Sessions, Viewer
from companion.dashboard.evaluating import Evaluating
from companion.dashboard.rendering import Renderer
from companion.dashboard.service_log import log
from companion.dashboard.sharing import Sharing
from companion.dashboard.static_files import StaticFiles
from companion.dashboard.texts import Language, language_from
from companion.dashboard.troubles import sentence
from companion.dashboard.wording import Wording
from companion.errors import CompanionError
from companion.session.lifecycle import Session
from companion.session.orders import rate
from companion.session.view import MeetingView
from companion.storage.keys import KeyNote

LANGUAGE_COOKIE = "taal"
KEYS_COOKIE = "toetsen"
WebRequest = Request[BrowserSession, BrowserSession, State]


@dataclass
class House:
    """Everything that the handlers share; one a service, kept in the application's state."""

    session: Session
    sessions: Sessions
    renderer: Renderer
    files: StaticFiles
    language: Language
    sharing: Sharing
    evaluating: Evaluating = field(default_factory=Evaluating)
    streams: set[object] = field(default_factory=set)
    names: dict[str, MeetingFacts] = field(default_factory=dict)

    async def facts(self, view: MeetingView) -> MeetingFacts:
        """What the view of this meeting doesn't tell."""
        known = self.names.get(view.meeting)
        if known is None:
            record = await self.session.storage.meetings.get(view.meeting)
            group = await self.session.storage.groups.get(view.group) if view.group else None
            known = MeetingFacts(
                group_name=group.name if group else "",
                rate=rate(record) if record else 1.0,
                started=record.started if record else self.session.clock.wall(),
            )
            self.names = {view.meeting: known}
        return known


@dataclass(frozen=True)
class MeetingFacts:
    """The group's name, how fast the clock runs, and when the meeting began (epoch seconds)."""

    group_name: str
    rate: float
    started: float


@dataclass(frozen=True)
class Notice:
    """A line at the top of a page."""

    text: str
    trouble: bool = False


class Visit:
    """What a handler needs to answer one request."""

    def __init__(self, request: WebRequest) -> None:
        self.request = request
        self.house: House = request.app.state.house
        self.session: Session = self.house.session
        self.language = language_from(request.cookies.get(LANGUAGE_COOKIE), self.house.language)
        self.browser = self.house.sessions.find(request.cookies.get(self.house.sessions.cookie))

    @property
    def wording(self) -> Wording:
        """How this visitor's language says it."""
        return self.house.renderer.wording[self.language]

    @property
    def leads(self) -> bool:
        """Whether this visitor may do everything."""
        return self.browser is not None and self.browser.viewer is Viewer.BEGELEIDER

    @property
    def enhanced(self) -> bool:
        """Asked by htmx, so a part of a page is enough."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def keys(self) -> bool:
        """Single-key shortcuts are on."""
        return self.request.cookies.get(KEYS_COOKIE) != "off"

    def view(self) -> MeetingView | None:
        """The running or just-ended meeting, in this visitor's language."""
        return self.session.view(self.language)

    def page(
        self, template: str, *, status: int = 200, notice: Notice | None = None, **given: Any
    ) -> Response[str]:
        """A page or a part of one."""
        view = self.view()
        common = {
            "path": self.request.url.path,
            "inside": self.leads,
            "leads": self.leads,
            "keys": self.keys,
            "notice": notice,
            "running": view if self.leads else None,
            "key_line": self.key_line() if self.leads else "",
            "sharing": self.house.sharing,
            "evaluating": self.house.evaluating,
        }
        html = self.house.renderer.html(self.language, template, **(common | given))
        return Response(html, status_code=status, media_type=MediaType.HTML)

    def trouble(self, error: CompanionError) -> Notice:
        """An error as a line on the page."""
        log.troubled(error.code)
        return Notice(sentence(error, self.wording), trouble=True)

    def key_line(self) -> str:
        """Where the key of the stored data is, where that is worth knowing."""
        if self.session.storage.key_note is KeyNote.FILE:
            return self.wording.say(
                "De sleutel van de opgeslagen gegevens staat in een bestand op deze computer."
            )
        return ""


def goto(path: str, **cookies: str) -> Redirect:
    """Go to a page of ours after a form; preferences go along as cookies."""
    kept = [
        Cookie(key=key, value=value, httponly=True, samesite="strict", max_age=31536000, path="/")
        for key, value in cookies.items()
    ]
    return Redirect(path, status_code=303, cookies=kept)


def own_path(asked: str) -> str:
    """A path to go back to: ours, or the start."""
    known = ("/leiden", "/plan", "/scherm", "/beginnen", "/groepen", "/methode", "/stem")
    fine = asked.startswith("/") and not asked.startswith("//") and "\\" not in asked
    return asked if fine and asked.startswith(known) else "/"
