from __future__ import annotations

import pytest

from companion.analysis.persons import is_person_word, person_phrases


def _phrases(text: str) -> list[str]:
    return [text[phrase.start : phrase.end] for phrase in person_phrases(text)]


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("Ik bel morgen met Fatma van het wijkteam.", ["Fatma van het wijkteam"]),
        ("Ik ga met de moeder en de zoon praten.", ["de moeder en de zoon"]),
        ("Ik ga met Bartek en Milan lopen.", ["Bartek en Milan"]),
        ("Ik ga langs bij mevrouw De Wit.", ["mevrouw De Wit"]),
        ("Ik vraag mijn collega Pim.", ["mijn collega Pim"]),
        ("Morgen vertel ik het mijn teamleider.", ["mijn teamleider"]),
        ("Ik zeg het haar.", ["haar"]),
        ("Ik loop langs bij de inkoper en de planner.", ["de inkoper en de planner"]),
        ("Ik leg het voor aan de OR.", ["de OR"]),
        ("ik bel morgen met juf annemiek", ["juf annemiek"]),
        ("ik ga vrijdag met gerard lunchen", ["gerard"]),
        ("Ik ga zitten met de folder en de computer.", []),
        ("ik ga met een lijsje naar buiten", []),
        ("Ik zet het op één A4.", []),
        ("Ik vraag haar moeder.", ["haar moeder"]),
        ("Volgende week dinsdag in mei, na Pasen.", []),
        ("'k Ga een boekske leggen.", []),
        ("Zaterdag bak ik een taart.", []),
    ],
)
def test_people_are_found_as_they_are_named(said: str, people: list[str]) -> None:
    assert _phrases(said) == people


def test_a_word_for_people_is_known_by_its_end() -> None:
    assert is_person_word("teamleider")
    assert is_person_word("Schoonmoeder")
    assert not is_person_word("rapportage")
