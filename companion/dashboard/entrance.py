"""Coming in, going out, language and keys, and the files that pages are made of."""

from __future__ import annotations

from litestar import Controller, Response, get, post
from litestar.datastructures import Cookie
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from companion.dashboard.access import Viewer
from companion.dashboard.forms import parse_form
from companion.dashboard.texts import LANGUAGES, language_from
from companion.dashboard.visit import (
    KEYS_COOKIE,
    LANGUAGE_COOKIE,
    Visit,
    WebRequest,
    goto,
    own_path,
)


class Entrance(Controller):
    """What everyone can reach, and what ends a session."""

    path = "/"

    @get("/binnen", sync_to_thread=False)
    def enter(self, request: WebRequest) -> Response[str]:
        """The launch link: works once, and again only for whoever it let in."""
        visit = Visit(request)
        if visit.leads:
            return goto("/")
        session_id = visit.house.sessions.enter(request.query_params.get("sleutel", ""))
        if session_id is None:
            say = visit.wording.say
            return visit.page(
                "message.html",
                status=403,
                heading=say("Deze link werkt niet meer"),
                text=say("Een link werkt één keer. Start de companion opnieuw voor een nieuwe."),
            )
        cookie = Cookie(
            key=visit.house.sessions.cookie,
            value=session_id,
            httponly=True,
            samesite="strict",
            path="/",
        )
        return Redirect("/", status_code=303, cookies=[cookie])

    @get("/bestanden/{digest:str}/{name:path}", sync_to_thread=False)
    def file(
        self, request: WebRequest, digest: FromPath[str], name: FromPath[str]
    ) -> Response[bytes]:
        """A script, style, font or drawing."""
        found = Visit(request).house.files.at(digest, str(name))
        if found is None:
            raise NotFoundException
        body, headers = found.for_browser(request.headers.get("accept-encoding", ""))
        return Response(body, media_type=found.media_type, headers=headers)

    @post("/taal")
    async def language(self, request: WebRequest) -> Redirect:
        """Another language, from now on."""
        form = parse_form(await request.body())
        chosen = language_from(form.text("language"), LANGUAGES[0])
        return goto(own_path(form.text("back")), **{LANGUAGE_COOKIE: chosen})

    @post("/toetsen")
    async def keys(self, request: WebRequest) -> Redirect:
        """Single-key shortcuts on or off."""
        form = parse_form(await request.body())
        return goto("/leiden", **{KEYS_COOKIE: "off" if form.text("keys") == "off" else "on"})

    @post("/afmelden")
    async def leave(self, request: WebRequest) -> Response[str]:
        """End this browser's session and its streams; the meeting goes on."""
        visit = Visit(request)
        again = ""
        if visit.browser and visit.browser.viewer is Viewer.BEGELEIDER:
            again = visit.wording.say("Start de companion opnieuw om weer binnen te komen.")
        visit.house.sessions.close(request.cookies.get(visit.house.sessions.cookie))
        answer = visit.page(
            "message.html",
            inside=False,
            running=None,
            heading=visit.wording.say("Je bent afgemeld"),
            text=visit.wording.say("Een lopende bijeenkomst gaat gewoon door.") + " " + again,
        )
        answer.delete_cookie(visit.house.sessions.cookie)
        return answer
