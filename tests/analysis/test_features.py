from __future__ import annotations

from companion.analysis.features import Context, core, sentence_features
from companion.vocabulary import Role, StepFunction


def test_capitals_and_marks_change_nothing_but_the_question_mark() -> None:
    assert sentence_features("Wat, eh, gebeurde er!") == sentence_features("wat eh gebeurde er.")
    assert sentence_features("Wat gebeurde er?") != sentence_features("Wat gebeurde er.")


def test_openers_are_skipped_to_find_how_a_sentence_begins() -> None:
    assert list(core(["nou", "ja", "heb", "je"])) == ["heb", "je"]
    assert list(core(["ja"])) == ["ja"]


def test_context_adds_features_and_takes_none_away() -> None:
    bare = sentence_features("Bel hem eens.")
    known = sentence_features(
        "Bel hem eens.", Context(role=Role.DEELNEMER, function=StepFunction.VRAGEN)
    )
    assert set(bare) < set(known)


def test_an_empty_sentence_is_no_error() -> None:
    assert sentence_features("") == sentence_features("   ")
