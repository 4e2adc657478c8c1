"""Erasing by button: a page that says what goes, and a short receipt of what went."""

from __future__ import annotations

from typing import TypeAlias

import msgspec
from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from companion.dashboard.forms import parse_form
from companion.dashboard.looking_back import method_name
from companion.dashboard.troubles import status_of
from companion.dashboard.visit import Notice, Visit, WebRequest
from companion.errors import CompanionError, UsageError
from companion.storage.erasure import Erasure, Subject
from companion.storage.forget import Receipt

_SUBJECTS: dict[str, Subject] = {
    "bijeenkomst": "meeting",
    "groep": "group",
    "lid": "member",
    "alles": "everything",
}


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be erased, in words."""

    erasure: Erasure
    heading: str
    goes: tuple[str, ...]
    """What is erased, a line each."""
    back: str
    after: str
    """Where the receipt leads."""


_Answer: TypeAlias = Response[str]


class Erasing(Controller):
    """From the question to the receipt."""

    path = "/wissen"

    @get("/{what:str}/{which:str}")
    async def ask(self, request: WebRequest, what: FromPath[str], which: FromPath[str]) -> _Answer:
        """What would go."""
        visit = Visit(request)
        target = await _target(visit, what, which, request.query_params.get("naam", ""))
        return _question(visit, target)

    @post("/{what:str}/{which:str}")
    async def carry_out(
        self, request: WebRequest, what: FromPath[str], which: FromPath[str]
    ) -> _Answer:
        """Erase, and say what was verified."""
        visit = Visit(request)
        form = parse_form(await request.body())
        target = await _target(visit, what, which, form.text("naam", 40))
        try:
            if form.text("sure") != "yes":
                raise UsageError("erase.confirm", "Confirm that it should go")
            receipt = await visit.session.erase(target.erasure)
        except CompanionError as error:
            return _question(visit, target, status_of(error), visit.trouble(error))
        visit.house.names.clear()
        return visit.page("erased.html", receipt=receipt, lines=_lines(visit, receipt), to=target)


def _question(
    visit: Visit, target: Target, status: int = 200, notice: Notice | None = None
) -> _Answer:
    return visit.page("erase.html", status=status, notice=notice, target=target)


async def _target(visit: Visit, what: str, which: str, name: str) -> Target:
    """What the address asks for; NotFound when that is not there."""
    subject = _SUBJECTS.get(what)
    if subject == "meeting":
        return await _meeting(visit, which)
    if subject == "group":
        return await _group(visit, which)
    if subject == "member":
        return await _member(visit, which, name)
    if subject == "everything":
        return _everything(visit)
    raise NotFoundException


async def _meeting(visit: Visit, meeting: str) -> Target:
    record = await visit.session.storage.meetings.get(meeting)
    if record is None:
        raise NotFoundException
    say, after = visit.wording.say, f"/groepen/{record.group}" if record.group else "/"
    when = visit.wording.date_and_time(record.started)
    return Target(
        erasure=Erasure(what="meeting", which=meeting),
        heading=say("Deze bijeenkomst wissen?"),
        goes=(
            f"{method_name(visit, record.method)}, {when}",
            say("Het actieplan, de vraag, het gekozen advies en wat iedereen meeneemt"),
            say("De cijfers, de evaluatie en wat aan een trainer gegeven is"),
        ),
        back=f"/plan/{meeting}",
        after=after,
    )


async def _group(visit: Visit, group_id: str) -> Target:
    storage = visit.session.storage
    group = await storage.groups.get(group_id)
    if group is None:
        raise NotFoundException
    say = visit.wording.say
    meetings = len(await storage.meetings.list(group_id))
    actions = len(await storage.actions.of_group(group_id))
    plural = visit.wording.plural
    return Target(
        erasure=Erasure(what="group", which=group_id),
        heading=say("Groep %(name)s wissen?") % {"name": group.name},
        goes=(
            say("De groep met haar namen, doelen en aantekeningen"),
            plural(
                "%(n)s bijeenkomst met plan en cijfers",
                "%(n)s bijeenkomsten met plan en cijfers",
                meetings,
            ),
            plural("%(n)s actie", "%(n)s acties", actions),
        ),
        back=f"/groepen/{group_id}",
        after="/",
    )


async def _member(visit: Visit, group_id: str, name: str) -> Target:
    group = await visit.session.storage.groups.get(group_id)
    if group is None or name not in group.members:
        raise NotFoundException
    say = visit.wording.say
    return Target(
        erasure=Erasure(what="member", which=name, group=group_id),
        heading=say("%(name)s uit deze groep wissen?") % {"name": name},
        goes=(
            say("De acties en eye-openers van %(name)s") % {"name": name},
            say("De naam, overal in deze groep; er komt een streepje voor in de plaats"),
        ),
        back=f"/groepen/{group_id}",
        after=f"/groepen/{group_id}",
    )


def _everything(visit: Visit) -> Target:
    say = visit.wording.say
    return Target(
        erasure=Erasure(what="everything"),
        heading=say("Alles wissen?"),
        goes=(
            say("Alle groepen, bijeenkomsten, acties, cijfers en aantekeningen"),
            say("De voorkeuren van dit programma, zoals de gekozen microfoon"),
        ),
        back="/",
        after="/",
    )


def _lines(visit: Visit, receipt: Receipt) -> tuple[str, ...]:
    """The receipt in words."""
    say, plural = visit.wording.say, visit.wording.plural
    when = visit.wording.date_and_time(visit.session.clock.wall())
    looked = {
        (True, "file"): say("Nagekeken in het bestand: er is niets van over."),
        (True, "server"): say(
            "Nagekeken in de tabellen: er is niets van over. Het logboek en de back-ups van de "
            "server kan dit programma niet zien."
        ),
    }
    unsure = say(
        "Het nakijken lukte niet. Maak ruimte op de schijf en wis het nog eens, of gebruik: "
        "companion forget"
    )
    return (
        plural("%(n)s regel gewist", "%(n)s regels gewist", receipt.rows) + f" · {when}",
        looked.get((receipt.verified, receipt.place), unsure),
        say("Wat je eerder hebt afgedrukt, verstuurd of opgeslagen, bestaat nog. Dat wis je zelf."),
    )
