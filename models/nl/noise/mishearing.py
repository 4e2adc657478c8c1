"""What a single word may be misheard as: from the learnt table, else by its sound."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from models.nl.noise.tokens import distance, sound

Counts = Mapping[str, int]

_PRIOR = 2.0
"""Weight of the back-off by sound against what was heard for the word itself."""
_CANDIDATES = 8
_TRIES = 12
_STILL_ALIKE = 0.6
_SHORTEST_PART = 2


def draw(counts: Counts, rng: random.Random) -> str:
    """A key, as often as it was counted."""
    return rng.choices(list(counts), list(counts.values()))[0]


@dataclass(frozen=True)
class Mishearing:
    """The learnt words; every answer is in small letters and never empty."""

    heard_for: Mapping[str, Counts]
    joined: Mapping[str, Counts]
    far: Counts
    inserted: Counts
    vocabulary: frozenset[str]
    letters: Sequence[tuple[str, str, int]]
    edits: Counts
    real_word: float
    """How often a misheard word is again a word of the vocabulary."""
    joined_exactly: float
    """How often two words that run together keep their letters."""
    _nearest: dict[str, dict[str, float]] = field(default_factory=dict, repr=False)

    def near(self, word: str, rng: random.Random) -> str:
        """Another word for `word` that sounds like it."""
        known = {h: n for h, n in self.heard_for.get(word, {}).items() if " " not in h}
        total = sum(known.values())
        if rng.random() < total / (total + _PRIOR):
            return draw(known, rng)
        if rng.random() < self.real_word:
            return self._like(word, rng)
        return self._bent(word, rng)

    def other(self, rng: random.Random) -> str:
        """A word that has nothing to do with what was said."""
        return draw(self.far, rng)

    def added(self, rng: random.Random) -> str:
        """A word where none was said."""
        return draw(self.inserted, rng)

    def join(self, first: str, second: str, rng: random.Random) -> str:
        """Two words as one."""
        known = self.joined.get(f"{first} {second}", {})
        total = sum(known.values())
        if rng.random() < total / (total + _PRIOR):
            return draw(known, rng)
        whole = f"{first}{second}".replace("'", "")
        return whole if rng.random() < self.joined_exactly else self._bent(whole, rng)

    def split(self, word: str, rng: random.Random) -> list[str]:
        """One word as two; a word too short for that as another word."""
        known = {h: n for h, n in self.heard_for.get(word, {}).items() if " " in h}
        total = sum(known.values())
        if rng.random() < total / (total + _PRIOR):
            return draw(known, rng).split()
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        if not cuts:
            return [self.near(word, rng)]
        known_parts = [(word[:c] in self.vocabulary) + (word[c:] in self.vocabulary) for c in cuts]
        cut = rng.choices(cuts, [10.0**n for n in known_parts])[0]
        return [word[:cut], word[cut:]]

    def _like(self, word: str, rng: random.Random) -> str:
        nearest = self._nearest.get(word)
        if nearest is None:
            nearest = self._nearest[word] = self._neighbours(word)
        if not nearest:
            return self.other(rng)
        return rng.choices(list(nearest), list(nearest.values()))[0]

    def _neighbours(self, word: str) -> dict[str, float]:
        """The words of the vocabulary that share most pairs of sounds, weighed by likeness."""
        pairs = _pairs(word)
        shared: dict[str, int] = defaultdict(int)
        for pair in sorted(pairs):
            for other in self._by_pair[pair]:
                shared[other] += 1
        shared.pop(word, None)
        by_likeness = sorted(
            shared, key=lambda other: (-shared[other] / (len(pairs) + len(_pairs(other))), other)
        )
        likely = by_likeness[: 3 * _CANDIDATES]
        weights = {other: (1.01 - distance(word, other)) ** 4 for other in likely}
        best = sorted(weights, key=lambda other: (-weights[other], other))[:_CANDIDATES]
        return {other: weights[other] for other in best}

    @cached_property
    def _by_pair(self) -> Mapping[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.vocabulary):
            for pair in _pairs(word):
                index[pair].append(word)
        return index

    def _bent(self, word: str, rng: random.Random) -> str:
        """The word with letters changed as the recogniser changes them, if that can be said."""
        for _ in range(_TRIES):
            bent = word
            for _ in range(int(draw(self.edits, rng))):
                bent = self._with_one_change(bent, rng)
            if bent != word and self._sayable(bent) and distance(word, bent) <= _STILL_ALIKE:
                return bent
        return self._like(word, rng)

    def _sayable(self, word: str) -> bool:
        """The recogniser invents words, but of Dutch pieces."""
        return bool(word) and _triples(word) <= self._triples

    @cached_property
    def _triples(self) -> frozenset[str]:
        return frozenset().union(*map(_triples, self.vocabulary))

    def _with_one_change(self, word: str, rng: random.Random) -> str:
        fitting = [change for change in self.letters if change[0] in word]
        if not fitting:
            return word
        said, heard, _ = rng.choices(fitting, [change[2] for change in fitting])[0]
        places = [i for i in range(len(word)) if word.startswith(said, i)]
        at = rng.choice(places)
        return word[:at] + heard + word[at + len(said) :]


def _pairs(word: str) -> frozenset[str]:
    spoken = f"^{sound(word)}$"
    return frozenset(spoken[i : i + 2] for i in range(len(spoken) - 1))


def _triples(word: str) -> frozenset[str]:
    written = f"^{word}$"
    return frozenset(written[i : i + 3] for i in range(len(written) - 2))
