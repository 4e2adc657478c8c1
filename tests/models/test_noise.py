from __future__ import annotations

import json
import random
import re

import pytest

from models.nl.noise.alignment import align
from models.nl.noise.learn import Learner, Reading
from models.nl.noise.noise import FILE, NoiseModel
from models.nl.noise.tokens import text_of, tokens_of

QUESTION = "Wat heb je daarna met je collega besproken?"
SENTENCES = (
    QUESTION,
    "Heb je dat al eens tegen haar gezegd?",
    "Ik zou gewoon eens met haar gaan praten.",
    "Dank je wel, dat is helder. We gaan nu naar de adviezen.",
    "Ja.",
    "'t Is toch niet normaal, hè?",
)


@pytest.fixture(scope="module")
def model() -> NoiseModel:
    return NoiseModel.load()


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a draw, no secret


def heard(model: NoiseModel, text: str, times: int, source: str | None = None) -> list[str]:
    rng = seeded(11)
    return [model.distort(text, rng, source) for _ in range(times)]


def test_the_same_seed_gives_the_same_bits(model: NoiseModel) -> None:
    again = NoiseModel.load()
    for text in SENTENCES:
        assert heard(model, text, 20) == heard(again, text, 20)


def test_another_seed_gives_another_answer(model: NoiseModel) -> None:
    one = [model.distort(QUESTION, seeded(seed)) for seed in range(20)]
    assert len(set(one)) > 5


def test_strength_nought_leaves_the_text_alone(model: NoiseModel) -> None:
    for text in SENTENCES:
        assert set(heard(model.at(0.0), text, 20)) == {text}


def test_more_strength_leaves_fewer_sentences_alone(model: NoiseModel) -> None:
    left = [heard(model.at(s), QUESTION, 400).count(QUESTION) for s in (0.25, 1.0, 1.6)]
    assert left[0] > left[1] > left[2]


@pytest.mark.parametrize("source", ["acted", "read"])
def test_a_question_mark_is_kept_at_the_learnt_rate(model: NoiseModel, source: str) -> None:
    counts = json.loads(FILE.read_text(encoding="utf-8"))["profiles"][source]["final"]
    learnt = counts["? question word"]["?"] / sum(counts["? question word"].values())
    kept = sum(text.endswith("?") for text in heard(model, QUESTION, 1500, source)) / 1500
    assert kept == pytest.approx(learnt, abs=0.08)


def test_a_sentence_never_comes_back_empty(model: NoiseModel) -> None:
    for text in SENTENCES:
        for strength in (1.0, 3.0):
            assert all(re.search(r"\w", answer) for answer in heard(model.at(strength), text, 300))


def test_text_without_words_comes_back_as_it_is(model: NoiseModel) -> None:
    assert set(heard(model, "", 5) + heard(model, "…", 5)) == {"", "…"}


def test_the_model_holds_words_and_no_sentences() -> None:
    table = json.loads(FILE.read_text(encoding="utf-8"))
    keys = [*table["words"], *table["vocabulary"], *table["far"], *table["inserted"]]
    assert all(" " not in key for key in keys)
    assert max(len(said.split()) for said in table["joined"]) == 2
    assert FILE.stat().st_size < 1_500_000


def test_tokens_keep_words_marks_and_clitics() -> None:
    said = "Nou, 't is 'goed' - zei-ie… Zo'n vraag?"
    assert text_of(tokens_of(said)) == "Nou, 't is goed, zei-ie… Zo'n vraag?"


def test_alignment_finds_words_that_ran_together_or_fell_apart() -> None:
    said = tokens_of("Dat is bij voorbeeld een schoolbord")
    heard = tokens_of("Dat is bijvoorbeeld en school bord")
    pairs = [(len(p.said), len(p.heard)) for p in align(said, heard) if not p.same]
    assert pairs == [(2, 1), (1, 1), (1, 2)]


def test_learning_counts_words_marks_and_capitals() -> None:
    learner = Learner()
    said, heard = tokens_of("Heb je die kat gezien?"), tokens_of("heb je die gat gezien.")
    learner.add(Reading("meetings/x.txt:1", said, heard))
    table = learner.table()
    assert table["heard_for"] == {"kat": {"gat": 1}}
    assert table["words"]["kat"] == [1, 1, 0]
    assert table["profiles"]["read"]["final"]["? verb first"] == {".": 1}
    assert table["profiles"]["read"]["capitals"]["start"] == 0.0


def test_a_file_of_the_corpus_and_a_level_are_groups_of_their_own() -> None:
    assert Reading("meetings/a03.txt:12", [], []).group == "meetings/a03.txt"
    assert Reading("airplane/let-m-oko", [], []).group == "airplane"
