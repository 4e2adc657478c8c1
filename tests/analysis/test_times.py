from __future__ import annotations

from datetime import date, datetime

import pytest

from companion.analysis.times import resolve, time_spans

WEDNESDAY = date(2027, 3, 31)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("dinsdag", date(2027, 4, 6)),
        ("volgende week vrijdag", date(2027, 4, 9)),
        ("donderdag over veertien dagen", date(2027, 4, 15)),
        ("over een week of vijf", date(2027, 5, 5)),
        ("in de loop van april", date(2027, 4, 30)),
        ("de eerste maandag van mei", date(2027, 5, 3)),
        ("nog deze week", date(2027, 4, 2)),
    ],
)
def test_a_day_is_found(said: str, day: date) -> None:
    assert resolve(said, WEDNESDAY) == day


def test_a_weekday_with_a_clock_time_lies_ahead() -> None:
    assert resolve("vrijdag om 10 uur", WEDNESDAY) == datetime(2027, 4, 2, 10, 0)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ("morgen om half negen", "08:30"),
        ("morgen kwart over twee", "14:15"),
        ("morgenavond om half acht", "19:30"),
        ("morgen tegen vijven", "17:00"),
        ("morgen om tien voor half drie", "14:20"),
        ("morgenvoormiddag om tien uur", "10:00"),
        ("morgen om zes uur 's ochtends", "06:00"),
    ],
)
def test_a_spoken_clock_time_is_read(said: str, clock: str) -> None:
    found = resolve(said, WEDNESDAY)
    assert isinstance(found, datetime)
    assert found.strftime("%H:%M") == clock


def test_before_a_day_is_the_day_before_and_after_a_feast_the_next_working_day() -> None:
    assert resolve("voor dinsdag", WEDNESDAY) == date(2027, 4, 5)
    assert resolve("na Pinksteren", WEDNESDAY) == date(2027, 5, 18)


def test_the_last_of_a_self_correction_counts() -> None:
    assert resolve("maandag, of nee, dinsdag", WEDNESDAY) == date(2027, 4, 6)


@pytest.mark.parametrize(
    "said", ["vorige week", "gisteren", "ooit nog eens", "elke dinsdag", "over een paar weken", ""]
)
def test_what_is_past_or_vague_gives_no_day(said: str) -> None:
    assert resolve(said, WEDNESDAY) is None


def test_a_date_that_does_not_exist_gives_no_day() -> None:
    assert resolve("31-2", WEDNESDAY) is None


def test_expressions_are_found_in_a_sentence_with_their_small_words() -> None:
    text = "Ik bel hem uiterlijk vrijdag om half tien op."
    assert [text[a:b] for a, b in time_spans(text)] == ["uiterlijk vrijdag om half tien"]


def test_a_sentence_without_a_moment_has_no_expression() -> None:
    assert time_spans("Ik bespreek het met mijn teamleider.") == []
