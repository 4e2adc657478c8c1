"""The ways in which real groups treat their steps, each as a small meeting."""

from __future__ import annotations

import pytest

from companion.events import MoveUndone, StepMove
from companion.vocabulary import Role, StepFunction, StepMode
from tests.method.scenes import Scene


def _advises(scene: Scene, at: float, turns: int = 8) -> None:
    for number in range(turns):
        sounds = {StepFunction.ADVIES: 0.9, StepFunction.VRAGEN: 0.05}
        scene.turn(at + 8 * number, Role.DEELNEMER, advice=True, sounds=sounds)


def test_in_proposal_mode_a_sound_step_is_proposed_and_not_entered() -> None:
    scene = Scene(at="analyse", mode=StepMode.VOORSTEL)
    _advises(scene, 100, turns=10)
    scene.until(190)
    assert "advies" in scene.proposed
    assert scene.entered == []


def test_by_hand_sounds_move_and_propose_nothing() -> None:
    scene = Scene(at="analyse", mode=StepMode.HAND)
    _advises(scene, 100, turns=10)
    scene.until(190)
    assert scene.events == []


def test_undone_within_ten_seconds_speech_does_not_do_it_again_at_once() -> None:
    scene = Scene(at="vragen")
    scene.say(100, StepFunction.BEELD)
    scene.until(108)
    scene.take(MoveUndone(at=112))
    scene.until(140)
    assert scene.entered == ["perceptie"]
    assert scene.tracker.here == scene.ids.index("vragen")


def test_the_next_step_is_the_next_and_no_farther() -> None:
    scene = Scene(at="vragen")
    scene.say(100, move=StepMove.NEXT)
    scene.until(115)
    assert scene.entered == ["perceptie"]


@pytest.mark.parametrize("role", [Role.BEGELEIDER, Role.DEELNEMER])
def test_a_step_back_is_followed_with_and_without_a_begeleider(role: Role) -> None:
    scene = Scene(at="advies", led=role is Role.BEGELEIDER)
    scene.say(100, StepFunction.VRAGEN, move=StepMove.BACK, role=role)
    scene.until(115)
    assert scene.entered == ["vragen"]


def test_a_step_passed_over_is_come_back_to_where_it_is_named() -> None:
    scene = Scene(method="vijfstappen", at="verkenning")
    scene.say(100, StepFunction.ADVIES, step="advies")
    scene.turn(110, Role.DEELNEMER)
    scene.say(130, StepFunction.PROBLEEM, p=0.95, sure=0.95)
    scene.until(145)
    assert scene.entered == ["advies", "probleemdefinitie"]


def test_a_case_that_sounds_like_another_step_for_a_moment_moves_nothing() -> None:
    scene = Scene(at="vragen")
    for number in range(12):
        odd = number == 6
        sounds = {StepFunction.ADVIES if odd else StepFunction.VRAGEN: 0.9}
        role = Role.DEELNEMER if number % 2 else Role.INBRENGER
        scene.turn(100.0 + 8 * number, role, question=bool(number % 2), sounds=sounds)
    scene.until(210)
    assert scene.entered == []
