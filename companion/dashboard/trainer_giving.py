"""A meeting's figures on the machine of its group: to look at, and to give to a trainer."""

from __future__ import annotations

import msgspec
from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from companion.dashboard.forms import parse_form
from companion.dashboard.trainer_entrance import TrainerEntrance
from companion.dashboard.trainer_exports import download, no_appraisal
from companion.dashboard.trainer_reading import given, own_figures, shown, spread_of, words_of
from companion.dashboard.trainer_sheet import sheet
from companion.dashboard.visit import Notice, Visit, WebRequest, goto
from companion.method.evaluation import QUESTIONS
from companion.reports.trainer_group import group_review
from companion.reports.trainer_review import to_file
from companion.storage.handovers import digest, new_code

FILE = "trainer.json"
"""The name under which the file for a trainer is fetched."""


class Giving(Controller):
    """What the group itself does with the figures of a meeting."""

    path = "/cijfers/{meeting_id:str}"

    @get("/")
    async def review(self, request: WebRequest, meeting_id: FromPath[str]) -> Response[str]:
        """The whole review, for the begeleider."""
        visit = Visit(request)
        figures = await own_figures(visit, meeting_id)
        words = words_of(visit)
        return visit.page(
            "trainer_review.html",
            sheet=sheet(figures, await spread_of(visit, figures), words),
            t=words,
            base=f"/cijfers/{meeting_id}",
            back=f"/groepen/{figures.group}" if figures.group else "/",
            own=True,
            no_appraisal=no_appraisal(words),
        )

    @get("/{file:str}")
    async def export(
        self, request: WebRequest, meeting_id: FromPath[str], file: FromPath[str]
    ) -> Response[bytes]:
        """The review as a file, or the file for a trainer."""
        visit = Visit(request)
        figures = await own_figures(visit, meeting_id)
        if file == FILE:
            content = to_file(await given(visit, figures))
            name = f"review-{meeting_id[:4]}.json"
            disposition = {"content-disposition": f'attachment; filename="{name}"'}
            return Response(content, media_type="application/json", headers=disposition)
        words = words_of(visit)
        page = sheet(figures, await spread_of(visit, figures), words)
        whole = msgspec.json.format(msgspec.json.encode(figures), indent=2)
        return download(file, page, words, whole)

    @get("/groep")
    async def for_the_group(self, request: WebRequest, meeting_id: FromPath[str]) -> Response[str]:
        """What the group sees; on a screen of the group only of the meeting that just ended."""
        visit = Visit(request)
        view = visit.view()
        if not visit.leads and (view is None or view.meeting != meeting_id):
            raise NotFoundException
        figures = await own_figures(visit, meeting_id)
        words = words_of(visit)
        return visit.page(
            "trainer_group_view.html",
            review=group_review(figures, await spread_of(visit, figures)),
            questions=QUESTIONS,
            t=words,
            back=f"/cijfers/{meeting_id}",
            no_appraisal=no_appraisal(words),
        )

    @get("/geven")
    async def before_giving(self, request: WebRequest, meeting_id: FromPath[str]) -> Response[str]:
        """What goes, to the byte, and how."""
        return await _giving(Visit(request), meeting_id)

    @post("/geven")
    async def give(self, request: WebRequest, meeting_id: FromPath[str]) -> Response[str]:
        """By a code: the one that the group's trainer has already, or a new one."""
        visit = Visit(request)
        figures = await own_figures(visit, meeting_id)
        storage = visit.session.storage
        known = await storage.handovers.of_group(figures.group) if figures.group else []
        renew = parse_form(await request.body()).text("code") == "nieuw"
        if known and not renew:
            await storage.handovers.give(meeting_id, known[-1].code)
            return await _giving(visit, meeting_id)
        code = new_code()
        await storage.handovers.give(meeting_id, digest(code))
        if figures.group:
            await storage.handovers.renew(figures.group, digest(code))
        return await _giving(visit, meeting_id, code)

    @post("/terugtrekken")
    async def withdraw(self, request: WebRequest, meeting_id: FromPath[str]) -> Redirect:
        """Take it back: the code opens it no more."""
        visit = Visit(request)
        await own_figures(visit, meeting_id)
        await visit.session.storage.handovers.withdraw(meeting_id)
        return goto(f"/cijfers/{meeting_id}/geven")


async def _giving(visit: Visit, meeting_id: str, code: str = "") -> Response[str]:
    """The page of the act; a new code is shown this once."""
    figures = await own_figures(visit, meeting_id)
    handovers = visit.session.storage.handovers
    words, content = words_of(visit), await given(visit, figures)
    others = await handovers.of_group(figures.group) if figures.group else []
    return visit.page(
        "trainer_give.html",
        notice=Notice(words.say("De code staat hieronder, één keer.")) if code else None,
        base=f"/cijfers/{meeting_id}",
        file=FILE,
        entrance=f"{visit.request.base_url}".rstrip("/") + TrainerEntrance.path,
        content=to_file(content).decode(),
        sheet=sheet(shown(content), content.evaluation, words),
        t=words,
        code=code,
        handover=await handovers.of_meeting(meeting_id),
        others=sum(each.meeting != meeting_id for each in others),
        no_appraisal=no_appraisal(words),
    )
