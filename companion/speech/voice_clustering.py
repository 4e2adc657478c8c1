"""Which directions belong together, and which group keeps which number. Pure numpy.

A node is the sum of unit embeddings, with how many they are: the dot product of two sums
over both counts is the mean cosine over all pairs, so merging old windows into one node
loses nothing of the average linkage.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Sums: TypeAlias = NDArray[np.float32]
"""(nodes, size): each row a sum of unit embeddings."""
Counts: TypeAlias = NDArray[np.float32]
"""(nodes,): how many embeddings are in each."""
Groups: TypeAlias = NDArray[np.intp]
"""(nodes,): the group of each node, from 0; -1: none."""

_NEVER = -2.0
"""Less than any cosine."""


def unit(sums: Sums) -> Sums:
    """Rows at length 1."""
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.maximum(lengths, 1e-9), np.float32)


def group(sums: Sums, counts: Counts, least: float, fixed: Groups | None = None) -> Groups:
    """Average linkage: join the two nearest groups until none are `least` alike.

    `fixed`: nodes with different numbers from 0 on never meet (-1: free).
    """
    owner = np.arange(len(sums))
    if len(sums) < 2:
        return owner
    held = np.full(len(sums), -1) if fixed is None else np.array(fixed)
    linkage = _Linkage(sums, counts, held)
    while True:
        one, alike = linkage.nearest()
        if alike < least:
            return np.unique(owner, return_inverse=True)[1]
        two = linkage.partner[one]
        owner[owner == two] = one
        linkage.join(one, int(two))


class _Linkage:
    """The mean cosines between groups, and each group's nearest, kept up to date."""

    def __init__(self, sums: Sums, counts: Counts, held: Groups) -> None:
        self._total = (sums @ sums.T).astype(np.float64)
        self._many = counts.astype(np.float64)
        self._held = held
        self._gone = np.zeros(len(sums), np.bool_)
        self._alike = self._total / np.outer(self._many, self._many)
        anchored = held >= 0
        apart = anchored[:, None] & anchored[None, :] & (held[:, None] != held[None, :])
        self._alike[apart] = _NEVER
        np.fill_diagonal(self._alike, _NEVER)
        self.partner = self._alike.argmax(axis=1)
        self._best = self._alike[np.arange(len(sums)), self.partner]

    def nearest(self) -> tuple[int, float]:
        """The group with the nearest partner of all, and how alike they are."""
        one = int(self._best.argmax())
        return one, float(self._best[one])

    def join(self, one: int, two: int) -> None:
        """`two` becomes part of `one`."""
        self._total[one] += self._total[two]
        self._total[:, one] += self._total[:, two]
        self._many[one] += self._many[two]
        self._held[one] = max(self._held[one], self._held[two])
        self._gone[two] = True
        self._best[two] = _NEVER
        self._alike[two] = self._alike[:, two] = _NEVER
        row = self._row(one)
        self._alike[one] = self._alike[:, one] = row
        self._look_again(one, two, row)

    def _row(self, one: int) -> NDArray[np.float64]:
        row: NDArray[np.float64] = self._total[one] / (self._many[one] * self._many)
        row[self._gone] = _NEVER
        row[one] = _NEVER
        if self._held[one] >= 0:
            row[(self._held >= 0) & (self._held != self._held[one])] = _NEVER
        return row

    def _look_again(self, one: int, two: int, row: NDArray[np.float64]) -> None:
        """New partners for those whose partner changed, and for whom `one` came nearer."""
        stale = np.flatnonzero(~self._gone & ((self.partner == one) | (self.partner == two)))
        self.partner[stale] = self._alike[stale].argmax(axis=1)
        self._best[stale] = self._alike[stale, self.partner[stale]]
        closer = ~self._gone & (row > self._best)
        self.partner[closer], self._best[closer] = one, row[closer]
        self.partner[one] = row.argmax()
        self._best[one] = row[self.partner[one]]


def assign(gains: NDArray[np.float64]) -> list[int]:
    """The column for each row so that the sum of gains is largest; -1: none left.

    The Hungarian method (Kuhn and Munkres, with potentials), for a few dozen at most.
    """
    rows, columns = gains.shape
    size = max(rows, columns)
    cost = np.zeros((size + 1, size + 1))
    cost[1 : rows + 1, 1 : columns + 1] = -gains
    by_row, by_column = np.zeros(size + 1), np.zeros(size + 1)
    matched = np.zeros(size + 1, np.intp)
    for row in range(1, size + 1):
        matched[0] = row
        _augment(cost, by_row, by_column, matched)
    found = [-1] * rows
    for column in range(1, columns + 1):
        if 1 <= matched[column] <= rows:
            found[matched[column] - 1] = column - 1
    return found


def _augment(
    cost: NDArray[np.float64],
    by_row: NDArray[np.float64],
    by_column: NDArray[np.float64],
    matched: Groups,
) -> None:
    """Match the row at column 0 along a cheapest path."""
    size = len(matched)
    slack = np.full(size, np.inf)
    came = np.zeros(size, np.intp)
    used = np.zeros(size, np.bool_)
    here = 0
    while matched[here]:
        used[here] = True
        row = matched[here]
        free = np.flatnonzero(~used)
        offered = cost[row, free] - by_row[row] - by_column[free]
        better = offered < slack[free]
        slack[free[better]] = offered[better]
        came[free[better]] = here
        there = int(free[slack[free].argmin()])
        step = slack[there]
        by_row[matched[used]] += step
        by_column[used] -= step
        slack[free] -= step
        here = there
    while here:
        matched[here] = matched[came[here]]
        here = int(came[here])
