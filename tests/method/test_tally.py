from __future__ import annotations

import pytest

from companion.events import AdviceHeard, QuestionHeard, TurnHeard
from companion.method.tally import Tally, too_early
from companion.vocabulary import Role, SentenceKind
from tests.method.meetings import METHODS

INCIDENT = METHODS["incident"]


def _tally() -> Tally:
    return Tally(INCIDENT, INCIDENT.steps)


def _advice(role: Role | None = Role.DEELNEMER, p: float = 0.9, at: float = 5.0) -> AdviceHeard:
    return AdviceHeard(at=at, until=at + 2, label=SentenceKind.ADVIES, probability=p, role=role)


@pytest.mark.parametrize(
    ("method", "step", "early"),
    [
        ("incident", "vragen", True),
        ("incident", "advies", False),
        ("incident", "afronding", False),
        ("roddel", "roddelen", False),
        ("crea", "bewustwording", True),
        ("crea", "evaluatie", True),
    ],
)
def test_advice_is_too_early_where_the_method_says_so(method: str, step: str, early: bool) -> None:  # noqa: FBT001
    found = next(s for s in METHODS[method].steps if s.id == step)
    assert too_early(METHODS[method], found, SentenceKind.ADVIES) is early
    assert too_early(METHODS[method], found, SentenceKind.VERKAPT_ADVIES) is early
    assert not too_early(METHODS[method], found, SentenceKind.OPEN)


def test_questions_are_counted_by_kind() -> None:
    tally = _tally()
    for label in (SentenceKind.OPEN, SentenceKind.OPEN, SentenceKind.GESLOTEN):
        tally.add(QuestionHeard(at=1, until=2, label=label, probability=0.9), 1)
    assert tally.by_step[1].kinds() == {SentenceKind.OPEN: 2, SentenceKind.GESLOTEN: 1}


def test_a_turn_of_three_questions_is_stacked_once() -> None:
    tally = _tally()
    for number in (1, 2, 3):
        asked = QuestionHeard(
            at=number, until=number, label=SentenceKind.OPEN, probability=0.9, in_turn=number
        )
        tally.add(asked, 1)
    assert tally.by_step[1].stacked() == 1


def test_the_inbrengers_advice_to_himself_is_a_plan() -> None:
    tally = _tally()
    tally.add(_advice(Role.INBRENGER), 1)
    assert tally.judged[0].too_early is False
    assert tally.first_early() is None


def test_doubtful_advice_is_listed_but_not_held_against_anyone() -> None:
    tally = _tally()
    tally.add(_advice(p=0.4), 1)
    assert [(said.kind, said.too_early) for said in tally.judged] == [("advice", False)]


def test_the_first_early_advice_is_the_earliest() -> None:
    tally = _tally()
    tally.add(_advice(at=90), 2)
    tally.add(_advice(at=30), 1)
    assert tally.first_early() == 30


def test_speech_is_added_up_per_voice_of_the_members() -> None:
    tally = _tally()
    for voice, role in ((1, Role.DEELNEMER), (1, Role.DEELNEMER), (2, None), (3, Role.INBRENGER)):
        tally.add(TurnHeard(at=0, until=4, voice=voice, role=role), 1)
    assert tally.by_step[1].members() == {1: 8, 2: 4}
    assert tally.by_step[1].seconds_of(Role.INBRENGER) == 4
