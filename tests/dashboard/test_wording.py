from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import pytest

from companion.dashboard.texts import LANGUAGES, Language
from companion.dashboard.troubles import sentence, status_of
from companion.dashboard.wording import Wording
from companion.errors import CompanionError, ConflictError, StorageError, UsageError
from companion.events import ListeningProblem, ListeningState
from companion.storage.records import ActionState
from companion.vocabulary import SentenceKind


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_words(language: Language) -> None:
    words = Wording(language)
    said: list[tuple[Callable[..., str], type[StrEnum]]] = [
        (words.listening, ListeningState),
        (words.problem, ListeningProblem),
        (words.outcome, ActionState),
        (words.kind, SentenceKind),
    ]
    for say, kinds in said:
        assert all(say(kind) for kind in kinds if kind)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (59.9, "0:59"), (60, "1:00"), (3600, "60:00"), (-0.5, "−0:01"), (-61, "−1:01")],
)
def test_the_clock_counts_through_zero(seconds: float, shown: str) -> None:
    assert Wording("nl").clock(seconds) == shown


@pytest.mark.parametrize(
    ("behind", "shown"), [(20, "op schema"), (65, "1 minuut achter"), (-600, "10 minuten voor")]
)
def test_pace_is_in_whole_minutes(behind: float, shown: str) -> None:
    assert Wording("nl").pace(behind) == shown


def test_a_date_that_is_none_stays_as_it_is() -> None:
    assert Wording("nl").iso_date("ooit") == "ooit"
    assert Wording("en").iso_date("2027-01-18") == "Monday 18 January"


@pytest.mark.parametrize(
    ("kind", "status"),
    [(ConflictError, 409), (UsageError, 422), (StorageError, 503), (CompanionError, 500)],
)
def test_an_error_has_a_status_and_never_shows_its_insides(
    kind: type[CompanionError], status: int
) -> None:
    error = kind("some.thing", "/home/someone/secret", "try")
    assert status_of(error) == status
    assert "secret" not in sentence(error, Wording("nl"))
