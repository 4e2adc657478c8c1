"""How a trainer comes in on the group's machine: with a code, and not by trying many."""

from __future__ import annotations

import asyncio

from litestar import Controller, Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect

from companion.dashboard.access import Viewer
from companion.dashboard.forms import parse_form
from companion.dashboard.visit import Notice, Visit, WebRequest
from companion.storage.handovers import digest

_WAIT = 1.0
"""Seconds that a wrong code costs; one at a time, so that trying is slow."""
_one_at_a_time = asyncio.Lock()


class TrainerEntrance(Controller):
    """Reached without a session; says nothing about any group."""

    path = "/trainer/binnen"

    @get("/", sync_to_thread=False)
    def ask(self, request: WebRequest) -> Response[str]:
        """The form for a code."""
        return Visit(request).page("trainer_entrance.html", inside=False, running=None)

    @post("/")
    async def enter(self, request: WebRequest) -> Response[str] | Redirect:
        """In, for whoever has a code that opens something."""
        visit = Visit(request)
        code = digest(parse_form(await request.body()).text("code", 40))
        async with _one_at_a_time:
            opens = await visit.session.storage.handovers.behind(code)
            if not opens:
                await asyncio.sleep(_WAIT)
        if not opens:
            notice = Notice(visit.wording.say("Die code opent hier niets."), trouble=True)
            return visit.page(
                "trainer_entrance.html", status=403, notice=notice, inside=False, running=None
            )
        sessions = visit.house.sessions
        cookie = Cookie(
            key=sessions.cookie,
            value=sessions.open(Viewer.TRAINER, code),
            httponly=True,
            samesite="strict",
            path="/",
        )
        return Redirect("/trainer", status_code=303, cookies=[cookie])
