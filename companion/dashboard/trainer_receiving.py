"""A trainer's own companion: a review from a file that a group gave, to read and to compare."""

from __future__ import annotations

from urllib.parse import parse_qsl

import msgspec
from litestar import Controller, Response, get, post
from litestar.response import Redirect

from companion.dashboard.forms import clean
from companion.dashboard.trainer_reading import SHIPPED, shown
from companion.dashboard.visit import Notice, Visit, WebRequest, goto
from companion.errors import UsageError
from companion.reports.trainer_review import TrainerReview, from_file
from companion.storage.records import Group, MeetingRecord, new_id

_OTHERWISE = "incident"
"""The usual method of a group whose own one we don't have."""


class Receiving(Controller):
    """Opening what a group gave as a file."""

    path = "/trainer/openen"

    @get("/", sync_to_thread=False)
    def blank(self, request: WebRequest) -> Response[str]:
        """Where the file goes in."""
        return _page(Visit(request))

    @post("/")
    async def receive(self, request: WebRequest) -> Response[str] | Redirect:
        """Keep it, read only: under its group, which gets a name of the trainer's own."""
        visit = Visit(request)
        text = (await request.body()).decode("utf-8", "replace")
        form = dict(parse_qsl(text, errors="replace"))
        try:
            review = from_file(form.get("review", "").encode())
            await _keep(visit, review, clean(form.get("name", ""), 80))
        except UsageError as error:
            return _page(visit, visit.trouble(error))
        return goto(f"/trainer/reviews/{review.meeting}")


def _page(visit: Visit, notice: Notice | None = None) -> Response[str]:
    return visit.page("trainer_open.html", status=422 if notice else 200, notice=notice)


async def _keep(visit: Visit, review: TrainerReview, name: str) -> None:
    """The group, the meeting as an entry, and its figures; again is the same."""
    storage = visit.session.storage
    entry = await storage.meetings.get(review.meeting)
    before = await storage.figures.of_meeting(review.meeting)
    if entry is not None and (before is None or not before.received):
        raise UsageError("review.own", "That meeting was held on this machine")
    group = (entry.group if entry else None) or review.group or new_id()
    figures = msgspec.structs.replace(shown(review), group=group, received=True)
    if await storage.groups.get(group) is None:
        await storage.groups.save(_group(visit, group, review.method, name))
    if entry is None:
        await storage.meetings.create(
            MeetingRecord(
                id=review.meeting,
                group=group,
                method=review.method,
                minutes=review.planned,
                started=figures.started,
                ended=figures.started + review.length * 60,
            )
        )
    await storage.figures.put(figures)


def _group(visit: Visit, group: str, method: str, name: str) -> Group:
    return Group(
        id=group,
        name=name or visit.wording.say("Groep %(sign)s") % {"sign": group[:4]},
        method=method if method in SHIPPED else _OTHERWISE,
        created=visit.session.clock.wall(),
    )
