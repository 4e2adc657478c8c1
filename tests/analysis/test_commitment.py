from __future__ import annotations

import pytest

from companion.analysis.commitment import commitment_features, has_moment, is_plain_plan
from companion.vocabulary import Role


@pytest.mark.parametrize(
    ("said", "plan"),
    [
        ("Ik bel hem morgen.", True),
        ("Ik ga dat met haar bespreken.", True),
        ("Morgen leg ik het voor.", True),
        ("Ik bel hem.", False),
        ("Ik vond het morgen lastig.", False),
        ("Ik wil hem morgen bellen.", False),
        ("Hij belt morgen.", False),
    ],
)
def test_a_plain_plan_has_a_deed_of_the_speaker_and_a_moment_or_will(said: str, plan: bool) -> None:  # noqa: FBT001
    assert is_plain_plan(said) is plan


def test_what_lies_behind_us_is_no_moment() -> None:
    assert has_moment("Ik bel hem volgende week")
    assert not has_moment("Ik belde hem vorige week dinsdag")


def test_the_role_is_among_the_features_where_it_is_known() -> None:
    known = commitment_features("Ik bel hem morgen.", Role.INBRENGER)
    assert set(commitment_features("Ik bel hem morgen.", None)) < set(known)
