from __future__ import annotations

from companion.analysis.gaps import words_of
from companion.analysis.pipeline import load
from companion.analysis.sentences import split_at_marks


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split_at_marks(text)]


def test_sentences_end_at_final_marks() -> None:
    assert cut("Dat was lastig. Wat deed je toen? Niets!") == [
        "Dat was lastig.",
        "Wat deed je toen?",
        "Niets!",
    ]


def test_an_abbreviation_ends_no_sentence() -> None:
    assert cut("Ik sprak mevr. De Wit. Ze was boos.") == ["Ik sprak mevr. De Wit.", "Ze was boos."]


def test_empty_text_has_no_sentence() -> None:
    assert cut("   ") == []


def test_a_lost_mark_between_two_clear_sentences_is_made_good() -> None:
    doc = load()("ik vond dat heel erg moeilijk toen ik daar stond wat heb je daarna gedaan")
    assert len(list(doc.sents)) <= 2


def test_a_comma_is_remembered_with_the_word_after_it() -> None:
    assert [word.paused for word in words_of("ja, dus niet")] == [False, True, False]
