"""Every threshold of the tracker in a small meeting that goes another way without it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from companion.events import MoveUndone, ProposalClosed, StepMove
from companion.method.deciding import in_the_air
from companion.method.weights import Order, RoleTrust, Weights
from companion.vocabulary import Role, StepFunction, StepMode
from tests.method.scenes import Scene, without

Meeting = Callable[[Weights], object]


def _doubtful_next(weights: Weights) -> object:
    scene = Scene(weights, at="vragen")
    scene.say(100, StepFunction.BEELD, p=0.55)
    scene.until(115)
    return scene.entered


def _doubtful_skip(weights: Weights) -> object:
    scene = Scene(weights, at="vragen")
    scene.say(100, StepFunction.ADVIES, p=0.62, sure=0.99)
    scene.until(115)
    return scene.entered


def _named(weights: Weights) -> object:
    scene = Scene(weights, at="vragen")
    scene.say(100, StepFunction.BEELD, p=0.5, step="perceptie")
    scene.until(115)
    return scene.entered


def _a_word_of_closing(weights: Weights) -> object:
    scene = Scene(weights, method="vijfstappen", at="advies")
    scene.say(100, move=StepMove.END, p=0.95)
    scene.until(115)
    return scene.entered


def _opening_words(weights: Weights) -> object:
    scene = Scene(weights)
    scene.say(5, StepFunction.VRAGEN)
    scene.until(20)
    return scene.entered


def _soon_taken_back(weights: Weights) -> object:
    scene = Scene(weights, at="vragen")
    scene.say(100, StepFunction.BEELD)
    scene.say(105, move=StepMove.WITHDRAWN)
    scene.until(120)
    return scene.entered


def _an_old_withdrawal(weights: Weights) -> object:
    scene = Scene(weights, at="vragen")
    scene.say(100, StepFunction.BEELD)
    scene.until(115)
    scene.say(190, move=StepMove.WITHDRAWN)
    scene.until(200)
    return scene.undone


def _an_overview(weights: Weights) -> object:
    scene = Scene(weights, at="introductie")
    scene.turn(50, Role.INBRENGER, seconds=60)
    for at, function in ((120, "vragen"), (122, "beeld"), (124, "advies")):
        scene.say(at, StepFunction(function))
    belief = scene.tracker.belief
    return scene.ids[belief.index(max(belief))]


def _said_again(weights: Weights) -> object:
    scene = Scene(weights, at="vragen")
    scene.say(100, move=StepMove.NEXT)
    scene.say(103, move=StepMove.NEXT)
    scene.until(120)
    return scene.entered


def _the_next_step_just_entered(weights: Weights) -> object:
    scene = Scene(weights, at="vragen")
    scene.hand(100, "perceptie")
    scene.say(102, move=StepMove.NEXT)
    scene.until(130)
    return scene.entered


def _after_the_hand(weights: Weights) -> object:
    scene = Scene(weights, at="vragen")
    scene.hand(100, "perceptie")
    scene.say(102, StepFunction.ANALYSE)
    scene.until(112)
    return scene.entered


def _refused_before(weights: Weights) -> object:
    scene = Scene(weights, at="vragen", mode=StepMode.VOORSTEL)
    scene.say(100, StepFunction.BEELD, p=0.9)
    scene.until(108)
    scene.take(ProposalClosed(at=108, step=2, how="refused"))
    scene.say(125, StepFunction.BEELD, p=0.9)
    scene.until(135)
    return scene.proposed


def _undone_twice(weights: Weights) -> object:
    scene = Scene(weights, at="vragen")
    for at in (100, 400):
        scene.say(at, StepFunction.BEELD)
        scene.until(at + 10)
        scene.take(MoveUndone(at=at + 12))
    scene.say(900, StepFunction.BEELD, p=0.85)
    scene.until(915)
    return len(scene.entered)


def _a_proposal_that_nobody_takes(weights: Weights) -> object:
    scene = Scene(weights, at="vragen", mode=StepMode.VOORSTEL)
    scene.say(100, StepFunction.BEELD)
    scene.until(180)
    return len(scene.proposed)


def _a_weak_proposal(weights: Weights) -> object:
    scene = Scene(weights, at="vragen", mode=StepMode.VOORSTEL)
    scene.say(100, StepFunction.ADVIES, p=0.9, sure=0.3)
    scene.until(110)
    return scene.proposed


def _back_unsaid(weights: Weights) -> object:
    scene = Scene(weights, at="advies")
    scene.say(100, StepFunction.VRAGEN, p=0.8, step="vragen")
    scene.until(115)
    return scene.entered


def _made_up(weights: Weights) -> object:
    scene = Scene(weights, method="balint", at="besluitvorming")
    scene.say(100, StepFunction.ERVARING, step="eigen-ervaring")
    scene.until(110)
    scene.turn(112, Role.DEELNEMER)
    scene.say(160, StepFunction.GEDRAG, sure=0.85)
    scene.until(175)
    return scene.entered


def _a_member_with_a_begeleider(weights: Weights) -> object:
    scene = Scene(weights, at="vragen")
    scene.say(100, StepFunction.BEELD, role=Role.DEELNEMER, p=0.75)
    scene.until(110)
    return scene.entered


def _in_the_case(weights: Weights) -> object:
    scene = Scene(weights)
    scene.turn(10, Role.BEGELEIDER)
    scene.turn(60, Role.INBRENGER, seconds=30)
    scene.say(80, move=StepMove.NEXT, role=Role.INBRENGER, p=0.9)
    scene.until(95)
    return scene.entered


def _unannounced(weights: Weights, *, turns: int = 12, function: str = "advies") -> Scene:
    scene = Scene(weights, at="analyse")
    for number in range(turns):
        sounds = {StepFunction(function): 0.9, StepFunction.ANALYSE: 0.05}
        scene.turn(100.0 + 8 * number, Role.DEELNEMER, advice=True, sounds=sounds)
    scene.until(100.0 + 8 * turns)
    return scene


def _a_few_turns(weights: Weights) -> object:
    return _unannounced(weights, turns=4).entered


def _passed_over(weights: Weights) -> object:
    """It sounds like a step two farther on."""
    scene = Scene(weights, at="perceptie")
    for number in range(16):
        scene.turn(
            100.0 + 8 * number, Role.DEELNEMER, advice=True, sounds={StepFunction.ADVIES: 1.0}
        )
    scene.until(240)
    return scene.entered


def _far_away(weights: Weights) -> object:
    """It sounds like the last step while the group has hardly begun."""
    scene = Scene(weights, method="balint", at="verhelderen")
    for number in range(20):
        scene.turn(100.0 + 8 * number, Role.DEELNEMER, sounds={StepFunction.EVALUATIE: 1.0})
    scene.until(280)
    return scene.entered


def _elsewhere_in_belief(weights: Weights) -> object:
    scene = Scene(weights, at="vragen", mode=StepMode.VOORSTEL)
    scene.say(100, StepFunction.BEELD, p=0.6)
    scene.until(125)
    return in_the_air(scene.tracker, 125)


THRESHOLDS: list[tuple[Meeting, object, Weights]] = [
    (_doubtful_next, [], without(sure_next=0.3)),
    (_doubtful_skip, [], without(sure=0.3)),
    (_named, ["perceptie"], without(named=0.0)),
    (_a_word_of_closing, [], without(ending=1.0)),
    (_opening_words, [], without(opening=1.0)),
    (_opening_words, [], without(opening_turns=-1)),
    (_opening_words, [], without(opening_seconds=0.0)),
    (_soon_taken_back, [], without(settle=0.0)),
    (_an_old_withdrawal, 0, without(withdraw=600.0)),
    (_an_overview, "vragen", without(overview_trust=1.0)),
    (_an_overview, "vragen", without(overview=0.0)),
    (_said_again, ["perceptie"], without(restated=0.0)),
    (_the_next_step_just_entered, [], without(just_entered=0.0)),
    (_after_the_hand, [], without(hand_rest=0.0)),
    (_refused_before, ["perceptie"], without(refusal=0.001)),
    (_undone_twice, 2, without(taught=1.0)),
    (_a_proposal_that_nobody_takes, 1, without(fades=1.0, again=1.0)),
    (_a_weak_proposal, [], without(propose=0.1)),
    (_back_unsaid, [], without(unsaid_back=1.0)),
    (_made_up, ["eigen-ervaring", "groepsgedrag"], without(order=Order(made_up=0.0))),
    (_a_member_with_a_begeleider, [], without(trust=RoleTrust(deelnemer=1.0))),
    (_in_the_case, [], without(trust=RoleTrust(inbrenger_telling=1.0))),
    (_a_few_turns, [], without(unannounced_things=1, sure_unannounced=0.5)),
    (_passed_over, ["advies"], without(sure_farther=1.1)),
    (_far_away, [], without(farthest=20)),
    (_elsewhere_in_belief, False, without(doubtful=0.2)),
]


@pytest.mark.parametrize(
    ("meeting", "expected", "taken_away"),
    THRESHOLDS,
    ids=[f"{number}-{case[0].__name__[1:]}" for number, case in enumerate(THRESHOLDS)],
)
def test_a_threshold_decides_this_meeting(
    meeting: Meeting, expected: object, taken_away: Weights
) -> None:
    assert meeting(Weights()) == expected
    assert meeting(taken_away) != expected
