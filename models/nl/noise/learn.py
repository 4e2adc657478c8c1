"""Readings → confusions.json: which words are misheard as what, and how often what happens.

    python -m models.nl.noise.learn
    python -m models.nl.noise.learn --report     (split by level and by file, see README.md)

Learns from the acted lines (build/noise/acted.jsonl) and the readings of the corpus'
training files (corpus/heard/train.jsonl). Words and rates are kept, no sentence.
"""

from __future__ import annotations

import argparse
import difflib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.nl.noise.alignment import Pair, align, with_carried_marks
from models.nl.noise.noise import FILE, NoiseModel
from models.nl.noise.sources import corpus_lines
from models.nl.noise.tokens import ENDS, Token, distance, tokens_of
from models.nl.noise.traits import Trouble, bin_of, length_of, shape_of, size_of

SOURCES = {
    "acted": Path(__file__).parents[1] / "build" / "noise" / "acted.jsonl",
    "read": Path(__file__).parents[1] / "corpus" / "heard" / "train.jsonl",
}
_UNSEEN = SOURCES["read"].with_name("dev.jsonl")
_NEAR = 0.67
"""Words further apart than this have nothing in common but their place."""
_OFF_SCRIPT, _LONG_ENOUGH_TO_TELL = 0.95, 6
"""Acted lines of so many words with more errors than that: the actor said something else."""
_QUANTILES = 21
_TAIL = 3


@dataclass(frozen=True)
class Reading:
    """A known text and what was heard."""

    id: str
    said: list[Token]
    heard: list[Token]

    @property
    def source(self) -> str:
        """Who spoke: "read" by a synthetic voice, or "acted"."""
        return "read" if ".txt:" in self.id else "acted"

    @property
    def group(self) -> str:
        """The corpus file or the level: what must not be learnt from and judged by at once."""
        return self.id.rpartition(":")[0] or self.id.partition("/")[0]


class Learner:
    """Counts of what happened; `add` readings, then `table`."""

    def __init__(self) -> None:
        self.words: dict[str, Counter[str]] = defaultdict(Counter)
        self.heard_for: dict[str, Counter[str]] = defaultdict(Counter)
        self.joined: dict[str, Counter[str]] = defaultdict(Counter)
        self.inserted: Counter[str] = Counter()
        self.far: Counter[str] = Counter()
        self.vocabulary: Counter[str] = Counter()
        self.letters: Counter[tuple[str, str]] = Counter()
        self.kinds: dict[str, Counter[str]] = defaultdict(Counter)
        self.classes: dict[str, Counter[str]] = defaultdict(Counter)
        self.near_misses: Counter[str] = Counter()
        self.edits: Counter[int] = Counter()
        self.profiles: dict[str, ProfileCounts] = defaultdict(ProfileCounts)

    def add(self, reading: Reading) -> None:
        """Count one reading."""
        said, heard = reading.said, reading.heard
        pairs = align(said, heard)
        wrong = sum(len(p.said) for p in pairs if not p.same)
        trouble = bin_of(wrong / len(said))
        profile = self.profiles[reading.source]
        profile.severities[length_of(len(said))].append(wrong / len(said))
        profile.add_marks(pairs, said, heard, trouble)
        profile.add_capitals(pairs)
        pairs = profile.without_tail(pairs, trouble)
        self.vocabulary.update(t.low for t in said)
        self._count_places(pairs, trouble)
        profile.inserts[trouble] += sum(not p.said for p in pairs)
        profile.said[trouble] += len(said)
        for pair in pairs:
            self._count_words(pair, trouble)

    def _count_places(self, pairs: list[Pair], trouble: Trouble) -> None:
        kept = [p for p in pairs if p.said]
        for place, pair in enumerate(kept):
            where = "first" if place == 0 else "last" if place == len(kept) - 1 else "mid"
            self.classes[where].update({"said": 1, "wrong": int(not pair.same)})
            for token in pair.said:
                size = f"size {size_of(token.low)}"
                self.classes[size].update({"said": 1, "wrong": int(not pair.same)})
                if trouble != "high":
                    self.words[token.low].update({"said": 1, "wrong": int(not pair.same)})

    def _count_words(self, pair: Pair, trouble: Trouble) -> None:
        said, heard = " ".join(t.low for t in pair.said), " ".join(t.low for t in pair.heard)
        if pair.same:
            return
        if not said:
            self.inserted[heard] += 1
        elif not heard:
            self.kinds[trouble]["drop"] += 1
            if trouble != "high":
                self.words[said]["dropped"] += 1
        elif " " in said:
            self.kinds[trouble]["join"] += 1
            self.joined[said][heard] += 1
        elif " " in heard:
            self.kinds[trouble]["split"] += 1
            self.heard_for[said][heard] += 1
        else:
            self._count_substitution(said, heard, trouble)

    def _count_substitution(self, said: str, heard: str, trouble: Trouble) -> None:
        apart = distance(said, heard)
        if apart > _NEAR and trouble != "low":
            self.kinds[trouble]["far"] += 1
            self.far[heard] += 1
            return
        self.kinds[trouble]["near"] += 1
        self.heard_for[said][heard] += 1
        changes = list(_changes(said, heard))
        if apart <= 0.5 and len(said) > 2:
            self.edits[len(changes)] += 1
            self.letters.update(change for change in changes if max(map(len, change)) <= 3)
            self.near_misses[heard] += 1

    def table(self) -> dict[str, Any]:
        """What noise.py loads."""
        known = sum(n for w, n in self.near_misses.items() if w in self.vocabulary)
        return {
            "words": {
                w: [c["said"], c["wrong"], c["dropped"]]
                for w, c in sorted(self.words.items())
                if c["wrong"] or c["said"] > 2
            },
            "heard_for": _sorted(self.heard_for),
            "joined": _sorted(self.joined),
            "inserted": dict(self.inserted.most_common(400)),
            "far": dict(self.far.most_common(1000)),
            "vocabulary": sorted(self.vocabulary),
            "letters": [[a, b, n] for (a, b), n in self.letters.most_common() if n > 1],
            "edits": {str(n): c for n, c in sorted(self.edits.items())},
            "real_word": round(known / max(1, self.near_misses.total()), 3),
            "joined_exactly": round(self._joined_exactly(), 3),
            "kinds": _sorted(self.kinds),
            "classes": {
                k: round(c["wrong"] / c["said"], 4) for k, c in sorted(self.classes.items())
            },
            "wrong": round(_share(self.classes, ("first", "mid", "last")), 4),
            "profiles": {name: p.table() for name, p in sorted(self.profiles.items())},
        }

    def _joined_exactly(self) -> float:
        exact = sum(counts[said.replace(" ", "")] for said, counts in self.joined.items())
        return exact / max(1, sum(counts.total() for counts in self.joined.values()))


class ProfileCounts:
    """What differs between sources: how bad it gets, marks, capitals, additions."""

    def __init__(self) -> None:
        self.severities: dict[str, list[float]] = defaultdict(list)
        self.final: dict[str, Counter[str]] = defaultdict(Counter)
        self.inner: dict[str, Counter[str]] = defaultdict(Counter)
        self.capitals: dict[str, Counter[str]] = defaultdict(Counter)
        self.tails: dict[str, Counter[str]] = defaultdict(Counter)
        self.tail_lengths: Counter[int] = Counter()
        self.inserts: Counter[str] = Counter()
        self.said: Counter[str] = Counter()

    def add_marks(
        self, pairs: list[Pair], said: list[Token], heard: list[Token], trouble: Trouble
    ) -> None:
        """Count what became of the last mark and of the marks and gaps inside."""
        if heard:
            for key in (said[-1].mark, f"{said[-1].mark} {trouble}"):
                self.final[key][heard[-1].mark] += 1
            if said[-1].mark == "?":
                for key in (shape_of(said), f"{shape_of(said)} {trouble}"):
                    self.final[f"? {key}"][heard[-1].mark] += 1
        last = max((i for i, p in enumerate(pairs) if p.said and p.heard), default=0)
        for pair in with_carried_marks(pairs)[:last]:
            if pair.said and pair.heard:
                mark = pair.said[-1].mark
                self.inner[mark][pair.heard[-1].mark] += 1
                self.inner[f"{mark} {trouble}"][pair.heard[-1].mark] += 1

    def add_capitals(self, pairs: list[Pair]) -> None:
        """Count capitals at the start, after a heard end, and on words inside."""
        opens = "start"
        for pair in pairs:
            if not pair.heard:
                continue
            first = pair.heard[0]
            if opens != "inside":
                self.capitals[opens][str(int(first.capital))] += 1
            elif pair.said:
                name = "capital" if pair.said[0].capital else "small"
                kind = "same" if pair.same else "other"
                self.capitals[f"{name} {kind}"][str(int(first.capital))] += 1
            opens = "end" if pair.heard[-1].mark in ENDS else "inside"

    def without_tail(self, pairs: list[Pair], trouble: Trouble) -> list[Pair]:
        """Take three or more words that were added at the end as one event."""
        last = max((i for i, p in enumerate(pairs) if p.said), default=-1)
        tail = [t.low for p in pairs[last + 1 :] for t in p.heard]
        self.tails[trouble]["said"] += 1
        if len(tail) < _TAIL:
            return pairs
        repeats = len(set(tail)) <= len(tail) / 2
        self.tails[trouble]["repeated" if repeats else "invented"] += 1
        self.tail_lengths[min(len(tail), 30)] += 1
        return pairs[: last + 1]

    def table(self) -> dict[str, Any]:
        """What noise.py loads as a Profile."""
        return {
            "severities": {k: _quantiles(v) for k, v in sorted(self.severities.items())},
            "final": _sorted(self.final),
            "inner": _sorted(self.inner),
            "capitals": {k: round(c["1"] / c.total(), 4) for k, c in sorted(self.capitals.items())},
            "tails": _sorted(self.tails),
            "tail_lengths": {str(k): n for k, n in sorted(self.tail_lengths.items())},
            "inserts": {k: round(self.inserts[k] / n, 4) for k, n in sorted(self.said.items())},
        }


def read_readings(path: Path) -> list[Reading]:
    """Every reading whose sound says its text."""
    rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
    readings = [Reading(r["id"], tokens_of(r["said"]), tokens_of(r["heard"])) for r in rows]
    return [reading for reading in readings if reading.said and not _off_script(reading)]


def _off_script(reading: Reading) -> bool:
    """An actor who left the script: next to nothing of the text was heard."""
    if reading.source == "read" or len(reading.said) < _LONG_ENOUGH_TO_TELL:
        return False
    pairs = align(reading.said, reading.heard)
    wrong = sum(len(p.said) for p in pairs if not p.same)
    return wrong / len(reading.said) > _OFF_SCRIPT


def learn(readings: Iterable[Reading], learner: Learner) -> Learner:
    """Add the readings to `learner`."""
    for reading in readings:
        learner.add(reading)
    return learner


def main() -> None:
    """Write confusions.json, or compare its rates with held-out readings."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--report", action="store_true", help="rates on held-out readings")
    readings = {name: read_readings(path) for name, path in SOURCES.items() if path.exists()}
    if parser.parse_args().report:
        from models.nl.noise import report  # noqa: PLC0415 - it needs this module

        report.report(readings)
        report.report_unseen(read_readings(_UNSEEN), NoiseModel.load(), "dev files")
        return
    learner = Learner()
    learner.vocabulary.update(t.low for line in corpus_lines("train") for t in tokens_of(line.said))
    for each in readings.values():
        learn(each, learner)
    write(learner.table(), FILE)
    print(f"{FILE.name}: {FILE.stat().st_size / 1e6:.2f} MB from", end=" ")
    print(", ".join(f"{len(each)} {name}" for name, each in readings.items()))


def write(table: dict[str, Any], path: Path) -> None:
    """JSON with a line per entry, so that a change shows as a change."""
    path.write_text(
        json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )


def _changes(said: str, heard: str) -> Iterable[tuple[str, str]]:
    """The letters that changed; what was added goes with the letter beside it."""
    matcher = difflib.SequenceMatcher(None, said, heard, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "insert":
            yield (said[a - 1 : a] or said[:1], heard[c - 1 : d] if a else heard[c : d + 1])
        elif tag != "equal":
            yield (said[a:b], heard[c:d])


def _share(classes: dict[str, Counter[str]], names: tuple[str, ...]) -> float:
    said = sum(classes[name]["said"] for name in names)
    return sum(classes[name]["wrong"] for name in names) / max(1, said)


def _sorted(tables: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    return {key: dict(sorted(tables[key].items())) for key in sorted(tables)}


def _quantiles(values: list[float]) -> list[float]:
    ordered = sorted(values)
    last = len(ordered) - 1
    return [round(ordered[round(last * q / (_QUANTILES - 1))], 3) for q in range(_QUANTILES)]


if __name__ == "__main__":
    main()
