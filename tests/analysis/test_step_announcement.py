from __future__ import annotations

import pytest

from companion.analysis.analyser import Analyser
from companion.analysis.features import NO_CONTEXT, Context
from companion.analysis.step_announcement import move_features, possible
from companion.events import StepAnnounced
from companion.method.definitions import load_methods
from companion.speech.heard import Heard
from companion.vocabulary import Role, StepHint
from companion.vocabulary import StepFunction as F

STEPS = (F.VERTELLEN, F.VRAGEN, F.BEELD, F.ANALYSE, F.ADVIES, F.BESLUIT)


def _clues(place: int | None, functions: dict[F, float]) -> set[str]:
    context = Context(role=Role.BEGELEIDER, steps=STEPS, place=place)
    bare = move_features("Goed.", Context(role=Role.BEGELEIDER), {F.VRAGEN: 1.0})
    return set(move_features("Goed.", context, functions)) - set(bare)


def test_where_a_step_lies_from_here_is_told() -> None:
    ways = {
        place: {clue.split()[1:3][0] for clue in _clues(place, {F.BEELD: 1.0}) if "way" in clue}
        for place in (0, 1, 2, 3)
    }
    assert ways == {0: {"on"}, 1: {"on"}, 2: {"here"}, 3: {"back"}}


def test_before_the_meeting_nothing_is_told_of_its_place() -> None:
    assert not any(clue.startswith(("way", "next")) for clue in _clues(None, {F.BEELD: 1.0}))
    assert move_features("Goed.", NO_CONTEXT, {F.BEELD: 1.0})


def test_only_steps_of_this_meeting_are_possible() -> None:
    assert possible({F.ADVIES: 0.2, F.LEREN: 0.6, F.VRAGEN: 0.2}, STEPS) == {
        F.ADVIES: 0.5,
        F.VRAGEN: 0.5,
    }
    assert possible({F.LEREN: 1.0}, ()) == {F.LEREN: 1.0}


def _announced(method: str, step: str, text: str, role: Role = Role.BEGELEIDER) -> list[str]:
    steps = load_methods()[method].steps
    ids = [one.id for one in steps]
    hints = tuple(StepHint(id=s.id, name=s.name.nl, function=s.function) for s in steps)
    analyser = Analyser("", hints)
    analyser.enter(ids.index(step))
    found = analyser.analyse(Heard(at=60, until=65, text=text, voice=0, role=role))
    return [str(x.function or x.move) for x in found if isinstance(x, StepAnnounced)]


@pytest.mark.parametrize(
    ("method", "step", "text", "function"),
    [
        ("incident", "vragen", "Schrijf nu allemaal op hoe jij het ziet, in stilte.", "beeld"),
        ("incident", "advies", "Karel, welke van deze adviezen neem jij mee?", "besluit"),
        ("vijfstappen", "advies", "Hoe vonden jullie dat het ging vandaag?", "evaluatie"),
        ("roddel", "roddelen", "Kom maar weer terug in de kring, hoe was dat?", "reactie"),
    ],
)
def test_a_step_is_announced_without_its_name(
    method: str, step: str, text: str, function: str
) -> None:
    assert _announced(method, step, text) == [function]


def test_the_parts_of_a_repetition_announce_nothing() -> None:
    """Questions, valuing and answering once more: the group stays in that step."""
    said = "Dan mag je nu de vragen waarderen, warm, koud of neutraal."
    assert _announced("socratisch", "herhaling", said) == []
    assert _announced("socratisch", "vragen", said) == ["waarderen"]


def test_a_name_that_two_steps_share_leaves_it_to_the_order() -> None:
    steps = load_methods()["socratisch"].steps
    hints = tuple(StepHint(id=s.id, name=s.name.nl, function=s.function) for s in steps)
    analyser = Analyser("", hints)
    analyser.enter([s.id for s in steps].index("herformuleren"))
    heard = Heard(at=60, until=65, text="En nu gaan we waarderen.", voice=0, role=Role.BEGELEIDER)
    [found] = [x for x in analyser.analyse(heard) if isinstance(x, StepAnnounced)]
    assert (found.function, found.step) == (F.WAARDEREN, None)
    assert found.function_probability == 1.0
