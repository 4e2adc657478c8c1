"""Joining with the code, and the files and language that every page needs."""

from __future__ import annotations

from litestar import Controller, Response, get, post
from litestar.datastructures import Cookie
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from companion.dashboard.forms import parse_form
from companion.dashboard.phones_room import PhonesRoom
from companion.dashboard.service_log import log
from companion.dashboard.sharing_code import Verdict
from companion.dashboard.texts import LANGUAGES, language_from
from companion.dashboard.visit import LANGUAGE_COOKIE, Notice, Visit, WebRequest, goto
from companion.errors import CompanionError

NAME = 40


class PhonesEntrance(Controller):
    """What a phone can reach before it has joined."""

    path = "/"

    @get()
    async def door(self, request: WebRequest) -> Response[str] | Redirect:
        """Where the code is asked; nothing here says whose meeting it is."""
        visit = Visit(request)
        return goto("/telefoon") if visit.browser else _door(visit)

    @post("/meedoen")
    async def join(self, request: WebRequest) -> Response[str] | Redirect:
        """Try a code."""
        visit = Visit(request)
        room: PhonesRoom = request.app.state.room
        form = parse_form(await request.body())
        address = request.client.host if request.client else ""
        try:
            verdict, session_id = room.join(form.text("code"), address, form.text("name", NAME))
        except CompanionError as error:
            return _door(visit, visit.trouble(error), 503)
        if verdict is not Verdict.RIGHT:
            log.refused(403, f"phones.{verdict.value}")
            status = 403 if verdict is Verdict.WRONG else 429
            return _door(visit, Notice(_why(visit, verdict), trouble=True), status)
        cookie = Cookie(
            key=room.sessions.cookie,
            value=session_id,
            httponly=True,
            secure=True,
            samesite="strict",
            path="/",
        )
        visit.session.tell("SlipsChanged")
        return Redirect("/telefoon", status_code=303, cookies=[cookie])

    @get("/bestanden/{digest:str}/{name:path}", sync_to_thread=False)
    def file(
        self, request: WebRequest, digest: FromPath[str], name: FromPath[str]
    ) -> Response[bytes]:
        """A script, style, font or drawing."""
        found = Visit(request).house.files.at(digest, str(name))
        if found is None:
            raise NotFoundException
        return Response(found.body, media_type=found.media_type)

    @post("/taal")
    async def language(self, request: WebRequest) -> Redirect:
        """Another language, from now on."""
        form = parse_form(await request.body())
        return goto("/", **{LANGUAGE_COOKIE: language_from(form.text("language"), LANGUAGES[0])})


def _door(visit: Visit, notice: Notice | None = None, status: int = 200) -> Response[str]:
    return visit.page("phone_join.html", status=status, notice=notice)


def _why(visit: Visit, verdict: Verdict) -> str:
    say = visit.wording.say
    return {
        Verdict.WRONG: say("Die code klopt niet. Kijk op het scherm van de begeleider."),
        Verdict.WAIT: say("Te vaak een verkeerde code. Wacht even en probeer het dan opnieuw."),
        Verdict.SPENT: say(
            "Er is te vaak een verkeerde code geprobeerd. Vraag de begeleider om een nieuwe code."
        ),
    }[verdict]
