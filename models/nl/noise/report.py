"""The recogniser's rates against the model's, on readings that it did not learn from."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping

from models.nl.noise.alignment import align, word_errors
from models.nl.noise.learn import Learner, Reading, learn
from models.nl.noise.noise import NoiseModel
from models.nl.noise.tokens import ENDS, Token, text_of, tokens_of
from models.nl.noise.traits import shape_of

_FOLDS = 4
_DRAWS = 5
_SEED = 7
_ROWS = (
    ("word error rate", "errors", "words"),
    ("words heard per word said", "heard words", "words"),
    ("utterances without an error", "perfect", "utterances"),
    ("utterances mostly wrong", "lost", "utterances"),
    ("first word wrong", "first wrong", "utterances"),
    ("question marks kept", "? kept", "?"),
    ("  after a question word first", "question word kept", "question word"),
    ("  after the verb first", "verb first kept", "verb first"),
    ("  in the shape of a statement", "statement kept", "statement"),
    ("question marks where there was none", "? new", "no ?"),
    ("capitals lost", "capitals lost", "capitals"),
    ("sentence ends inside lost", "ends lost", "ends"),
    ("commas lost", "commas lost", "commas"),
    ("marks new between words", "marks new", "gaps"),
)


Both = tuple[Counter[str], Counter[str]]
"""Counts of what was heard, and of what the model made of the same texts."""


def report(readings: Mapping[str, list[Reading]]) -> None:
    """Print a Markdown table: every reading is judged by a model that never saw its file."""
    counts = {name: (Counter[str](), Counter[str]()) for name in readings}
    for fold in range(_FOLDS):
        _judge_fold(readings, fold, counts)
    _print(counts)


def report_unseen(readings: list[Reading], model: NoiseModel, name: str) -> None:
    """The same table for readings of files that `model` did not learn from."""
    both: Both = (Counter(), Counter())
    _judge(readings, model, random.Random(_SEED), both)  # noqa: S311
    _print({name: both})


def _print(counts: Mapping[str, Both]) -> None:
    print("| | " + " | ".join(f"{name}: heard | {name}: model" for name in counts) + " |")
    print("|---|" + "---:|---:|" * len(counts))
    for title, part, whole in _ROWS:
        cells = [_percent(c, part, whole) for pair in counts.values() for c in pair]
        print(f"| {title} | " + " | ".join(cells) + " |")


def _judge_fold(
    readings: Mapping[str, list[Reading]], fold: int, counts: Mapping[str, Both]
) -> None:
    learner = Learner()
    for each in readings.values():
        learn((r for r in each if _fold(r, each) != fold), learner)
    model = NoiseModel.of(learner.table())
    rng = random.Random(_SEED + fold)  # noqa: S311
    for name, each in readings.items():
        _judge([r for r in each if _fold(r, each) == fold], model, rng, counts[name])


def _judge(readings: list[Reading], model: NoiseModel, rng: random.Random, both: Both) -> None:
    for reading in readings:
        count(reading.said, reading.heard, both[0])
        text = text_of(reading.said)
        for _ in range(_DRAWS):
            count(reading.said, tokens_of(model.distort(text, rng, reading.source)), both[1])


def count(said: list[Token], heard: list[Token], into: Counter[str]) -> None:
    """Add what became of one text."""
    errors = word_errors(said, heard)
    pairs = align(said, heard)
    first = next(pair for pair in pairs if pair.said)
    into.update({"utterances": 1, "words": len(said), "heard words": len(heard), "errors": errors})
    into.update({"perfect": errors == 0, "lost": errors > len(said) / 2})
    into["first wrong"] += not first.same
    kept = bool(heard) and heard[-1].mark == "?"
    if said[-1].mark == "?":
        into.update({"?": 1, "? kept": kept, shape_of(said): 1, f"{shape_of(said)} kept": kept})
    else:
        into.update({"no ?": 1, "? new": kept})
    for pair in pairs:
        if pair.said and pair.heard and pair.said[0].capital:
            into.update({"capitals": 1, "capitals lost": not pair.heard[0].capital})
    for pair in pairs[:-1]:
        if pair.said and pair.heard:
            _count_mark(pair.said[-1].mark, pair.heard[-1].mark, into)


def _count_mark(said: str, heard: str, into: Counter[str]) -> None:
    if said in ENDS:
        into.update({"ends": 1, "ends lost": heard not in ENDS})
    elif said == ",":
        into.update({"commas": 1, "commas lost": heard != ","})
    elif not said:
        into.update({"gaps": 1, "marks new": heard != ""})


def _fold(reading: Reading, among: Iterable[Reading]) -> int:
    groups = sorted({each.group for each in among})
    return groups.index(reading.group) % _FOLDS


def _percent(counts: Counter[str], part: str, whole: str) -> str:
    return f"{100 * counts[part] / counts[whole]:.1f} %" if counts[whole] else "-"
