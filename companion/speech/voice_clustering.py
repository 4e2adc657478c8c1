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
    count = len(sums)
    owner = np.arange(count)
    if count < 2:
        return owner
    held = np.full(count, -1) if fixed is None else np.array(fixed)
    total = (sums @ sums.T).astype(np.float64)
    many = counts.astype(np.float64)
    alike = total / np.outer(many, many)
    apart = (held[:, None] >= 0) & (held[None, :] >= 0) & (held[:, None] != held[None, :])
    alike[apart] = _NEVER
    np.fill_diagonal(alike, _NEVER)
    nearest = alike.argmax(axis=1)
    best = alike[np.arange(count), nearest]
    while True:
        one = int(best.argmax())
        if best[one] < least:
            break
        two = int(nearest[one])
        total[one] += total[two]
        total[:, one] += total[:, two]
        many[one] += many[two]
        owner[owner == two] = one
        held[one] = max(held[one], held[two])
        best[two] = _NEVER
        alike[two], alike[:, two] = _NEVER, _NEVER
        gone = best == _NEVER
        row = total[one] / (many[one] * many)
        row[gone] = _NEVER
        row[one] = _NEVER
        if held[one] >= 0:
            row[(held >= 0) & (held != held[one])] = _NEVER
        alike[one], alike[:, one] = row, row
        stale = np.flatnonzero(~gone & ((nearest == one) | (nearest == two)))
        nearest[stale] = alike[stale].argmax(axis=1)
        best[stale] = alike[stale, nearest[stale]]
        closer = ~gone & (row > best)
        nearest[closer], best[closer] = one, row[closer]
        nearest[one] = row.argmax()
        best[one] = row[nearest[one]]
    return np.unique(owner, return_inverse=True)[1]


def centres(sums: Sums, groups: Groups, count: int) -> Sums:
    """The direction of each of `count` groups; a group without nodes has none (zeros)."""
    found = np.zeros((count, sums.shape[1]), np.float32)
    known = groups >= 0
    np.add.at(found, groups[known], sums[known])
    return unit(found)


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
