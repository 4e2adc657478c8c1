"""The summary of a meeting, to read, to print and to take along as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from litestar import Controller, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from companion.dashboard.after_meeting import AfterMeeting, after_meeting
from companion.dashboard.exports_content import reminders, summary
from companion.dashboard.plan_cards import card_of_action
from companion.dashboard.visit import Visit, WebRequest
from companion.reports.calendar import calendar
from companion.reports.document import Document
from companion.reports.docx import docx_bytes
from companion.reports.filenames import file_name
from companion.reports.mail import mail_text
from companion.reports.markdown import markdown
from companion.reports.pdf import pdf

_KINDS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "pdf": ("application/pdf", pdf),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        docx_bytes,
    ),
    "md": ("text/markdown", lambda document: markdown(document).encode()),
    "txt": ("text/plain", lambda document: mail_text(document).encode()),
}
_CALENDAR = "text/calendar"


class Exports(Controller):
    """Pages and files that leave the program."""

    path = "/"

    @get("/plan/{meeting_id:str}/samenvatting")
    async def page(self, request: WebRequest, meeting_id: FromPath[str]) -> Response[str]:
        """The summary as a page, with its files and the text for a mail."""
        visit = Visit(request)
        kept = await _kept(visit, meeting_id)
        document = summary(kept, visit.wording)
        return visit.page("summary.html", kept=kept, document=document, mail=mail_text(document))

    @get("/plan/{meeting_id:str}/samenvatting/{kind:str}")
    async def file(
        self, request: WebRequest, meeting_id: FromPath[str], kind: FromPath[str]
    ) -> Response[bytes]:
        """The summary as a file."""
        visit = Visit(request)
        if kind not in _KINDS:
            raise NotFoundException
        kept = await _kept(visit, meeting_id)
        media_type, make = _KINDS[kind]
        made = await asyncio.to_thread(make, summary(kept, visit.wording))
        return _download(made, media_type, _name(visit, kept, kind))

    @get("/plan/{meeting_id:str}/agenda")
    async def agenda(self, request: WebRequest, meeting_id: FromPath[str]) -> Response[bytes]:
        """The agreements of a meeting for a calendar."""
        visit = Visit(request)
        kept = await _kept(visit, meeting_id)
        made = calendar(reminders(kept.cards, visit.wording))
        return _download(made, _CALENDAR, _name(visit, kept, "ics"))

    @get("/groepen/{group_id:str}/agenda")
    async def group_agenda(self, request: WebRequest, group_id: FromPath[str]) -> Response[bytes]:
        """All open actions of a group for a calendar."""
        visit = Visit(request)
        storage = visit.session.storage
        group = await storage.groups.get(group_id)
        if group is None:
            raise NotFoundException
        found = await storage.actions.open_for(group_id)
        cards = tuple(card_of_action(action, group, group.members, ()) for action in found)
        name = file_name((group.name, visit.wording.say("acties")), "ics")
        return _download(calendar(reminders(cards, visit.wording)), _CALENDAR, name)


async def _kept(visit: Visit, meeting: str) -> AfterMeeting:
    kept = await after_meeting(visit, meeting)
    if kept is None:
        raise NotFoundException
    return kept


def _name(visit: Visit, kept: AfterMeeting, ending: str) -> str:
    day = visit.wording.iso_day(kept.started)
    return file_name((visit.wording.say("intervisie"), kept.group_name, day), ending)


def _download(body: bytes, media_type: str, name: str) -> Response[bytes]:
    """A file for the reader's own folder; the name is plain ASCII."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=media_type, headers=headers)
