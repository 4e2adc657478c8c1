"""Stretches of speech with the windows they were told by, and old windows folded into sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from companion.speech.voice_clustering import Counts, Sums, group
from companion.speech.voice_network import SIZE

_VERY_ALIKE = 0.6
"""Mean cosine from which older windows are folded into one sum."""


@dataclass(eq=False)
class Node:
    """One window's embedding, or the sum of many."""

    total: NDArray[np.float32] = field(repr=False)
    count: int = 1
    whole: bool = True
    voice: int | None = None


@dataclass(eq=False)
class Cell:
    """A stretch of speech and whose it is; None: not known."""

    at: float
    until: float
    voice: int | None = None
    sure: bool = False
    overlap: bool = False
    """The voice changed without a pause, and the window sounds like two."""
    short: bool = False
    """Too short to tell a voice by."""
    node: Node | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Change:
    """A stretch that turned out to be another's."""

    at: float
    until: float
    was: int | None
    voice: int | None


def fold_by_voice(old: list[Cell]) -> list[Node]:
    """Sums of very like windows of one voice; those that are not whole are let go."""
    by_voice: dict[int | None, list[Cell]] = {}
    for cell in old:
        if cell.node is not None and cell.node.whole:
            by_voice.setdefault(cell.voice, []).append(cell)
        else:
            cell.node = None
    made: list[Node] = []
    for voice, cells in by_voice.items():
        nodes = [cell.node for cell in cells if cell.node]
        groups = group(sums_of(nodes), counts_of(nodes), _VERY_ALIKE)
        for number in range(int(groups.max()) + 1):
            mine = [cell for cell, its in zip(cells, groups, strict=True) if its == number]
            total = sums_of([cell.node for cell in mine if cell.node]).sum(axis=0)
            node = Node(total, len(mine), voice=voice)
            for cell in mine:
                cell.node = node
            made.append(node)
    return made


def sums_of(nodes: Sequence[Node]) -> Sums:
    """A row for each."""
    rows = [node.total for node in nodes]
    return np.stack(rows) if rows else np.zeros((0, SIZE), np.float32)


def counts_of(nodes: Sequence[Node]) -> Counts:
    """How many embeddings are in each."""
    return np.array([node.count for node in nodes], np.float32)


def changes(cells: list[Cell], before: list[int | None]) -> Iterator[Change]:
    """Where the voice is another than before, neighbours together."""
    open_change: Change | None = None
    for cell, was in zip(cells, before, strict=True):
        if cell.voice == was:
            continue
        follows = open_change and (open_change.was, open_change.voice) == (was, cell.voice)
        if open_change and follows and cell.at - open_change.until < 0.05:
            open_change = Change(open_change.at, cell.until, was, cell.voice)
            continue
        if open_change:
            yield open_change
        open_change = Change(cell.at, cell.until, was, cell.voice)
    if open_change:
        yield open_change
