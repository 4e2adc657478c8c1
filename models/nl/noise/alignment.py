"""Which heard words stand for which said words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.nl.noise.tokens import Token, distance

_DROP = 0.85
_SUBSTITUTE, _BY_DISTANCE = 0.25, 1.3
_JOIN, _JOINED_AT_MOST = 0.45, 0.45


@dataclass(frozen=True)
class Pair:
    """Said words and what was heard for them: (1,1), (1,0), (0,1), (2,1) or (1,2) words."""

    said: tuple[Token, ...]
    heard: tuple[Token, ...]

    @property
    def same(self) -> bool:
        """The word was understood."""
        return len(self.said) == len(self.heard) == 1 and self.said[0].low == self.heard[0].low


def align(said: list[Token], heard: list[Token]) -> list[Pair]:
    """The cheapest way from `said` to `heard`; words that sound alike are kept together."""
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    for i in range(len(said) + 1):
        for j in range(len(heard) + 1):
            ways = [
                (best[i - di, j - dj][0] + cost, di, dj)
                for di, dj in ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))
                if i >= di and j >= dj
                and (cost := _cost(said[i - di : i], heard[j - dj : j])) is not None
            ]  # fmt: skip
            if ways:
                best[i, j] = min(ways)
    pairs = []
    i, j = len(said), len(heard)
    while i or j:
        _, di, dj = best[i, j]
        pairs.append(Pair(tuple(said[i - di : i]), tuple(heard[j - dj : j])))
        i, j = i - di, j - dj
    return pairs[::-1]


def with_carried_marks(pairs: list[Pair]) -> list[Pair]:
    """Give the mark of a dropped word to the said word before it that was heard."""
    carried: list[Pair] = []
    holder = None
    for pair in pairs:
        if pair.said and not pair.heard and holder is not None and pair.said[-1].mark:
            kept = carried[holder]
            last = replace(kept.said[-1], mark=kept.said[-1].mark or pair.said[-1].mark)
            carried[holder] = Pair((*kept.said[:-1], last), kept.heard)
        elif pair.said and pair.heard:
            holder = len(carried)
        carried.append(pair)
    return carried


def word_errors(said: list[Token], heard: list[Token]) -> int:
    """Substituted, dropped and inserted words: the numerator of the word error rate."""
    row = list(range(len(heard) + 1))
    for i, left in enumerate(said, start=1):
        before, row[0] = row[0], i
        for j, right in enumerate(heard, start=1):
            cost = before + (left.low != right.low)
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, cost)
    return row[-1]


def _cost(said: list[Token], heard: list[Token]) -> float | None:
    if not said or not heard:
        return _DROP
    one, other = "".join(t.low for t in said), "".join(t.low for t in heard)
    if len(said) == len(heard):
        return 0.0 if one == other else _SUBSTITUTE + _BY_DISTANCE * distance(one, other)
    apart = distance(one, other)
    return _JOIN + _BY_DISTANCE * apart if apart <= _JOINED_AT_MOST else None
