from __future__ import annotations

import pytest

from companion.analysis.agreement_moment import moment_in


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("Ik bel hem dinsdag na de briefing op.", "dinsdag na de briefing"),
        ("Ik ga maandag voor Wouter koken.", "maandag"),
        ("Ik vraag of ze donderdag meegaat.", None),
        ("Ik vraag of hij meekijkt, ergens deze maand.", "ergens deze maand"),
        ("Vanaf volgend rooster zet ik haar op twee nachten.", "Vanaf volgend rooster"),
        ("Zodra het dak dicht is bel ik hem.", "Zodra het dak dicht is"),
        ("Voor de zomervakantie spreek ik haar.", "Voor de zomervakantie"),
        ("Ik bied hem op de zestiende mijn excuses aan.", "op de zestiende"),
        ("Ik ga nu echt dat gesprek doen.", None),
        ("Ik meld het bij de ombudsdienst.", None),
        ("Ik laat het dit weekend rusten.", "dit weekend"),
    ],
)
def test_the_words_that_tell_when(said: str, when: str | None) -> None:
    span = moment_in(said, None)
    assert (said[span[0] : span[1]] if span else None) == when


def test_a_guess_counts_only_when_it_sounds_like_a_time() -> None:
    said = "Ik doe het onder het laden, met een grap."
    start = said.index("onder")
    assert moment_in(said, (start, start + 15)) == (start, start + 15)
    grap = said.index("met een")
    assert moment_in(said, (grap, grap + 12)) is None
