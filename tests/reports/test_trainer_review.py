from __future__ import annotations

import json
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import UsageError
from companion.method.evaluation import Range, Spread
from companion.method.figures import MeetingFigures
from companion.method.indicators import judge
from companion.reports.trainer_group import GroupReview
from companion.reports.trainer_review import (
    OWN,
    TrainerReview,
    figures_from,
    from_file,
    is_shipped,
    to_file,
    trainer_review,
)
from companion.vocabulary import SentenceKind, Text
from tests.method.figured import some_figures
from tests.method.meetings import METHODS

SPREAD = Spread(count=5, of={"veilig": Range(low=3, median=7.0, high=10)})
MODELS = frozenset({"base"})


def _given(figures: MeetingFigures, spread: Spread | None = SPREAD) -> TrainerReview:
    return trainer_review(figures, spread, METHODS, MODELS)


figures = st.builds(
    some_figures,
    method=st.sampled_from(sorted(METHODS)),
    questions=st.lists(st.sampled_from(SentenceKind), max_size=12).map(
        lambda kinds: tuple(k for k in kinds if k not in {"advies", "verkapt_advies", "neutraal"})
    ),
    early=st.integers(0, 6),
    voices=st.integers(1, 6),
    listened=st.booleans(),
)


@given(figures, st.none() | st.just(SPREAD))
def test_a_file_reads_back_as_the_same_review(made: MeetingFigures, spread: Spread | None) -> None:
    review = _given(made, spread)
    assert from_file(to_file(review)) == review
    independent = msgspec.convert(json.loads(to_file(review)), TrainerReview)
    assert independent == review


@given(figures)
def test_what_a_trainer_judges_is_what_the_group_judges(made: MeetingFigures) -> None:
    seen = figures_from(_given(made), METHODS)
    ours = {j.indicator: (j.verdict, j.value) for j in judge(made)}
    theirs = {j.indicator: (j.verdict, j.value) for j in judge(seen)}
    assert ours == theirs


@given(figures)
def test_giving_what_was_given_gives_the_same(made: MeetingFigures) -> None:
    review = _given(made)
    again = trainer_review(figures_from(review, METHODS), SPREAD, METHODS, MODELS)
    assert again == review


def test_a_method_of_the_groups_own_goes_without_its_names() -> None:
    made = some_figures()
    steps = tuple(
        msgspec.structs.replace(step, name=Text(nl="Ronde van Joost")) for step in made.method.steps
    )
    own = msgspec.structs.replace(made, method=msgspec.structs.replace(made.method, steps=steps))
    review = _given(own)
    assert review.method == OWN
    assert b"Joost" not in to_file(review)
    assert {step.id for step in review.steps} == {""}
    seen = figures_from(review, METHODS)
    assert [step.name.nl for step in seen.method.steps][:2] == ["Vertellen", "Vragen"]


def test_shares_of_three_voices_stay_with_the_group() -> None:
    assert _given(some_figures(voices=3)).voices == ()
    four = _given(some_figures(voices=4)).voices
    assert [voice.voice for voice in four] == [1, 2, 3, 4]
    assert [voice.share for voice in four] == sorted((v.share for v in four), reverse=True)


def test_a_model_that_does_not_ship_has_no_name() -> None:
    assert _given(some_figures(model="van-joost")).model == ""
    assert _given(some_figures()).model == "base"


def test_a_shipped_method_is_known_by_its_names_not_only_its_id() -> None:
    method = METHODS["crea"]
    assert is_shipped(method, METHODS)
    renamed = msgspec.structs.replace(method, name=Text(nl="CREA van Joost"))
    assert not is_shipped(renamed, METHODS)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[1, 2",
        b"\xff\xfe",
        b'{"kind": "iets anders"}',
        to_file(_given(some_figures())).replace(b'"version": 1', b'"version": 2'),
        to_file(_given(some_figures())).replace(b'"meeting": "m1"', b'"meeting": "Joost Bakker"'),
        to_file(_given(some_figures())).replace(b'"led": true', b'"led": true, "quote": "ik"'),
        to_file(_given(some_figures())).replace(b'"open": ', b'"joost": '),
        to_file(_given(some_figures())).replace(b'"planned": 60', b'"planned": -60'),
        to_file(_given(some_figures())).replace(b'"step": 1', b'"step": 99'),
    ],
)
def test_what_is_no_review_is_refused_in_a_line(content: bytes) -> None:
    with pytest.raises(UsageError, match="no review"):
        from_file(content)


def _free_texts(hint: Any, path: str, *, checked: bool = False) -> list[str]:
    """Where a value of this type can hold a text that nothing checks."""
    if get_origin(hint) is Annotated:
        base, *notes = get_args(hint)
        pattern = any(getattr(note, "pattern", None) for note in notes)
        return _free_texts(base, path, checked=pattern)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        hints = get_type_hints(hint, include_extras=True)
        return [p for name in hint.__struct_fields__ for p in _free_texts(hints[name], name)]
    if get_origin(hint) is dict:
        return _free_texts(get_args(hint)[1], path)  # keys: see the test of unknown words
    if get_origin(hint) in (Union, UnionType, tuple):
        return [p for part in get_args(hint) if part is not ... for p in _free_texts(part, path)]
    is_word = get_origin(hint) is Literal or (isinstance(hint, type) and issubclass(hint, Enum))
    fine = checked or is_word or hint in (int, float, bool, type(None))
    return [] if fine else [path]


def test_no_field_for_a_trainer_can_hold_free_text() -> None:
    assert _free_texts(TrainerReview, "") == []


def test_the_look_for_free_text_finds_it() -> None:
    assert _free_texts(Text, "") == ["nl", "en"]


def test_the_group_sees_nothing_about_one_person() -> None:
    about_one = {"members", "voices", "begeleider_share", "spoke_in_silence", "speech"}
    names = set(GroupReview.__struct_fields__)
    assert not names & about_one
