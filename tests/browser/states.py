"""Every page in every state worth looking at, each with how to get the service there."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from companion.events import (
    AdviceHeard,
    AgreementHeard,
    AnyFinding,
    LevelMeasured,
    ListeningProblem,
    ListeningReported,
    ListeningState,
    QuestionHeard,
    StepAnnounced,
    StepMove,
    TurnHeard,
)
from companion.session.commands import (
    AgreeToListening,
    ConfirmAgreement,
    EndMeeting,
    GoToStep,
    NextStep,
    Pause,
)
from companion.storage.records import ActionState
from companion.vocabulary import Role, SentenceKind, StepFunction
from tests.browser import phone_states
from tests.browser.own_methods import own_method
from tests.browser.staged import StagedService
from tests.browser.trained import given_away, with_reviews
from tests.browser.two_meetings import first_meeting, second_meeting

_KINDS = (
    SentenceKind.OPEN,
    SentenceKind.OPEN,
    SentenceKind.GERICHT,
    SentenceKind.OPEN,
    SentenceKind.KEUZE,
    SentenceKind.SUGGESTIEF,
    SentenceKind.OPEN,
    SentenceKind.GESLOTEN,
)


class State(NamedTuple):
    """A page (`path`) after `reach`."""

    name: str
    path: str
    reach: Callable[[StagedService], None]


def nothing(_service: StagedService) -> None:
    """A service that was just started."""


def with_group(service: StagedService) -> None:
    service.group()


def with_history(service: StagedService) -> None:
    """A group with a finished meeting, an action open and one done."""
    service.group()
    service.start()
    service.do(
        NextStep(),
        ConfirmAgreement(
            what="Bellen met de moeder van Sem", who="Daan", when="maandag", due="2027-01-18"
        ),
        ConfirmAgreement(what="Het gesprek voorbereiden op papier", who="Daan", with_whom="Esra"),
    )
    service.later(3300)
    service.do(EndMeeting())
    service.later(1)
    actions = service.ask(service.room.storage.actions.of_group("groep1"))
    outcome = service.room.storage.actions.set_outcome
    service.ask(outcome(actions[1].id, ActionState.GEDAAN, "Op papier wordt het kleiner."))


def by_hand(service: StagedService) -> None:
    service.group()
    service.start()
    service.later(75)


def listening(service: StagedService) -> None:
    service.group()
    service.start(agreed=5, present=5)
    service.hear(
        ListeningReported(at=1.0, state=ListeningState.HEARING, enforced=True),
        LevelMeasured(at=1.5, rms_db=-27.0, peak_db=-14.0, speech=True),
    )
    service.later(170)
    service.do(NextStep())


def heard(service: StagedService) -> None:
    """Questions, turns and a cue in the question step."""
    listening(service)
    service.later(430)
    at = service.room.ears.now() - 108
    findings: list[AnyFinding] = []
    for index, kind in enumerate((*_KINDS, SentenceKind.GESLOTEN, SentenceKind.GESLOTEN)):
        start, voice = at + index * 9, 1 + index % 3
        findings += [
            TurnHeard(
                at=start, until=start + 5 + voice, voice=voice, role=Role.DEELNEMER, sure=True
            ),
            QuestionHeard(at=start, until=start + 5, label=kind, probability=0.94, voice=voice),
        ]
    findings += [
        AdviceHeard(
            at=at + 92, until=at + 96, label=SentenceKind.ADVIES, probability=0.97, voice=2
        ),
        QuestionHeard(at=at + 99, until=at + 104, label=SentenceKind.GESLOTEN, probability=0.97),
    ]
    service.hear(*findings)
    service.later(4)


def proposal(service: StagedService) -> None:
    heard(service)
    service.later(400)
    at = service.room.ears.now()
    service.hear(
        StepAnnounced(
            at=at - 2,
            until=at,
            probability=0.99,
            move=StepMove.TO,
            function=StepFunction.BEELD,
            function_probability=0.97,
            step=2,
            role=Role.BEGELEIDER,
        )
    )
    service.later(6)


def overtime(service: StagedService) -> None:
    by_hand(service)
    service.later(260)


def paused(service: StagedService) -> None:
    heard(service)
    service.do(Pause())


def lost(service: StagedService) -> None:
    listening(service)
    service.later(60)
    problem = ListeningProblem.MICROPHONE_LOST
    at = service.room.ears.now()
    service.hear(ListeningReported(at=at, state=ListeningState.LOST, problem=problem))


def round_of_advice(service: StagedService) -> None:
    listening(service)
    service.later(900)
    service.do(GoToStep(step=4))
    service.later(65)


def candidate(service: StagedService) -> None:
    round_of_advice(service)
    service.do(NextStep())
    at = service.room.ears.now()
    service.hear(
        AgreementHeard(
            at=at,
            until=at + 4,
            candidate=1,
            probability=0.9,
            what="de ouders van Sem bellen over het gesprek",
            with_whom="de ouders van Sem",
            when="maandag",
            due="2027-01-18",
            role=Role.INBRENGER,
        )
    )
    service.do(
        ConfirmAgreement(what="Het gesprek eerst met Esra oefenen", who="Daan", when="vrijdag")
    )
    service.later(30)


def finished(service: StagedService) -> None:
    candidate(service)
    service.later(200)
    service.do(EndMeeting())


def unled(service: StagedService) -> None:
    """Without a begeleider; the time of the step is over."""
    service.group()
    service.start(begeleider="", agreed=5, present=5)
    service.later(184)


def writing(service: StagedService) -> None:
    service.group(method="socratisch")
    service.start(method="socratisch")
    service.later(300)
    service.do(NextStep())
    service.later(45)


def writing_over(service: StagedService) -> None:
    """The time for writing is just over."""
    writing(service)
    service.later(560)


def consent_later(service: StagedService) -> None:
    by_hand(service)
    service.do(AgreeToListening(agreed=5, present=5))


def with_own_method(service: StagedService) -> None:
    service.ask(own_method(service.room))


STATES = (
    State("start-leeg", "/", nothing),
    State("start", "/", with_history),
    State("groep-nieuw", "/groepen/nieuw", nothing),
    State("groep", "/groepen/groep1", with_history),
    State("voorbereiden", "/beginnen?groep=groep1", with_history),
    State("microfoon", "/microfoon", nothing),
    State("leiden-hand", "/leiden", by_hand),
    State("leiden-luistert", "/leiden", listening),
    State("leiden-aanwijzing", "/leiden", heard),
    State("leiden-voorstel", "/leiden", proposal),
    State("leiden-over-tijd", "/leiden", overtime),
    State("leiden-pauze", "/leiden", paused),
    State("leiden-kwijt", "/leiden", lost),
    State("leiden-ronde", "/leiden", round_of_advice),
    State("leiden-afspraak-gehoord", "/leiden", candidate),
    State("leiden-toestemming", "/leiden/toestemming", by_hand),
    State("leiden-stemmen", "/leiden/stemmen", heard),
    State("leiden-sneltoetsen", "/leiden/sneltoetsen", by_hand),
    State("leiden-nieuw-luisteren", "/leiden", consent_later),
    State("scherm-leeg", "/scherm", nothing),
    State("scherm", "/scherm", heard),
    State("scherm-schrijven", "/scherm", writing),
    State("scherm-schrijftijd-om", "/scherm", writing_over),
    State("scherm-zonder-begeleider", "/scherm", unled),
    State("scherm-klaar", "/scherm", finished),
    State("plan-bezig", "/plan", candidate),
    State("plan", "/plan", finished),
    State("methoden", "/methoden", with_own_method),
    State("methode-eigen", "/methoden/incident-2", with_own_method),
    State("methode-stap", "/methoden/incident-2/stap/vragen", with_own_method),
    State("methode-invoer", "/methode-invoer", nothing),
    State("stem", "/stem", nothing),
    State("cijfers", "/cijfers/m2", with_reviews),
    State("cijfers-geven", "/cijfers/m2/geven", given_away),
    State("cijfers-groep", "/cijfers/m2/groep", with_reviews),
    State("trainer-verloop", "/trainer/groepen/groep1", with_reviews),
    State("trainer-openen", "/trainer/openen", nothing),
    State("plan-eerder", "/plan/eerder", second_meeting),
    State("samenvatting", "/plan/eerder/samenvatting", second_meeting),
    State("terugblik", "/groepen/groep1/terugblik", first_meeting),
    State("acties", "/groepen/groep1/acties", second_meeting),
    State("groep-twee", "/groepen/groep1", second_meeting),
    State("wissen", "/wissen/bijeenkomst/eerder", first_meeting),
    State("delen-uit", "/delen", phone_states.not_shared),
    State("delen", "/delen", phone_states.shared),
    State("leiden-briefjes", "/leiden", phone_states.slips_and_asks),
    State("scherm-meedoen", "/scherm", phone_states.shared),
    State("evaluatie", "/evaluatie", phone_states.evaluating),
    State("evaluatie-uitkomst", "/evaluatie", phone_states.evaluated),
    State("telefoon-code", "phone:/", phone_states.waiting_outside),
    State("telefoon", "phone:/telefoon", phone_states.phone_listening),
    State("telefoon-schrijven", "phone:/telefoon", phone_states.phone_writing),
    State("telefoon-beurt", "phone:/telefoon", phone_states.phone_my_turn),
    State("telefoon-waarderen", "phone:/telefoon", phone_states.phone_values),
    State("telefoon-evaluatie", "phone:/telefoon/evaluatie", phone_states.evaluating),
    State("telefoon-uitkomst", "phone:/telefoon", phone_states.evaluated),
    State("buiten", "/binnen?sleutel=oud", nothing),
)
