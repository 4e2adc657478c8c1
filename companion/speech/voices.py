"""Whose voice it is: at once by the nearest centre, and again when all is seen together.

Times are seconds of meeting time. Voices are numbers, from `first` on; a number keeps its
person as well as the sound allows, and one that falls free goes to nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from companion.speech.voice_cells import (
    Cell,
    Change,
    Node,
    changes,
    counts_of,
    fold_by_voice,
    sums_of,
)
from companion.speech.voice_clustering import Sums, assign, unit
from companion.speech.voice_finding import Limits, find_voices, path
from companion.speech.voice_mixing import gain_of_two
from companion.speech.voice_network import Embedding

_RECENT = 400
"""Windows that are kept one by one: about five minutes of speech."""
_FOLDED_AT_ONCE = 100
_MOST_FOLDED = 160
"""Sums of older windows that are kept."""
_NEIGHBOUR = 1.5
"""Seconds of silence over which a very short stretch still takes after its neighbour."""
_SAME_STRETCH = 0.05
"""Seconds between two windows under which there was no pause."""
_IMPOSSIBLE = -1e9


@dataclass
class Voices:
    """One meeting's voices. Not thread-safe."""

    first: int = 1
    limits: Limits = field(default_factory=Limits)
    cells: list[Cell] = field(default_factory=list)
    """In time order, all of the meeting."""
    _folded: list[Node] = field(default_factory=list)
    _recent: list[Cell] = field(default_factory=list)
    """Cells whose windows are still kept one by one."""
    _centres: dict[int, Embedding] = field(default_factory=dict)
    _gone: dict[int, Embedding] = field(default_factory=dict)
    _samples: dict[int, Node] = field(default_factory=dict)
    _sampled: dict[int, float] = field(default_factory=dict)
    """When the last window of each sample was said."""
    _next: int = field(init=False)

    def __post_init__(self) -> None:
        self._next = self.first

    @property
    def numbers(self) -> tuple[int, ...]:
        """The voices that are known now."""
        return tuple(sorted(self._centres))

    def hear(self, at: float, until: float, embedding: Embedding | None, *, whole: bool) -> Cell:
        """The next window, with the voice it seems to be; no embedding: too short to tell."""
        cell = Cell(at, until, short=embedding is None)
        before = self.cells[-1] if self.cells else None
        gap = at - before.until if before else _NEIGHBOUR
        if embedding is not None:
            cell.node = Node(embedding, whole=whole)
            goes_on = before.voice if before and gap < _SAME_STRETCH else None
            self._nearest(cell, embedding, goes_on)
            self._recent.append(cell)
        elif before and gap < _NEIGHBOUR:
            cell.voice = before.voice
        self.cells.append(cell)
        return cell

    def sample(self, embeddings: Sequence[Embedding], until: float) -> int:
        """These are one person's: their number, a known voice's where it is that.

        The last of them was said at `until`.
        """
        total: NDArray[np.float32] = np.stack(embeddings).sum(axis=0)
        direction = unit(total[None])[0]
        free = [v for v in self._centres if v not in self._samples]
        alike = {v: float(self._centres[v] @ direction) for v in free}
        best = max(alike, key=lambda v: alike[v], default=None)
        number = self._new() if best is None or alike[best] < self.limits.same else best
        self._samples[number] = Node(total, len(embeddings), voice=number)
        self._sampled[number] = until
        self._centres[number] = direction
        return number

    def regroup(self) -> list[Change]:
        """Look at all windows together again; what turned out to be another's."""
        cells = [cell for cell in self._recent if cell.node]
        nodes = [*self._folded, *(cell.node for cell in cells if cell.node)]
        steady = [node for node in nodes if node.whole]
        sampled = sorted(self._samples)
        taken = [self._samples[number] for number in sampled]
        centres, which = find_voices(
            (sums_of(steady), counts_of(steady)), (sums_of(taken), counts_of(taken)), self.limits
        )
        if not len(centres):
            return []
        owners = [None if index is None else sampled[index] for index in which]
        before = [cell.voice for cell in self.cells]
        places = self._places(cells, centres)
        folded = _nearest_of(self._folded, centres, self.limits)
        self._number(centres, owners, [*zip(cells, places, strict=True)], folded)
        self._spread()
        self._fold()
        return list(changes(self.cells, before))

    def forget(self, since: float, until: float) -> None:
        """Drop every window that was said between these moments, and all that came of it.

        At least the last 400 windows are kept one by one, so none of the last minutes is
        in a sum yet. A voice of which nothing else is left is gone, a sample given there too.
        """
        gone = [cell for cell in self.cells if cell.at < until and cell.until > since]
        for cell in gone:
            cell.node = None
        self.cells = [cell for cell in self.cells if cell not in gone]
        self._recent = [cell for cell in self._recent if cell.node]
        for voice in [voice for voice, last in self._sampled.items() if last > since]:
            del self._samples[voice], self._sampled[voice]
        self._gone.clear()
        left = [*self._folded, *(cell.node for cell in self._recent if cell.node)]
        left += self._samples.values()
        by_voice = {v: [node for node in left if node.voice == v] for v in self._centres}
        self._centres = {
            voice: unit(sums_of(nodes).sum(axis=0)[None])[0]
            for voice, nodes in by_voice.items()
            if nodes
        }

    def between(self, at: float, until: float) -> list[Cell]:
        """The cells that overlap a stretch, in order."""
        found = []
        for cell in reversed(self.cells):
            if cell.until <= at:
                break
            if cell.at < until:
                found.append(cell)
        return found[::-1]

    def _new(self) -> int:
        self._next += 1
        return self._next - 1

    def _nearest(self, cell: Cell, embedding: Embedding, goes_on: int | None) -> None:
        """By the nearest centre; the voice that was speaking has a start."""
        if not self._centres or cell.node is None:
            return
        scores = {
            voice: float(centre @ embedding) + (self.limits.stays if voice == goes_on else 0.0)
            for voice, centre in self._centres.items()
        }
        best, *others = sorted(scores, key=lambda voice: -scores[voice])
        lead = scores[best] - scores[others[0]] if others else 1.0
        if scores[best] >= self.limits.known:
            cell.voice = cell.node.voice = best
            cell.sure = cell.node.whole and lead >= self.limits.sure
            cell.overlap = cell.node.whole and self._is_two(embedding, goes_on)

    def _is_two(self, embedding: Embedding, goes_on: int | None) -> bool:
        """Nearest to another voice than the one that was speaking, and nearer to two."""
        centres = np.stack([*self._centres.values()])
        nearest = [*self._centres][int((centres @ embedding).argmax())]
        if goes_on in {None, nearest}:
            return False
        return gain_of_two(embedding, centres) >= self.limits.two

    def _places(self, cells: list[Cell], centres: Sums) -> list[int]:
        """The centre of each recent cell, smoothed over time; -1: nobody's."""
        scores = sums_of([cell.node for cell in cells if cell.node]) @ centres.T
        ends = np.array([0.0] + [cell.until for cell in cells[:-1]])
        gaps = np.array([cell.at for cell in cells]) - ends[: len(cells)]
        found = path(scores, gaps, self.limits.stays)
        for row, cell, place in zip(scores, cells, found, strict=True):
            lead = row[place] - np.delete(row, place).max(initial=-1.0)
            whole = cell.node is not None and cell.node.whole
            cell.sure = whole and bool(lead >= self.limits.sure)
        return [
            int(place) if row[place] >= self.limits.known else -1
            for row, place in zip(scores, found, strict=True)
        ]

    def _number(
        self,
        centres: Sums,
        owners: list[int | None],
        recent: list[tuple[Cell, int]],
        folded: list[int],
    ) -> None:
        """Give each centre the number that most of its windows had, and each window its own."""
        nodes = [(cell.node, place) for cell, place in recent if cell.node]
        nodes += zip(self._folded, folded, strict=True)
        names = self._names(centres, owners, nodes)
        self._gone.update({v: c for v, c in self._centres.items() if v not in names})
        self._centres = dict(zip(names, centres, strict=True))
        for name in names:
            self._gone.pop(name, None)
        for node, place in nodes:
            node.voice = names[place] if place >= 0 else None

    def _names(
        self, centres: Sums, owners: list[int | None], nodes: list[tuple[Node, int]]
    ) -> list[int]:
        known = sorted({n.voice for n, _ in nodes if n.voice is not None} | set(self._samples))
        gains = np.zeros((len(centres), len(known)))
        for node, place in nodes:
            if place >= 0 and node.voice is not None:
                gains[place, known.index(node.voice)] += node.count
        for place, owner in enumerate(owners):
            for column, voice in enumerate(known):
                if owner is not None or voice in self._samples:
                    gains[place, column] = -_IMPOSSIBLE if owner == voice else _IMPOSSIBLE
        names: list[int] = []
        for place, column in enumerate(assign(gains) if known else [-1] * len(centres)):
            fits = column >= 0 and gains[place, column] > 0
            names.append(known[column] if fits else self._returned(centres[place], names))
        return names

    def _returned(self, centre: Embedding, taken: Iterable[int]) -> int:
        """The number of a voice that was gone and sounds like this; else a new one."""
        alike = {v: float(c @ centre) for v, c in self._gone.items() if v not in taken}
        best = max(alike, key=lambda v: alike[v], default=None)
        if best is not None and alike[best] >= self.limits.comes_back:
            return best
        return self._new()

    def _spread(self) -> None:
        """Cells take their window's voice; the very short ones their neighbour's."""
        before: Cell | None = None
        for cell in self.cells:
            if cell.node is not None:
                cell.voice = cell.node.voice
            elif cell.short and before is not None and cell.at - before.until < _NEIGHBOUR:
                cell.voice = before.voice
            before = cell

    def _fold(self) -> None:
        """Keep memory and work bounded: the oldest windows become sums of very like ones."""
        if len(self._recent) < _RECENT + _FOLDED_AT_ONCE:
            return
        old, self._recent = self._recent[:_FOLDED_AT_ONCE], self._recent[_FOLDED_AT_ONCE:]
        self._folded += fold_by_voice(old)
        self._folded.sort(key=lambda node: -node.count)
        dropped = {id(node) for node in self._folded[_MOST_FOLDED:]}
        del self._folded[_MOST_FOLDED:]
        for cell in self.cells:
            if id(cell.node) in dropped:
                cell.node = None


def _nearest_of(nodes: list[Node], centres: Sums, limits: Limits) -> list[int]:
    """The nearest centre of each node; -1: none is near."""
    if not nodes:
        return []
    scores = unit(sums_of(nodes)) @ centres.T
    return [int(row.argmax()) if row.max() >= limits.known else -1 for row in scores]
