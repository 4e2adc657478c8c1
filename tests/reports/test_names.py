from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.reports.names import names_in, without_names

MEMBERS = ("Ans", "Bilal", "Daan")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("bellen met mijn teamleider Karin", "bellen met mijn teamleider"),
        ("mijn teamleider, Karin de Vries, mailen", "mijn teamleider mailen"),
        ("Karin, mijn teamleider, om advies vragen", "mijn teamleider om advies vragen"),
        ("naar wijkverpleegkundige Fatima gaan", "naar de wijkverpleegkundige gaan"),
        (
            "met onze intern begeleider Joris van den Berg praten",
            "met onze intern begeleider praten",
        ),
        ("met het kind Noor tekenen", "met het kind tekenen"),
    ],
)
def test_a_role_stands_where_a_role_and_a_name_stood(said: str, kept: str) -> None:
    assert without_names([said], MEMBERS) == (kept,)


@pytest.mark.parametrize(
    "said",
    [
        "met mijn collega Daan oefenen",
        "mijn teamleider maandag bellen",
        "met mijn collega Maandag of dinsdag",
        "Karin bellen",
        "de moeder van Sem bellen",
    ],
)
def test_members_and_names_without_a_role_stay(said: str) -> None:
    assert without_names([said], MEMBERS) == (said,)


def test_a_name_gets_its_role_in_every_text_of_the_agreement() -> None:
    texts = ["mijn teamleider Karin bellen en Karin vragen", "Karin", "Karina"]
    shown = without_names(texts, MEMBERS)
    assert shown == (
        "mijn teamleider bellen en mijn teamleider vragen",
        "mijn teamleider",
        "Karina",
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("de moeder van Sem bellen", ("Sem",)),
        ("praten met Karin de Vries en daarna met Karin", ("Karin de Vries", "Karin")),
        ("Karin bellen", ("Karin",)),
        ("Rooster maken. Ouders bellen", ()),
        ("Met Ans en Bilal naar Utrecht, op Maandag in Mei", ()),
        ("Overleg met HR en de GGZ via Teams", ()),
        ("Ik bel Daan", ()),
    ],
)
def test_what_may_be_a_third_party_is_marked(text: str, found: tuple[str, ...]) -> None:
    assert names_in(text, MEMBERS) == found


def test_the_groups_own_words_are_no_names() -> None:
    assert names_in("naar Bergvliet fietsen", MEMBERS, ("Bergvliet College",)) == ()
    assert names_in("naar Bergvliet fietsen", MEMBERS) == ("Bergvliet",)


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
def test_no_text_is_too_odd(text: str, members: list[str]) -> None:
    (kept,) = without_names([text], members)
    names_in(kept, members)
    assert (text == kept) or len(kept) <= len(text) + 40
