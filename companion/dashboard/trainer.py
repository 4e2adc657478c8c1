"""A trainer's pages: the reviews that were given, a group's trend, its goals and his notes."""

from __future__ import annotations

import msgspec
from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from companion.dashboard.forms import parse_form
from companion.dashboard.trainer_exports import download, no_appraisal
from companion.dashboard.trainer_reading import (
    all_seen,
    label,
    may_see,
    of_group,
    shown,
    words_of,
)
from companion.dashboard.trainer_sheet import sheet
from companion.dashboard.trainer_trend import beside, goal_choices, goal_lines, trend
from companion.dashboard.visit import Notice, Visit, WebRequest, goto
from companion.errors import UsageError
from companion.reports.trainer_review import to_file
from companion.vocabulary import Indicator

_LONGEST_GOAL = 160
_LONGEST_NOTE = 600


class GroupLine(msgspec.Struct, frozen=True, kw_only=True):
    """A group in a trainer's list, with its reviews."""

    group: str
    label: str
    reviews: tuple[tuple[str, str, str], ...]
    """Meeting, date, method; the latest first."""


class Trainer(Controller):
    """What a trainer opens."""

    path = "/trainer"

    @get("/")
    async def start(self, request: WebRequest) -> Response[str]:
        """All reviews that this visitor may see, by group."""
        visit = Visit(request)
        words, groups = words_of(visit), dict[str, list[tuple[str, str, str]]]()
        for review in await all_seen(visit):
            page = sheet(shown(review), review.evaluation, words)
            groups.setdefault(review.group, []).append((review.meeting, page.date, page.method))
        lines = [
            GroupLine(
                group=group, label=await label(visit, group), reviews=tuple(reversed(reviews))
            )
            for group, reviews in groups.items()
        ]
        return visit.page("trainer_start.html", groups=lines)

    @get("/reviews/{meeting_id:str}")
    async def review(self, request: WebRequest, meeting_id: FromPath[str]) -> Response[str]:
        """One review, made of what was given."""
        visit = Visit(request)
        review, words = await may_see(visit, meeting_id), words_of(visit)
        return visit.page(
            "trainer_review.html",
            sheet=sheet(shown(review), review.evaluation, words),
            t=words,
            base=f"/trainer/reviews/{meeting_id}",
            back=f"/trainer/groepen/{review.group}" if review.group else "/trainer",
            own=False,
            no_appraisal=no_appraisal(words),
        )

    @get("/reviews/{meeting_id:str}/{file:str}")
    async def export(
        self, request: WebRequest, meeting_id: FromPath[str], file: FromPath[str]
    ) -> Response[bytes]:
        """The same as a file."""
        visit = Visit(request)
        review, words = await may_see(visit, meeting_id), words_of(visit)
        return download(
            file, sheet(shown(review), review.evaluation, words), words, to_file(review)
        )

    @get("/groepen/{group_id:str}")
    async def group(self, request: WebRequest, group_id: FromPath[str]) -> Response[str]:
        """A group's trend, two meetings side by side, goals and notes."""
        return await _group_page(Visit(request), group_id)

    @post("/groepen/{group_id:str}/doelen")
    async def set_goal(
        self, request: WebRequest, group_id: FromPath[str]
    ) -> Response[str] | Redirect:
        """One goal more."""
        visit = Visit(request)
        await of_group(visit, group_id)
        form = parse_form(await request.body())
        indicator = form.choice("indicator", Indicator, Indicator.OPEN_QUESTIONS)
        try:
            await visit.session.storage.goals.add(
                group_id, indicator, form.text("text", _LONGEST_GOAL)
            )
        except UsageError as error:
            return await _group_page(visit, group_id, visit.trouble(error))
        return goto(f"/trainer/groepen/{group_id}#doelen")

    @post("/groepen/{group_id:str}/doelen/{goal_id:str}")
    async def close_goal(
        self, request: WebRequest, group_id: FromPath[str], goal_id: FromPath[str]
    ) -> Redirect:
        """Done with a goal."""
        visit = Visit(request)
        await of_group(visit, group_id)
        await visit.session.storage.goals.close(group_id, goal_id)
        return goto(f"/trainer/groepen/{group_id}#doelen")

    @post("/groepen/{group_id:str}/notities")
    async def note(self, request: WebRequest, group_id: FromPath[str]) -> Redirect:
        """One note more."""
        visit = Visit(request)
        await of_group(visit, group_id)
        text = parse_form(await request.body()).text("text", _LONGEST_NOTE)
        if text:
            await visit.session.storage.trainer_notes.add(group_id, text)
        return goto(f"/trainer/groepen/{group_id}#notities")

    @post("/groepen/{group_id:str}/notities/{note_id:str}")
    async def erase_note(
        self, request: WebRequest, group_id: FromPath[str], note_id: FromPath[str]
    ) -> Redirect:
        """Erase a note."""
        visit = Visit(request)
        await of_group(visit, group_id)
        await visit.session.storage.trainer_notes.remove(group_id, note_id)
        return goto(f"/trainer/groepen/{group_id}#notities")


async def _group_page(visit: Visit, group: str, notice: Notice | None = None) -> Response[str]:
    reviews = await of_group(visit, group)
    words = words_of(visit)
    figures = [shown(review) for review in reviews]
    storage = visit.session.storage
    query = visit.request.query_params
    chosen = [query.get("a", figures[max(len(figures) - 2, 0)].meeting)]
    chosen.append(query.get("b", figures[-1].meeting))
    pair = [next((f for f in figures if f.meeting == each), None) for each in chosen]
    first, second = pair
    if first is None or second is None:
        raise NotFoundException
    return visit.page(
        "trainer_group.html",
        status=422 if notice else 200,
        notice=notice,
        group=group,
        label=await label(visit, group),
        trend=trend(figures, words),
        meetings=[(f.meeting, words.day(f.started)) for f in figures],
        beside=beside(first, second, words),
        chosen=chosen,
        goals=goal_lines(await storage.goals.of_group(group), words),
        choices=goal_choices(words),
        notes=await storage.trainer_notes.of_group(group),
        t=words,
        no_appraisal=no_appraisal(words),
    )
