"""What the group made of a meeting: three questions, answers from 0 to 10, shown as a spread.

Answers carry no name and no moment. They are shown together only, and only when there are
enough of them that nobody's own answer can be read from the whole.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Annotated

import msgspec

from companion.vocabulary import Text

LEAST = 4
"""Answers from which there is something to see."""
HIGHEST = 10
Answer = Annotated[int, msgspec.Meta(ge=0, le=HIGHEST)]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question, and what the ends of its scale mean."""

    id: str
    text: Text
    low: Text
    high: Text


QUESTIONS = (
    Question(
        id="veilig",
        text=Text(
            nl="Ik voelde me vrij om te zeggen wat ik dacht.",
            en="I felt free to say what I was thinking.",
        ),
        low=Text(nl="helemaal niet", en="not at all"),
        high=Text(nl="helemaal", en="completely"),
    ),
    Question(
        id="methode",
        text=Text(
            nl="De stappen hielpen ons bij deze vraag.",
            en="The steps helped us with this question.",
        ),
        low=Text(nl="helemaal niet", en="not at all"),
        high=Text(nl="heel erg", en="very much"),
    ),
    Question(
        id="meenemen",
        text=Text(
            nl="Ik neem iets mee naar mijn eigen werk.",
            en="I take something back to my own work.",
        ),
        low=Text(nl="niets", en="nothing"),
        high=Text(nl="heel veel", en="a great deal"),
    ),
)


class Answers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one person answered, by the ids of QUESTIONS; 0 to 10."""

    veilig: Answer
    methode: Answer
    meenemen: Answer


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """Lowest, middle and highest answer to one question."""

    low: int
    median: float
    high: int


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of a meeting together."""

    count: int
    of: dict[str, Range]
    """By question id."""


def spread(answers: Sequence[Answers]) -> Spread | None:
    """The answers as a spread; None while there are fewer than LEAST."""
    if len(answers) < LEAST:
        return None
    return Spread(
        count=len(answers),
        of={
            question.id: _range([getattr(answer, question.id) for answer in answers])
            for question in QUESTIONS
        },
    )


def _range(values: list[int]) -> Range:
    return Range(low=min(values), median=float(statistics.median(values)), high=max(values))
