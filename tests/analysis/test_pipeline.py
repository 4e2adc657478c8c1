from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from companion.analysis import pipeline
from companion.analysis.classify import classify
from companion.analysis.pipeline import PARTS, load
from companion.errors import ModelError
from companion.vocabulary import SentenceKind

COLLEAGUE = "Heb je al eens geprobeerd om met je collega te praten?"


def test_the_shipped_pipeline_has_all_parts_and_stays_small() -> None:
    assert set(PARTS) <= set(load().pipe_names)
    files = pipeline.bundled_pipeline().rglob("*")
    assert sum(file.stat().st_size for file in files if file.is_file()) < 15 * 2**20


def test_every_part_leaves_its_spans_with_rule_and_probability() -> None:
    doc = load()("Heb je al eens geprobeerd om hem te bellen? Ik bel hem morgen.")
    kind = doc.spans["sentence_kind"][0]
    assert (kind.label_, kind.id_) == ("verkapt_advies", "tried-already")
    assert sum(kind._.kind_scores.values()) == pytest.approx(1.0, abs=1e-4)
    assert [span.text for span in doc.spans["time_expression"]] == ["morgen"]


def test_a_verb_first_question_without_its_mark_is_seen_by_the_tagger() -> None:
    doc = load()("stond je leidinggevende daar ook bij")
    assert "VerbForm=Fin" in str(doc[0].morph)


def test_sentences_are_classified_without_context() -> None:
    asked, open_one = classify([COLLEAGUE, "Wat deed dat met je?"])
    assert asked.label is SentenceKind.VERKAPT_ADVIES
    assert open_one.label is SentenceKind.OPEN
    assert set(asked.scores) == set(SentenceKind)
    assert sum(asked.scores.values()) == pytest.approx(1.0, abs=1e-4)


def test_one_by_one_and_in_batch_give_the_same() -> None:
    texts = [COLLEAGUE, "Wat deed dat met je?", "Ik was er niet bij."]
    assert [one.label for one in classify(texts)] == [classify([t])[0].label for t in texts]


def test_nothing_to_classify_is_no_error() -> None:
    assert classify([]) == []


def test_another_spacy_model_can_be_the_base(tmp_path: Path) -> None:
    base = spacy.blank("nl")
    base.add_pipe("sentencizer", name="senter")
    base.to_disk(tmp_path / "base")
    assert classify([COLLEAGUE], str(tmp_path / "base"))[0].label is SentenceKind.VERKAPT_ADVIES


def test_a_base_that_is_not_there_is_refused() -> None:
    with pytest.raises(ModelError, match="can't be loaded"):
        classify(["Wat?"], "nl_core_news_nowhere")


def test_a_missing_pipeline_says_how_to_build_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "bundled_pipeline", lambda: tmp_path)
    with pytest.raises(ModelError, match="make language"):
        load("anything")
