from __future__ import annotations

import msgspec
import pytest

from companion.method.evaluation import LEAST, QUESTIONS, Answers, Range, spread


def _answers(*given: tuple[int, int, int]) -> list[Answers]:
    return [Answers(veilig=a, methode=b, meenemen=c) for a, b, c in given]


def test_every_question_is_a_field_of_the_answers_and_the_other_way_round() -> None:
    assert Answers.__struct_fields__ == tuple(question.id for question in QUESTIONS)
    assert all(question.text.en and question.low.en and question.high.en for question in QUESTIONS)


@pytest.mark.parametrize("count", range(LEAST))
def test_fewer_than_four_answers_show_nothing(count: int) -> None:
    assert spread(_answers(*[(5, 5, 5)] * count)) is None


def test_four_answers_show_lowest_middle_and_highest() -> None:
    found = spread(_answers((2, 10, 0), (8, 10, 10), (7, 10, 4), (9, 10, 5)))
    assert found is not None
    assert found.count == 4
    assert found.of == {
        "veilig": Range(low=2, median=7.5, high=9),
        "methode": Range(low=10, median=10.0, high=10),
        "meenemen": Range(low=0, median=4.5, high=10),
    }


def test_the_order_of_the_answers_does_not_matter() -> None:
    given = _answers((1, 2, 3), (4, 5, 6), (7, 8, 9), (0, 10, 5), (3, 3, 3))
    assert spread(given) == spread(given[::-1])


@pytest.mark.parametrize("value", [-1, 11, 5.5, "5", None])
def test_an_answer_lies_between_nought_and_ten(value: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"veilig": value, "methode": 5, "meenemen": 5}, Answers)
