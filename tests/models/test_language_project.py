from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from companion.analysis.pipeline import load
from companion.analysis.sentence_kind import SentenceKindComponent
from models.nl import checksums, reading, tagging
from models.nl.measuring import calibration_error, grouped, kappa, macro_f1, score
from models.nl.reading import PARTS, agreements, announcements, meeting_lines


def test_the_corpus_is_as_its_checksums_say() -> None:
    assert [name for name in checksums.differing() if "/heard/" not in name] == []


def test_no_file_is_in_two_parts() -> None:
    for kind in ("meetings", "announcements", "steps", "agreements"):
        names = [name for part in PARTS for name in reading.batches(kind, part)]
        assert len(names) == len(set(names))


def test_the_corpus_is_as_large_as_promised() -> None:
    lines = [line for part in PARTS for line in meeting_lines(part)]
    steps = [row for part in PARTS for row in announcements(part)]
    plans = [row for part in PARTS for row in agreements(part)]
    assert len(lines) >= 4000
    assert (
        min(sum(line.label == label for line in lines) for label in {r.label for r in lines}) > 300
    )
    assert sum(row.target is not None or row.end for row in steps) >= 600
    assert sum(row.kind == "afspraak" for row in plans) >= 400


def test_every_slot_of_an_agreement_stands_in_its_text() -> None:
    for part in PARTS:
        for row in agreements(part):
            assert all(said in row.text for said in row.slots.values()), row.id


def development_f1() -> float:
    component: object = load().get_pipe("sentence_kind")
    assert isinstance(component, SentenceKindComponent)
    lines = meeting_lines("dev")
    found = component.scores([line.text for line in lines], [line.context() for line in lines])
    pairs = [
        (str(line.label), component.kinds[int(row.argmax())])
        for line, row in zip(lines, found, strict=True)
    ]
    return macro_f1(grouped(pairs))


def test_the_pipeline_is_as_good_as_it_was_on_the_development_part() -> None:
    assert development_f1() > 0.92


def test_a_broken_component_lowers_the_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    component: object = load().get_pipe("sentence_kind")
    assert isinstance(component, SentenceKindComponent)
    model = component.model("kinds")
    monkeypatch.setattr(model, "weights", model.weights * 0)
    assert development_f1() < 0.85


def test_a_changed_label_in_the_corpus_changes_the_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = development_f1()
    meetings = tmp_path / "meetings"
    meetings.mkdir()
    for name in reading.batches("meetings", "dev"):
        text = (reading.CORPUS / "meetings" / f"{name}.txt").read_text("utf-8")
        (meetings / f"{name}.txt").write_text(text.replace("\topen\t", "\tgesloten\t", 1), "utf-8")
    monkeypatch.setattr(reading, "CORPUS", tmp_path)
    assert development_f1() < before


def test_scores_are_counted_as_defined() -> None:
    pairs = [("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]
    assert (score(pairs, "a").precision, score(pairs, "a").recall) == (1.0, 0.5)
    assert score(pairs, "c").f1 == 0.0


def test_perfect_agreement_has_kappa_one_and_chance_none() -> None:
    assert kappa([("a", "a"), ("b", "b")]) == 1.0
    assert kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == 0.0


def test_being_sure_and_wrong_is_a_calibration_error() -> None:
    assert calibration_error([(1.0, True), (1.0, True)]) == 0.0
    assert calibration_error([(1.0, False), (1.0, True)]) == 0.5


def test_the_first_building_makes_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tagging, "TAGGER", tmp_path / "build" / "tagger")
    monkeypatch.setattr(tagging, "trained", lambda: spacy.blank("nl"))
    monkeypatch.setattr(tagging, "PARTS", ())
    tagging.main()
    assert (tmp_path / "build" / "tagger" / "meta.json").exists()
