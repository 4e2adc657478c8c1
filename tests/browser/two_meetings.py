"""A group with a meeting behind it, its plan looked back on, and a second one that just ended."""

from __future__ import annotations

from unittest.mock import patch

from companion.method.evaluation import Answers
from companion.session.commands import ConfirmAgreement, EndMeeting, GoToStep, NextStep
from companion.storage.notes import Note, NoteKind
from companion.storage.records import Action, ActionState
from tests.browser.staged import StagedService

FIRST, SECOND = "eerder", "later"


def first_meeting(service: StagedService) -> None:
    """With everything a plan can have; its id is FIRST."""
    service.group(method="crea")
    _start(service, FIRST)
    for step, seconds in ((1, 610), (2, 1300), (3, 1150), (4, 640), (6, 905)):
        service.later(seconds)
        service.do(GoToStep(step=step))
    service.do(
        ConfirmAgreement(
            what="Mijn teamleider Karin vragen mee te kijken bij het oudergesprek",
            who="Daan",
            how="kort, na de vergadering",
            with_whom="Karin",
            when="volgende week dinsdag",
            due="2027-01-26",
            needs="een half uur rust",
            noticed_by="dat er een afspraak in de agenda staat",
        ),
        ConfirmAgreement(
            what="De moeder van Sem bellen", who="Daan", when="maandag", due="2027-01-18"
        ),
        ConfirmAgreement(what="Het gesprek op papier voorbereiden", who="Daan", with_whom="Esra"),
    )
    service.later(300)
    service.do(EndMeeting())
    service.ask(service.room.storage.notes.write(_notes()))
    for number in range(5):
        given = Answers(veilig=7 + number % 3, methode=6 + number % 4, meenemen=5 + number)
        service.ask(service.room.storage.evaluations.add(FIRST, given))


def second_meeting(service: StagedService) -> None:
    """After the first one, a look-back with one thing done and one done differently."""
    first_meeting(service)
    service.later(7 * 86_400)
    _start(service, SECOND)
    actions = service.room.storage.actions
    found = service.ask(actions.of_meeting(FIRST))
    more = Action(
        id="anders",
        group="groep1",
        meeting=SECOND,
        what="Samen met de moeder het rapport lezen",
        who="Daan",
        due="2027-02-04",
        created=service.room.clock.wall(),
    )
    learned = "Eerst zelf op een rij zetten wat ik wil vragen."
    service.ask(actions.set_outcome(found[0].id, ActionState.GEDAAN, learned))
    service.ask(actions.set_outcome(found[1].id, ActionState.ANDERS, "Bellen werkt niet.", more))
    service.do(NextStep())
    service.later(3000)
    service.do(EndMeeting())
    service.later(1)


def _start(service: StagedService, meeting: str) -> None:
    with patch("companion.session.orders.new_id", return_value=meeting):
        service.start(method="crea")


def _notes() -> list[Note]:
    openers = {
        "Bilal": "Ik stel zelf ook vaak de vraag achter de vraag niet.",
        "Esra": "Stil blijven levert meer op dan nog een tip.",
    }
    question = "Hoe kan ik rustig blijven als een ouder boos het lokaal binnenkomt?"
    advice = "Eerst laten uitpraten\nEen collega erbij vragen"
    given = [("question", "", question), ("advice", "", advice)]
    given += [("eye-opener", member, text) for member, text in openers.items()]
    return [
        Note(
            id=f"n{index}",
            meeting=FIRST,
            kind=NoteKind(kind),
            member=member,
            text=text,
            created=float(index),
        )
        for index, (kind, member, text) in enumerate(given)
    ]
