from __future__ import annotations

import pytest

from companion.analysis.agreement_slots import main_clause


@pytest.mark.parametrize(
    ("heard", "clean"),
    [
        ("Ik met de directeur om de tafel ga zitten", "Ik ga met de directeur om de tafel zitten"),
        ("Ik met hem gaat bellen", "Ik ga met hem bellen"),
        ("Ik ga de vader een bericht sturen", "Ik ga de vader een bericht sturen"),
        ("Ik bel hem en dan ga ik langs", "Ik bel hem en dan ga ik langs"),
        ("Een mail sturen", "Een mail sturen"),
    ],
)
def test_what_stood_behind_dat_becomes_a_sentence_of_its_own(heard: str, clean: str) -> None:
    assert main_clause(heard) == clean
