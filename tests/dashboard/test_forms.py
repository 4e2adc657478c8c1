from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.dashboard.consent import consent_from
from companion.dashboard.forms import Form, clean, parse_form
from companion.errors import UsageError
from companion.vocabulary import StepMode


@given(st.text())
def test_a_cleaned_text_is_one_short_line_without_control_characters(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) <= 200
    assert cleaned == cleaned.strip()
    assert not any(ord(c) < 32 or c in "\x7f\u202e\u200b\ufeff" for c in cleaned)


@given(st.binary())
def test_any_bytes_are_a_form_of_some_kind(body: bytes) -> None:
    form = parse_form(body)
    assert form.text("name") == clean(form.text("name"))


@pytest.mark.parametrize(("typed", "value"), [("12,5", 12.5), ("1", 1.0), ("", None)])
def test_minutes_take_a_comma(typed: str, value: float | None) -> None:
    assert Form([("m", typed)]).minutes("m") == value


@pytest.mark.parametrize("typed", ["0", "-1", "241", "nan", "inf", "1e9", "een", "٣x"])
def test_minutes_that_make_no_sense_are_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        Form([("m", typed)]).minutes("m")


@pytest.mark.parametrize(
    ("typed", "value"),
    [("3", 3), ("-1", -1), ("", None), ("1.5", None), ("٣", None), ("--1", None), ("-", None)],
)
def test_a_whole_number_is_one_or_nothing(typed: str, value: int | None) -> None:
    assert Form([("n", typed)]).whole("n") == value


def test_an_unknown_choice_is_the_usual_one() -> None:
    assert Form([("mode", "x")]).choice("mode", StepMode, StepMode.HAND) is StepMode.HAND


def test_consent_counts_those_without_a_box_of_their_own() -> None:
    form = Form([("agrees", "Ans"), ("agrees", "Bo"), ("rest", "yes")])
    assert consent_from(form, ["Ans", "Bo"], 1) == 3


def test_a_name_that_nobody_asked_about_adds_no_consent() -> None:
    form = Form([("agrees", "Ans"), ("agrees", "Zed"), ("rest", "yes")])
    with pytest.raises(UsageError):
        consent_from(form, ["Ans", "Bo"])


def test_the_begeleider_may_count_but_not_fewer_than_are_named() -> None:
    counted = [("present", "5"), ("agreed", "5")]
    assert consent_from(Form(counted), ["Ans", "Bo"], 1) == 5
    with pytest.raises(UsageError):
        consent_from(Form([("present", "2"), ("agreed", "2")]), ["Ans", "Bo"], 1)


def test_one_no_is_enough_whoever_else_agreed() -> None:
    form = Form([("agrees", "Ans"), ("rest", "yes"), ("nee", "yes")])
    with pytest.raises(UsageError):
        consent_from(form, ["Ans"])
