from __future__ import annotations

from pathlib import Path

import pytest

from companion.analysis.rules import RuleBook, kind_rules
from companion.analysis.words import words
from companion.errors import UsageError
from companion.vocabulary import SentenceKind


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("Heb je al eens geprobeerd om hem te bellen?", "tried-already"),
        ("Wat heb je allemaal al geprobeerd?", "invites"),
        ("Als ik jou was ging ik erheen", "would-do-myself"),
        ("Hoe laat was dat?", "one-fact"),
    ],
)
def test_a_turn_of_phrase_is_named(said: str, rule: str) -> None:
    assert rule in kind_rules().matching(words(said))


def test_what_was_tried_is_not_taken_for_disguised_advice() -> None:
    assert "tried-already" not in kind_rules().matching(words("Wat heb je allemaal al geprobeerd?"))


def test_every_rule_speaks_for_a_label_that_exists() -> None:
    assert set(kind_rules().labels.values()) <= {str(kind) for kind in SentenceKind}


def test_a_rule_file_with_an_unknown_key_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[you]\nwords = "je"\n[[rule]]\nid = "x"\nlabel = "open"\nfoo = 1\npatterns = ["a"]\n'
    )
    with pytest.raises(UsageError, match=r"mine\.toml"):
        RuleBook(file)
