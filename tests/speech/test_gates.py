from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.audio.level import Level
from companion.speech.gates import Refusal, compression, loops, refuse, too_quiet
from companion.speech.transcriber import Recognised


def _refusal(text: str, seconds: float = 5.0, logprob: float = -0.4) -> Refusal | None:
    return refuse(Recognised(text, logprob, 0.02), seconds)


@pytest.mark.parametrize(
    "text",
    [
        "Wat deed dat met jou?",
        "Ja.",
        "Nee, nee, nee, dat bedoel ik niet.",
        "Ik heb de ondertitels van het filmpje met de klas bekeken.",
        "We hebben samen naar muziek geluisterd.",
        "Dank je wel voor je verhaal.",
        "Bedankt voor het luisteren allemaal.",
        "Dat is de vertaling van mijn vraag.",
        "Hij werkt bij de NPO.",
    ],
)
def test_what_people_say_passes(text: str) -> None:
    assert _refusal(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Ondertiteld door de Amara.org gemeenschap",
        "Ondertitels ingediend door de Amara.org gemeenschap",
        "Ondertiteling: TVT Media Subtitling",
        "TV GELDERLAND 2021",
        "Bedankt voor het kijken!",
        "Dank u wel voor het kijken.",
        "Abonneer je op ons kanaal",
        "Ondertitels: NPO, TT888, 2021",
        "MUZIEK",
        "Muziek.",
        "© 2019",
    ],
)
def test_subtitle_credits_are_refused(text: str) -> None:
    assert _refusal(text) is Refusal.CREDIT


@pytest.mark.parametrize("text", ["", "  ", "...", "♪♪", "-"])
def test_nothing_said_is_refused(text: str) -> None:
    assert _refusal(text) is Refusal.EMPTY


def test_no_speech_counts_only_where_the_words_are_unsure_too() -> None:
    assert refuse(Recognised("Ja, precies.", -0.9, 0.8), 2.0) is Refusal.NO_SPEECH
    assert refuse(Recognised("Ja, precies.", -0.3, 0.8), 2.0) is None


def test_very_unsure_words_are_refused() -> None:
    assert _refusal("Wie in de los sprint.", logprob=-1.5) is Refusal.UNSURE


def test_text_that_repeats_itself_is_refused() -> None:
    assert _refusal("Ik weet het niet zo goed. " * 12, seconds=20) is Refusal.REPETITIVE


def test_loop_of_words_is_refused() -> None:
    assert _refusal("en dan ga ik naar huis en en en en en", seconds=9) is Refusal.LOOP


def test_more_words_than_a_mouth_can_say_are_refused() -> None:
    text = "wij gingen samen door de lange gang naar buiten en zagen daar een boze vader staan"
    assert _refusal(text, seconds=0.6) is Refusal.TOO_FAST
    assert _refusal(text, seconds=4.0) is None


def test_saying_no_three_times_is_no_loop() -> None:
    assert not loops(["nee"] * 3)
    assert loops(["nee"] * 4)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=6), st.integers(4, 8))
def test_any_phrase_four_times_in_a_row_is_a_loop(phrase: list[str], times: int) -> None:
    assert loops(["x", *phrase * times, "y"])


@given(st.permutations([f"w{i}" for i in range(30)]))
def test_words_that_differ_are_never_a_loop(words: list[str]) -> None:
    assert not loops(words)


def test_compression_of_nothing_is_nothing() -> None:
    assert compression("") == 0.0


def test_level_floor_lets_a_whisper_through() -> None:
    assert too_quiet(Level(-72.0, -60.0))
    assert not too_quiet(Level(-52.0, -40.0))
