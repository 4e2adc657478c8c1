from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from companion.method.definitions import faults_of
from companion.method.editing import (
    copy_of,
    free_id,
    moved,
    with_changed_step,
    with_new_step,
    without_step,
)
from companion.vocabulary import Method, Text
from tests.method.meetings import METHODS

INCIDENT = METHODS["incident"]


def _ids(method: Method) -> list[str]:
    return [step.id for step in method.steps]


def test_a_copy_has_an_id_and_a_name_of_its_own_and_the_same_steps() -> None:
    copy = copy_of(INCIDENT, METHODS)
    assert copy.id == "incident-2"
    assert copy.name == Text(nl="Incidentmethode (eigen)", en="Incident method (own)")
    assert copy.steps == INCIDENT.steps
    assert copy_of(INCIDENT, [*METHODS, "incident-2"]).id == "incident-3"


def test_a_step_moves_up_and_down_but_not_off_the_list() -> None:
    assert _ids(moved(INCIDENT, "vragen", -1))[:2] == ["vragen", "introductie"]
    assert moved(INCIDENT, "introductie", -1) == INCIDENT
    assert moved(INCIDENT, "afronding", 1) == INCIDENT
    assert moved(INCIDENT, "geen", 1) == INCIDENT


@given(st.lists(st.tuples(st.sampled_from(_ids(INCIDENT)), st.integers(-9, 9)), max_size=12))
def test_moving_never_loses_a_step(moves: list[tuple[str, int]]) -> None:
    method = INCIDENT
    for step, by in moves:
        method = moved(method, step, by)
    assert sorted(_ids(method)) == sorted(_ids(INCIDENT))
    assert faults_of(method) == []


def test_a_new_step_comes_behind_the_one_asked_for_with_an_id_of_its_name() -> None:
    step = replace(INCIDENT.steps[0], name=Text(nl="Vragen"))
    longer = with_new_step(INCIDENT, step, after="introductie")
    assert _ids(longer)[:3] == ["introductie", "vragen-2", "vragen"]
    assert _ids(with_new_step(INCIDENT, step, after="geen"))[-1] == "vragen-2"


def test_a_step_is_changed_in_its_place_and_taken_out() -> None:
    longer = with_changed_step(INCIDENT, replace(INCIDENT.steps[1], minutes=25.0))
    assert [step.minutes for step in longer.steps][:3] == [3, 25, 10]
    assert _ids(without_step(INCIDENT, "vragen"))[1] == "perceptie"


@given(st.text(max_size=200), st.sets(st.sampled_from(["stap", "a", "a-2"])))
def test_an_id_can_be_made_of_any_name(name: str, taken: set[str]) -> None:
    made = free_id(name, taken)
    assert made not in taken
    assert faults_of(replace(INCIDENT, id=made)) == []


def test_accents_are_left_off() -> None:
    assert free_id("Évaluatie & één ding!", ()) == "evaluatie-een-ding"
