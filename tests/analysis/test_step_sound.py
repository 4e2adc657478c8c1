from __future__ import annotations

import pytest

from companion.analysis.analyser import Analyser
from companion.analysis.pipeline import load
from companion.analysis.step_sound import StepSoundComponent
from companion.events import TurnHeard
from companion.method.definitions import load_methods
from companion.speech.heard import Heard
from companion.vocabulary import Role, StepFunction, StepHint


def _component() -> StepSoundComponent:
    component: object = load().get_pipe("step_sound")
    assert isinstance(component, StepSoundComponent)
    return component


@pytest.mark.parametrize(
    ("role", "text", "function"),
    [
        (Role.DEELNEMER, "Ik zou hem gewoon opbellen en zeggen wat je dwarszit.", "advies"),
        (Role.DEELNEMER, "Hoe voelde je je toen hij dat zei?", "vragen"),
        (Role.INBRENGER, "Wat had je nodig? Warm. Was er een regel? Koud.", "waarderen"),
        (Role.DEELNEMER, "Volgens mij is het probleem dat hij geen nee zegt.", "probleem"),
        (Role.DEELNEMER, "Ik vond het goed gaan vandaag, we bleven bij de stappen.", "evaluatie"),
    ],
)
def test_what_is_said_in_a_step_sounds_like_it(role: Role, text: str, function: str) -> None:
    chances = _component().chances([text], role)
    likeliest = sorted(chances, key=lambda name: chances[name])[-3:]
    assert StepFunction(function) in likeliest
    assert sum(chances.values()) == pytest.approx(1.0, abs=1e-3)


def test_more_sentences_of_one_kind_are_surer() -> None:
    one = "Ik zou hem opbellen."
    few, more = (_component().chances([one] * n, Role.DEELNEMER) for n in (1, 3))
    assert more[StepFunction.ADVIES] > few[StepFunction.ADVIES]


def test_nothing_said_sounds_like_nothing() -> None:
    assert _component().chances([], None) == {}


def _turn(steps: tuple[StepHint, ...]) -> TurnHeard:
    heard = Heard(at=0, until=3, text="Ik zou hem opbellen.", voice=0, role=Role.DEELNEMER)
    turn = Analyser("", steps).analyse(heard)[0]
    assert isinstance(turn, TurnHeard)
    return turn


def test_a_turn_only_sounds_like_steps_that_this_meeting_has() -> None:
    steps = tuple(
        StepHint(id=step.id, name=step.name.nl, function=step.function)
        for step in load_methods()["vijfstappen"].steps
    )
    turn = _turn(steps)
    assert set(turn.sounds) <= {step.function for step in steps}
    assert sum(turn.sounds.values()) == pytest.approx(1.0, abs=0.05)


def test_without_steps_a_turn_sounds_like_nothing() -> None:
    assert _turn(()).sounds == {}
