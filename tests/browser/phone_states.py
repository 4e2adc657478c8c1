"""How the service gets to the states that phones and their pages are looked at in."""

from __future__ import annotations

from companion.dashboard.phones_room import Ask
from companion.events import ListeningReported, ListeningState
from companion.method.evaluation import Answers, spread
from companion.session.commands import GoToStep, TurnTo, ValueQuestion
from companion.session.slips import SlipKind
from companion.vocabulary import Valuation
from tests.browser.staged import MEMBERS, StagedService

_QUESTIONS = (
    ("Chantal", "Wat maakte dat je op dat moment niets zei?"),
    ("Bilal", "Wie merkt het als eerste als het je lukt?"),
    ("", "Wat zou je willen dat de moeder van Sem over jou dacht?"),
)
_ANSWERS = ((9, 8, 7), (7, 8, 8), (4, 6, 9), (8, 9, 6), (9, 7, 7))


def _socratic(service: StagedService, step: int, **given: int) -> None:
    service.group(method="socratisch")
    service.start(method="socratisch", **given)
    service.later(300)
    service.do(GoToStep(step=step))
    service.later(45)


def not_shared(service: StagedService) -> None:
    service.group()
    service.start()


def shared(service: StagedService) -> None:
    not_shared(service)
    service.share("Chantal")


def waiting_outside(service: StagedService) -> None:
    not_shared(service)
    service.share()


def phone_listening(service: StagedService) -> None:
    service.group()
    service.start(agreed=5, present=5)
    service.share("Chantal")
    service.hear(ListeningReported(at=1.0, state=ListeningState.HEARING, enforced=True))
    service.later(130)


def _write(service: StagedService) -> None:
    slips = service.share("Chantal").room.slips
    for _, text in _QUESTIONS[:2]:
        slips.write("0", SlipKind.VRAAG, text)


def phone_writing(service: StagedService) -> None:
    _socratic(service, 1, agreed=5, present=5)
    _write(service)


def phone_my_turn(service: StagedService) -> None:
    service.group()
    service.start()
    service.do(GoToStep(step=4), TurnTo(member=MEMBERS.index("Chantal")))
    _write(service)
    shared = service.house.sharing.now
    assert shared is not None
    first = shared.room.slips.of("0")[0]
    shared.room.slips.hand_over("0", first.id, "Chantal")


def _handed(service: StagedService, name: str) -> None:
    _socratic(service, 2)
    room = service.share(name).room
    for writer, (name_given, text) in enumerate(_QUESTIONS):
        slip = room.slips.write(str(writer + 1), SlipKind.VRAAG, text)
        room.slips.hand_over(str(writer + 1), slip.id, name_given)
    first = room.slips.handed()[0]
    first.value = Valuation.WARM
    service.do(ValueQuestion(value=Valuation.WARM))


def phone_values(service: StagedService) -> None:
    _handed(service, "Daan")


def slips_and_asks(service: StagedService) -> None:
    """The begeleider's page with all that phones can bring."""
    _handed(service, "Chantal")
    room = service.house.sharing.room
    assert room is not None
    room.ask(Ask.PAUZE)
    room.ask(Ask.STOP)


def evaluating(service: StagedService) -> None:
    service.group()
    service.start()
    service.do(GoToStep(step=5))
    service.share("Chantal")
    meeting = service.room.session.running or ""
    for veilig, methode, meenemen in _ANSWERS:
        answers = Answers(veilig=veilig, methode=methode, meenemen=meenemen)
        service.ask(service.room.storage.evaluations.add(meeting, answers))


def evaluated(service: StagedService) -> None:
    """The outcome is shown."""
    evaluating(service)
    service.ask(_show(service))


async def _show(service: StagedService) -> None:
    view = service.room.view
    outcome = spread(await service.room.storage.evaluations.of_meeting(view.meeting))
    assert outcome is not None
    service.house.evaluating.show(view, outcome)
