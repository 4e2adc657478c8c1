from __future__ import annotations

import math

import pytest

from companion.events import QuestionHeard, TurnHeard
from companion.method.changing import Entry, Lately
from companion.method.turns import Turns
from companion.method.weights import Behaviour
from companion.vocabulary import Role, SentenceKind, StepFunction
from tests.method.meetings import METHODS
from tests.method.scenes import Scene, without

STEPS = METHODS["incident"].steps
ADVICE = [step.id for step in STEPS].index("advies")


def _turns() -> Turns:
    return Turns(Behaviour(), STEPS, 0.0)


def _heard(at: float, sounds: dict[StepFunction, float] | None = None) -> TurnHeard:
    return TurnHeard(at=at, until=at + 6, sure=True, sounds=sounds or {})


def test_what_a_turn_sounds_like_speaks_for_that_step() -> None:
    [(factors, power)] = _turns().begun(
        _heard(10, {StepFunction.ADVIES: 0.8, StepFunction.VRAGEN: 0.2}), Role.DEELNEMER
    )
    assert factors[ADVICE] == 1.0
    assert factors[1] == pytest.approx(0.25)
    assert power == Behaviour().sound


def test_a_turn_never_rules_a_step_out() -> None:
    [(factors, _)] = _turns().begun(_heard(10, {StepFunction.ADVIES: 1.0}), None)
    assert min(factors) == Behaviour().sound_least > 0


def test_a_turn_without_sounds_says_nothing_yet() -> None:
    assert list(_turns().begun(_heard(10), Role.DEELNEMER)) == []


def test_procedure_says_nothing_of_how_people_behave() -> None:
    turns = _turns()
    list(turns.begun(_heard(10), Role.DEELNEMER))
    turns.procedure()
    assert list(turns.settled()) == []


def test_a_question_counts_for_the_turn_in_which_it_was_asked() -> None:
    asked = QuestionHeard(at=11, until=13, label=SentenceKind.OPEN, probability=0.9)
    early = QuestionHeard(at=2, until=3, label=SentenceKind.OPEN, probability=0.9)
    found = []
    for question in (asked, early):
        turns = _turns()
        list(turns.begun(_heard(10), Role.DEELNEMER))
        turns.holds(question)
        found.append(list(turns.settled()))
    assert found[0] != found[1]


def test_time_that_nobody_listened_is_no_silence() -> None:
    deaf, listening = _turns(), _turns()
    deaf.nothing_heard(300)
    assert list(deaf.begun(_heard(301), None)) == []
    assert len(list(listening.begun(_heard(301), None))) == 1


def _lately(*suits: float) -> Lately:
    """Three steps; each turn of ten seconds suits step 1 (and 2) so many times better."""
    lately = Lately(3)
    for number, times in enumerate(suits):
        lately.begin(10.0 * number, Role.DEELNEMER)
        lately.weigh((1.0, times, times), 1.0)
    return lately


def test_looking_back_a_step_began_where_it_began_to_suit() -> None:
    way = _lately(0.2, 0.3, 4.0, 5.0).way([0, 1], 0.0, opens=1.0, skips=0.1)
    assert way == (Entry(1, 20.0),)


def test_looking_back_a_turn_of_the_begeleider_opens_a_step_more_readily() -> None:
    lately = _lately(0.2, 1.2, 4.0)
    lately.turns[2].role = Role.BEGELEIDER
    assert lately.way([0, 1], 0.0, opens=1.0, skips=0.1) == (Entry(1, 10.0),)
    assert lately.way([0, 1], 0.0, opens=3.0, skips=0.1) == (Entry(1, 20.0),)


def test_looking_back_a_step_between_is_found_or_passed_over() -> None:
    lately = Lately(3)
    for number, suits in enumerate([(9, 1, 1), (1, 9, 1), (1, 9, 1), (1, 1, 9)]):
        lately.begin(10.0 * number, None)
        lately.weigh(suits, 1.0)
    way = lately.way([0, 1, 2], 0.0, opens=1.0, skips=0.1)
    assert way == (Entry(1, 10.0), Entry(2, 30.0))
    lately.turns[1:3] = []
    assert lately.way([0, 1, 2], 0.0, opens=1.0, skips=0.5) == (Entry(2, 30.0),)


def test_looking_back_stops_at_the_entry_of_the_present_step() -> None:
    assert _lately(4.0, 4.0).way([0, 1], 15.0, opens=1.0, skips=0.1) == ()
    assert _lately(4.0, 4.0).way([0, 1], 10.0, opens=1.0, skips=0.1) == (Entry(1, 10.0),)


def test_only_so_many_turns_are_remembered() -> None:
    lately = _lately(*[1.0] * 200)
    assert len(lately.turns) == 60
    assert all(math.isfinite(value) for turn in lately.turns for value in turn.suits)


def test_a_missed_announcement_is_made_good_by_what_is_said_after_it() -> None:
    """And the step is entered where it began, not where it was noticed."""
    scene = Scene(at="analyse")
    scene.turn(100, Role.BEGELEIDER)
    for number in range(8):
        sounds = {StepFunction.ADVIES: 0.9, StepFunction.ANALYSE: 0.05}
        scene.turn(110.0 + 8 * number, Role.DEELNEMER, advice=True, sounds=sounds)
    scene.until(180)
    assert scene.entered == ["advies"]
    assert 99 <= scene.tracker.entered <= 119


def test_a_step_between_that_was_missed_as_well_is_entered_too() -> None:
    scene = Scene(without(unannounced_things=8), at="perceptie")
    for number, name in enumerate(["analyse"] * 4 + ["advies"] * 14):
        sounds = {StepFunction(name): 1.0, StepFunction.BEELD: 0.02}
        scene.turn(100.0 + 8 * number, Role.DEELNEMER, advice=name == "advies", sounds=sounds)
    scene.until(250)
    assert scene.entered == ["analyse", "advies"]
