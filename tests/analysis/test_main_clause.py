from __future__ import annotations

import pytest

from companion.analysis.main_clause import in_i_form


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        ("Ik ga de vader een bericht sturen", "Ik ga de vader een bericht sturen"),
        ("Ik bel hem en dan ga ik langs", "Ik bel hem en dan ga ik langs"),
        ("Nou, dan bel ik hem op", "Ik bel hem op"),
        ("ga ik met Rita wandelen", "Ik ga met Rita wandelen"),
        ("Ik spreek af dat ik met hem gaat bellen", "Ik ga met hem bellen"),
        ("Ik met de directeur om de tafel ga zitten", "Ik ga met de directeur om de tafel zitten"),
        ("Mijn eerste stap is dat ik de huisarts opbel", "Ik bel de huisarts op"),
        ("Ik neem me voor om eerst te luisteren", "Ik ga eerst luisteren"),
        (
            "Wat ik ga doen is de dochter vragen om mee te kijken",
            "Ik ga de dochter vragen om mee te kijken",
        ),
        ("Die rapportage doe ik", "Ik doe die rapportage"),
        (
            "En die kaart van Sadia, die stuur ik aan meneer",
            "Ik stuur die kaart van Sadia aan meneer",
        ),
        ("Ik bel mijn baas, dat spreek ik hier gewoon af", "Ik bel mijn baas"),
        ("Ik bel de arts, want dat klopt niet", "Ik bel de arts"),
        ("Hoe ik dat doe weet ik nog niet", "Hoe ik dat doe weet ik nog niet"),
        ("Een mail sturen", "Een mail sturen"),
        ("", ""),
    ],
)
def test_an_agreement_becomes_one_plain_sentence(said: str, clean: str) -> None:
    assert in_i_form(said) == clean
