from __future__ import annotations

import pytest

from companion.dashboard.sharing_code import (
    ALPHABET,
    BUDGET,
    FREE_GUESSES,
    LENGTH,
    LONGEST_WAIT,
    JoinCode,
    Verdict,
    new_code,
)

RIGHT = "ABCD2345"
WRONG = "ZZZZ9999"


def test_a_code_has_eight_characters_that_nobody_misreads() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {LENGTH}
    assert len(ALPHABET) == 31
    assert not set("".join(codes)) & set("01ILO")


@pytest.mark.parametrize("typed", [RIGHT, "abcd2345", "ABCD 2345", " abcd-2345\n", "a b c d2345"])
def test_the_code_is_right_however_it_is_typed(typed: str) -> None:
    assert JoinCode(RIGHT).guess(typed, "a", 0.0) is Verdict.RIGHT


@pytest.mark.parametrize(
    "typed", ["", WRONG, RIGHT[:7], RIGHT + "X", "ＡＢＣＤ２３４５", "é" * 99, "\ud800"]
)
def test_anything_else_is_wrong(typed: str) -> None:
    assert JoinCode(RIGHT).guess(typed, "a", 0.0) is Verdict.WRONG


def test_who_guesses_wrong_waits_longer_and_longer_and_even_the_right_code_waits() -> None:
    code = JoinCode(RIGHT)
    for _ in range(FREE_GUESSES):
        assert code.guess(WRONG, "a", 0.0) is Verdict.WRONG
    assert code.guess(RIGHT, "a", 29.0) is Verdict.WAIT
    assert code.guess(WRONG, "a", 31.0) is Verdict.WRONG
    assert code.guess(RIGHT, "a", 89.0) is Verdict.WAIT
    assert code.guess(RIGHT, "a", 91.5) is Verdict.RIGHT


def test_another_address_does_not_wait_along() -> None:
    code = JoinCode(RIGHT)
    for _ in range(FREE_GUESSES + 1):
        code.guess(WRONG, "prankster", 0.0)
    assert code.guess(RIGHT, "prankster", 1.0) is Verdict.WAIT
    assert code.guess(RIGHT, "somebody", 1.0) is Verdict.RIGHT


def test_a_hundred_thousand_guesses_of_one_address_are_looked_at_a_handful_of_times() -> None:
    code = JoinCode(RIGHT)
    verdicts = [code.guess(WRONG, "a", number / 25) for number in range(100_000)]  # over an hour
    assert verdicts.count(Verdict.WRONG) == code.wrong <= 15
    assert code.guess(RIGHT, "b", 4000.0) is Verdict.RIGHT


def test_a_hundred_thousand_guesses_of_many_addresses_end_at_the_budget() -> None:
    code = JoinCode(RIGHT)
    for number in range(100_000):
        code.guess(WRONG, f"192.168.1.{number % 5000}", number / 25)
    assert code.wrong == BUDGET
    assert code.spent
    assert code.guess(RIGHT, "somebody", 4000.0) is Verdict.SPENT
    assert len(code._guessers) <= BUDGET
    assert BUDGET / len(ALPHABET) ** LENGTH < 1e-8


def test_no_wait_is_longer_than_a_quarter_of_an_hour() -> None:
    code, now = JoinCode(RIGHT), 0.0
    for _ in range(40):
        code.guess(WRONG, "a", now)
        now += LONGEST_WAIT
    assert code.guess(RIGHT, "a", now) is Verdict.RIGHT
