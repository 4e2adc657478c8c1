"""How often ordinary speech is taken for a command: `python -m tests.analysis.activations`.

Text of the corpus (training and development), what the recogniser made of it where that is
kept, the development scenarios, and acted dialogue. Speech runs at 2.7 words a second.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import NamedTuple

from companion.analysis.commands import CommandEar, command_in
from models.nl.noise.sources import CORPUS, acted_lines, corpus_lines
from tests.scenarios.reading import read_scenario, scenario_files

WORDS_A_SECOND = 2.7
WAKE_WORD = "companion"


class Count(NamedTuple):
    """Of one source: its hours, its commands, and those it would have after the wake word."""

    hours: float
    activations: int
    after_wake: int


def count(sentences: Iterable[str], wake_word: str = WAKE_WORD) -> Count:
    """Sentences as they are said one after the other."""
    ear, seconds, found, after = CommandEar(wake_word), 0.0, 0, 0
    for sentence in sentences:
        found += ear.command(sentence, seconds) is not None
        after += command_in(f"{wake_word}, {sentence}", wake_word) is not None
        seconds += len(sentence.split()) / WORDS_A_SECOND
    return Count(seconds / 3600, found, after)


def sources() -> dict[str, list[str]]:
    """Ordinary speech, by where it comes from."""
    scenarios = [read_scenario(path) for path in scenario_files(test=False)]
    lines = [(s, text) for s in scenarios for turn in s.turns for text in turn.texts]
    return {
        "corpus, training": [line.said for line in corpus_lines("train")],
        "corpus, development": [line.said for line in corpus_lines("dev")],
        "the same, as heard": [*_heard("train"), *_heard("dev")],
        "scenarios, development": [text for _, text in lines],
        "acted dialogue": [line.said for line in acted_lines()],
    }


def _heard(part: str) -> list[str]:
    rows = (CORPUS / "heard" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row)["heard"] for row in rows]


def main() -> None:
    """Print the counts."""
    wake_word = sys.argv[1] if len(sys.argv) > 1 else WAKE_WORD
    counts = {name: count(said, wake_word) for name, said in sources().items()}
    total = Count(*(sum(each) for each in zip(*counts.values(), strict=True)))
    sys.stdout.write(f"wake word “{wake_word}”\n{'':26}hours  activations  an hour  if woken\n")
    for name, found in (counts | {"together": total}).items():
        rate = found.activations / found.hours if found.hours else 0.0
        sys.stdout.write(
            f"{name:24}{found.hours:7.2f}{found.activations:13}{rate:9.2f}{found.after_wake:10}\n"
        )


if __name__ == "__main__":
    main()
