"""Text as the speech recogniser `base` would have heard it: learnt rates, drawn by seed.

    model = NoiseModel.load()
    model.distort("Heb je dat al eens met haar besproken?", random.Random(1))

One draw decides how badly the utterance is heard at all (a recogniser is nearly right
or lost, seldom in between); words, marks and capitals follow from that. Rates and words
come from confusions.json, which learn.py writes.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from models.nl.noise.alignment import Pair, with_carried_marks
from models.nl.noise.mishearing import Counts, Mishearing, draw
from models.nl.noise.tokens import ENDS, Token, text_of, tokens_of
from models.nl.noise.traits import Trouble, bin_of, length_of, shape_of, size_of

FILE = Path(__file__).parent / "confusions.json"

_PRIOR = 10.0
"""Weight of the general rate against a special one, in readings."""
_MOST_REPEATED = 3
_FEWEST_LEFT = 0.02


@dataclass(frozen=True)
class Profile:
    """The rates of one kind of speech; keys as in learn.py."""

    severities: Mapping[str, list[float]]
    final: Mapping[str, Counts]
    inner: Mapping[str, Counts]
    capitals: Mapping[str, float]
    tails: Mapping[str, Counts]
    tail_lengths: Counts
    inserts: Mapping[str, float]

    def severity(self, words: int, rng: random.Random) -> float:
        """The share of misheard words of one utterance: drawn from what was measured."""
        quantiles = self.severities[length_of(words)]
        place = rng.random() * (len(quantiles) - 1)
        low = int(place)
        return quantiles[low] + (place - low) * (quantiles[low + 1] - quantiles[low])


@dataclass(frozen=True)
class NoiseModel:
    """The learnt model. The same text and the same state of `rng` give the same answer."""

    words: Mapping[str, tuple[int, int, int]]
    """Times said, misheard, dropped."""
    mishearing: Mishearing
    kinds: Mapping[str, Counts]
    classes: Mapping[str, float]
    wrong: float
    profiles: Mapping[str, Profile]
    strength: float = 1.0
    """Factor on every rate: 0 leaves the text alone, 1 is what was measured."""

    @classmethod
    def load(cls, path: Path = FILE, strength: float = 1.0) -> NoiseModel:
        """Read what learn.py wrote."""
        return cls.of(json.loads(path.read_text(encoding="utf-8")), strength)

    @classmethod
    def of(cls, table: Mapping[str, Any], strength: float = 1.0) -> NoiseModel:
        """A model from the table of learn.py."""
        mishearing = Mishearing(
            table["heard_for"],
            table["joined"],
            table["far"],
            table["inserted"],
            frozenset(table["vocabulary"]),
            table["letters"],
            table["edits"],
            table["real_word"],
            table["joined_exactly"],
        )
        profiles = {name: Profile(**rates) for name, rates in table["profiles"].items()}
        return cls(
            table["words"],
            mishearing,
            table["kinds"],
            table["classes"],
            table["wrong"],
            profiles,
            strength,
        )

    def at(self, strength: float) -> NoiseModel:
        """The same model, weaker or stronger."""
        return replace(self, strength=strength)

    def distort(self, text: str, rng: random.Random, source: str | None = None) -> str:
        """`text` as it might be heard; `source` is "acted" or "read", None draws one.

        Text with words in it never comes back empty.
        """
        said = tokens_of(text)
        if not said or self.strength <= 0:
            return text
        profile = self.profiles[source or rng.choice(sorted(self.profiles))]
        share = min(1.0, self.strength * profile.severity(len(said), rng))
        trouble = bin_of(share)
        pairs = self._misheard(said, share, rng)
        pairs = self._with_additions(pairs, profile, trouble, rng)
        if not any(pair.heard for pair in pairs):
            pairs = [Pair(tuple(said), (Token(self.mishearing.other(rng)),))]
        pairs = self._with_marks(pairs, said, profile, trouble, rng)
        return text_of(self._with_capitals(pairs, profile, rng))

    def _misheard(self, said: list[Token], share: float, rng: random.Random) -> list[Pair]:
        """Mishear that share of the words, those that are easily misheard most often."""
        count = int(share * len(said) + rng.random())
        weights = [self._weight(token, place, len(said)) for place, token in enumerate(said)]
        order = sorted(range(len(said)), key=lambda i: rng.random() ** (1 / weights[i]))
        wrong = set(order[len(said) - count :])
        trouble = bin_of(share)
        pairs: list[Pair] = []
        place = 0
        while place < len(said):
            token = said[place]
            kind = self._kind(token.low, trouble, rng) if place in wrong else "same"
            if kind == "join" and place + 1 < len(said):
                if place + 1 not in wrong:
                    wrong.discard(max(wrong))
                pairs.append(self._joined(token, said[place + 1], rng))
                place += 2
                continue
            pairs.append(Pair((token,), tuple(self._heard(token, kind, rng))))
            place += 1
        return pairs

    def _weight(self, token: Token, place: int, words: int) -> float:
        """How easily this word is misheard, against the others."""
        said, wrong, _ = self.words.get(token.low, (0, 0, 0))
        usual = self.classes.get(f"size {size_of(token.low)}", self.wrong)
        where = "first" if place == 0 else "last" if place == words - 1 else "mid"
        rate = (wrong + _PRIOR * usual) / (said + _PRIOR)
        return max(_FEWEST_LEFT, rate * self.classes.get(where, self.wrong) / self.wrong)

    def _kind(self, word: str, trouble: Trouble, rng: random.Random) -> str:
        """What happens to a misheard word: dropped as often as that word is, else as usual."""
        usual = self.kinds[trouble]
        _, wrong, dropped = self.words.get(word, (0, 0, 0))
        share = usual["drop"] / sum(usual.values())
        if rng.random() < (dropped + _PRIOR * share) / (wrong + _PRIOR):
            return "drop"
        return draw({kind: n for kind, n in usual.items() if kind != "drop"}, rng)

    def _heard(self, token: Token, kind: str, rng: random.Random) -> Iterable[Token]:
        if kind == "same":
            return (Token(token.word),)
        if kind == "drop":
            return ()
        if kind == "far":
            return (Token(self.mishearing.other(rng)),)
        if kind == "split":
            return map(Token, self.mishearing.split(token.low, rng))
        return (Token(self.mishearing.near(token.low, rng)),)

    def _joined(self, first: Token, second: Token, rng: random.Random) -> Pair:
        return Pair((first, second), (Token(self.mishearing.join(first.low, second.low, rng)),))

    def _with_additions(
        self, pairs: list[Pair], profile: Profile, trouble: Trouble, rng: random.Random
    ) -> list[Pair]:
        """Words that nobody said: here and there, and sometimes a tail."""
        rate = min(1.0, self.strength * profile.inserts.get(trouble, 0.0))
        longer: list[Pair] = []
        for pair in pairs:
            if rng.random() < rate * len(pair.said):
                longer.append(Pair((), (Token(self.mishearing.added(rng)),)))
            longer.append(pair)
        tails = profile.tails.get(trouble, {})
        for kind in ("repeated", "invented"):
            if rng.random() < self.strength * tails.get(kind, 0) / tails.get("said", 1):
                longer.extend(self._tail(longer, kind, profile, rng))
                break
        return longer

    def _tail(
        self, pairs: list[Pair], kind: str, profile: Profile, rng: random.Random
    ) -> Iterable[Pair]:
        length = int(draw(profile.tail_lengths, rng))
        heard = [token for pair in pairs for token in pair.heard]
        if kind == "repeated" and heard:
            loop = heard[-rng.randint(1, _MOST_REPEATED) :]
            tail = [Token(loop[i % len(loop)].low) for i in range(length)]
        else:
            tail = [Token(self.mishearing.added(rng)) for _ in range(length)]
        return [Pair((), (token,)) for token in tail]

    def _with_marks(
        self,
        pairs: list[Pair],
        said: list[Token],
        profile: Profile,
        trouble: Trouble,
        rng: random.Random,
    ) -> list[Pair]:
        """Commas, stops and question marks where the recogniser would write them."""
        marked: list[Pair] = []
        for pair in with_carried_marks(pairs):
            if not pair.heard:
                continue
            mark = pair.said[-1].mark if pair.said else ""
            if pair.said:
                mark = self._mark(mark, profile.inner, (f"{mark} {trouble}", mark), rng)
            marked.append(_ending(pair, mark))
        mark = said[-1].mark
        keys = (f"{mark} {trouble}", mark)
        if mark == "?":
            keys = (f"? {shape_of(said)} {trouble}", f"? {shape_of(said)}")
        marked[-1] = _ending(marked[-1], self._mark(mark, profile.final, keys, rng))
        return marked

    def _mark(
        self,
        mark: str,
        rates: Mapping[str, Counts],
        keys: tuple[str, str],
        rng: random.Random,
    ) -> str:
        """What became of `mark`: by the special rate where it rests on enough, else the general."""
        if rng.random() >= self.strength:
            return mark
        special, general = (rates.get(key, {}) for key in keys)
        total = sum(special.values())
        if not total and not general:
            return mark
        return draw(special if rng.random() < total / (total + _PRIOR) else general, rng)

    def _with_capitals(
        self, pairs: list[Pair], profile: Profile, rng: random.Random
    ) -> list[Token]:
        heard: list[Token] = []
        opens = "start"
        for pair in pairs:
            first, *others = pair.heard
            keep = rng.random() >= self.strength
            if opens == "inside" and not pair.said:
                capital = False
            elif opens == "inside":
                name = "capital" if pair.said[0].capital else "small"
                kind = "same" if pair.same else "other"
                rate = profile.capitals.get(f"{name} {kind}", 0.0)
                capital = pair.said[0].capital if keep else rng.random() < rate
            else:
                capital = keep or rng.random() < profile.capitals.get(opens, 1.0)
            heard += [first.cased(capital=capital), *others]
            opens = "end" if pair.heard[-1].mark in ENDS else "inside"
        return heard


def _ending(pair: Pair, mark: str) -> Pair:
    return Pair(pair.said, (*pair.heard[:-1], replace(pair.heard[-1], mark=mark)))
