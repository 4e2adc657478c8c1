from __future__ import annotations

import pytest

from companion.analysis.agreement_company import company_in


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ("Ik ga maandag met Wouter afspreken dat hij meeloopt.", "Wouter"),
        ("Ik loop bij Hakim binnen en leg ik hem het lege vakje voor.", "Hakim"),
        ("Die kaart van Sadia stuur ik aan meneer Terpstra.", "meneer Terpstra"),
        ("Ik vraag de dochter of haar broer ook komt.", "de dochter"),
        ("Dat meld ik de voorzitter per mail.", "de voorzitter"),
        ("Ik spreek af dat ik de huisarts bel.", "de huisarts"),
        ("Als ik terug ben bel ik de orthopedagoog.", "de orthopedagoog"),
        ("Ik stuur die claim niet via de jurist; ik rij zelf naar de aannemer.", "de aannemer"),
        ("Vrijdag, na de laatste cliënt, dus: de huisarts aan de telefoon.", "de huisarts"),
        ("Ik neem het advies van Ruud over.", None),
        ("Ik regel dat via de notaris.", None),
        ("Ik ga een wandeling maken met mijn jas uit.", None),
    ],
)
def test_the_people_that_it_is_done_with_are_chosen(said: str, whom: str | None) -> None:
    span = company_in(said, None, None)
    assert (said[span[0] : span[1]] if span else None) == whom


def test_a_word_that_a_model_points_at_counts_behind_aan_only() -> None:
    said = "Ik leg het aan de classis voor, met de pet af."
    classis, pet = said.index("de classis"), said.index("de pet")
    assert company_in(said, (classis, classis + 10), None) == (classis, classis + 10)
    assert company_in(said, (pet, pet + 6), None) is None


def test_people_inside_the_moment_are_no_company() -> None:
    said = "Ik doe het na het gesprek met Karin."
    start = said.index("na het")
    assert company_in(said, None, (start, len(said) - 1)) is None
