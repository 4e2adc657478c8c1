from __future__ import annotations

import pytest

from companion.cues.catalogue import catalogue
from companion.cues.sounding import SUBJECTS, Sound, aloud, choices_from, played


def test_every_cue_is_about_something_that_can_be_chosen() -> None:
    assert {cue.subject for cue in catalogue().values()} == set(SUBJECTS)


def test_without_a_choice_nothing_sounds() -> None:
    for stored in (None, "x", {}, {"time": "loud"}, {"time": 3}, {"nothing": "tone"}):
        assert set(choices_from(stored).values()) == {Sound.OFF}
    assert choices_from({"time": "tone"})["time"] is Sound.TONE


@pytest.mark.parametrize(
    ("how", "silent", "speaks", "heard"),
    [
        (Sound.OFF, False, True, Sound.OFF),
        (Sound.TONE, False, True, Sound.TONE),
        (Sound.SENTENCE, False, True, Sound.SENTENCE),
        (Sound.SENTENCE, False, False, Sound.TONE),
        (Sound.SENTENCE, True, True, Sound.TONE),
    ],
)
def test_what_is_heard_of_a_cue(
    how: Sound,
    heard: Sound,
    *,
    silent: bool,
    speaks: bool,
) -> None:
    assert played("turns", "Even stil", how, silent=silent, speaks=speaks).how is heard


def test_in_silence_a_tone_is_softer() -> None:
    assert played("time", "Bijna tijd", Sound.TONE, silent=True, speaks=True).soft
    assert not played("time", "Bijna tijd", Sound.TONE, silent=False, speaks=True).soft


def test_who_asked_is_answered_in_silence_too() -> None:
    answer = played("answer", "Nog 4 minuten", Sound.SENTENCE, silent=True, speaks=True)
    assert (answer.how, answer.text) == (Sound.SENTENCE, "Nog 4 minuten")


def test_a_longer_sentence_is_heard_for_longer() -> None:
    short = played("time", "Bijna tijd", Sound.SENTENCE, silent=False, speaks=True)
    long = played("time", "Bijna tijd " * 8, Sound.SENTENCE, silent=False, speaks=True)
    assert 1 < short.seconds < long.seconds < 10


def test_what_everyone_hears_is_worded_for_all() -> None:
    assert aloud(catalogue()["early-advice"], {"count": 1}, "nl").startswith("Bewaren we")
    assert aloud(catalogue()["time-left"], {"minutes": 240}, "nl").startswith("Nog 4 minuten")
