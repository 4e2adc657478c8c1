"""Trains every table of weights; the same corpus gives the same bits.

Run from the repository's root: python -m models.nl.train
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec

from companion.analysis.features import step_features
from companion.analysis.hashed import HashedLinear
from companion.vocabulary import SentenceKind, StepFunction
from models.nl.examples import (
    Guess,
    agreement_examples,
    function_examples,
    kind_examples,
    move_examples,
    slot_examples,
    sound_examples,
)
from models.nl.fitting import USUAL, Effort, Example, calibrate, fit
from models.nl.joining import gap_examples
from models.nl.network_training import fitted_mix, trained_network
from models.nl.reading import BUILD, batches, older_only

TABLES = BUILD / "tables"
KIND_BUCKETS = 2**18
SMALL_BUCKETS = 2**16
SOUND_BUCKETS = 2**17
BALANCE = 0.6
"""0: the kinds of steps count as often as they are in the corpus, 1: all equally."""
FOLDS = 3
EARLY = Effort(10.0, tolerance=1e-3)
EARLY_MOVES = Effort(tolerance=1e-3)
"""Where announcements stop being fitted: the engine's weights were chosen for these tables."""


def fitted(
    train: Sequence[Example],
    dev: Sequence[Example],
    buckets: int = SMALL_BUCKETS,
    labels: Sequence[str] = (),
    effort: Effort = USUAL,
) -> HashedLinear:
    """A table trained on one part, its temperature fitted on the other."""
    table = fit(train, buckets=buckets, labels=labels, effort=effort)
    table.temperature = calibrate(table, dev)
    return table


def guess_with(table: HashedLinear, text: str) -> dict[StepFunction, float]:
    """A chance per function of a step that `text` may announce."""
    found = table.probabilities(step_features(text))
    return {StepFunction(name): float(p) for name, p in zip(table.labels, found, strict=True)}


def guessers(whole: HashedLinear) -> Callable[[str], Guess]:
    """For a training batch a guesser that never saw it, for anything else one on all."""
    names = [*batches("announcements", "train"), *batches("steps", "train")]
    by_batch: dict[str, Guess] = {}
    for fold in range(FOLDS):
        left_out = names[fold::FOLDS]
        rest = [name for name in names if name not in left_out]
        table = fit(function_examples("train", rest), buckets=SMALL_BUCKETS, effort=EARLY)
        table.temperature = whole.temperature
        by_batch |= dict.fromkeys(left_out, partial(guess_with, table))
    return lambda batch: by_batch.get(batch, partial(guess_with, whole))


def announcing() -> tuple[HashedLinear, HashedLinear]:
    """What kind of step is announced, and whether one is; from the older files only."""
    with older_only():
        functions = fitted(function_examples("train"), function_examples("dev"), effort=EARLY)
        guess = guessers(functions)
        moves = fitted(
            move_examples("train", guess), move_examples("dev", guess), effort=EARLY_MOVES
        )
    return functions, moves


def kinds() -> HashedLinear:
    """Sentence kinds."""
    labels = [str(kind) for kind in SentenceKind]
    return fitted(kind_examples("train"), kind_examples("dev"), KIND_BUCKETS, labels, Effort(15.0))


def sounds() -> HashedLinear:
    """What kind of step a sentence sounds like, common and rare kinds nearly alike."""
    train = sound_examples("train")
    count = Counter(label for _, label in train)
    weights = [(len(train) / len(count) / count[label]) ** BALANCE for _, label in train]
    table = fit(train, buckets=SOUND_BUCKETS, effort=Effort(10.0), weights=weights)
    table.temperature = calibrate(table, sound_examples("dev"))
    return table


def main() -> None:
    """Write all tables to TABLES."""
    begun = time.monotonic()
    functions, moves = announcing()
    linear = kinds()
    network = trained_network()
    mix = fitted_mix(linear, network)
    tables = {
        "sentence_kind/kinds": linear,
        "step_announcement/functions": functions,
        "step_announcement/moves": moves,
        "step_sound/sounds": sounds(),
        "sentence_boundaries/gaps": fitted(gap_examples("train"), gap_examples("dev")),
        "agreement/kinds": fitted(agreement_examples("train"), agreement_examples("dev")),
        "agreement/slots": fitted(slot_examples("train"), slot_examples("dev")),
    }
    print(f"network's share {mix.share}, temperature {mix.temperature}")
    for name, table in tables.items():
        table.to_disk(Path(TABLES, name))
        print(f"{name}: {len(table.labels)} labels, temperature {table.temperature}")
    network.to_disk(TABLES / "sentence_kind" / "network.bin")
    (TABLES / "sentence_kind" / "mix.json").write_bytes(msgspec.json.encode(mix))
    print(f"trained in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
