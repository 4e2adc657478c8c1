"""When the group went over from one step to another, found afterwards."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from companion.vocabulary import Role

KEPT = 60
"""Turns that are remembered."""


@dataclass
class Spoken:
    """A turn: how well it suits each step (log of the factors), and who spoke."""

    at: float
    role: Role | None
    suits: list[float]


@dataclass(frozen=True)
class Entry:
    """A step that was entered, and when."""

    step: int
    at: float


@dataclass(frozen=True)
class _Way:
    score: float
    entries: tuple[Entry, ...] = ()


@dataclass
class Lately:
    """The last turns, for a look back at where a step began."""

    steps: int
    turns: list[Spoken] = field(default_factory=list)

    def begin(self, at: float, role: Role | None) -> None:
        """A turn begins."""
        self.turns = [*self.turns[1 - KEPT :], Spoken(at, role, [0.0] * self.steps)]

    def weigh(self, factors: Sequence[float], power: float) -> None:
        """What was heard of the present turn speaks for some steps."""
        if self.turns:
            suits = self.turns[-1].suits
            for step, factor in enumerate(factors):
                suits[step] += power * math.log(factor)

    def way(
        self, steps: Sequence[int], since: float, *, opens: float, skips: float
    ) -> tuple[Entry, ...]:
        """The likeliest way through `steps` from the first to the last: what was entered when.

        Only turns from `since` on count. A turn of the begeleider opens a step `opens`
        times as readily as another's; a step between is passed over with chance `skips`.
        Empty when nothing was heard.
        """
        ways = [_Way(0.0), *(_Way(-math.inf) for _ in steps[1:])]
        for turn in self.turns:
            if turn.at < since:
                continue
            entering = math.log(opens) if turn.role is Role.BEGELEIDER else 0.0
            before, ways = ways, []
            for place, step in enumerate(steps):
                entry = Entry(step, turn.at)
                come = [
                    _Way(way.score + entering + (far - 1) * math.log(skips), (*way.entries, entry))
                    for far, way in enumerate(reversed(before[:place]), 1)
                ]
                best = max([before[place], *come], key=lambda way: way.score)
                ways.append(_Way(best.score + turn.suits[step], best.entries))
        return ways[-1].entries
