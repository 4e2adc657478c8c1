from __future__ import annotations

import itertools

import numpy as np
import pytest

from companion.speech.voice_clustering import Groups, Sums, assign, group, unit


def _directions(people: int, each: int, spread: float = 0.05, seed: int = 0) -> tuple[Sums, Groups]:
    """`each` noisy unit vectors of every person, mixed, and whose they are."""
    draw = np.random.default_rng(seed)
    centres = draw.standard_normal((people, 192))
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    whose = draw.permutation(np.repeat(np.arange(people), each))
    return unit(
        np.asarray(centres[whose] + spread * draw.standard_normal((len(whose), 192)), np.float32)
    ), whose


def _sets(groups: Groups) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(groups == g).tolist()) for g in np.unique(groups)}


def _by_hand(sums: Sums, counts: Sums, least: float) -> set[frozenset[int]]:
    """Average linkage as the book has it."""
    groups = [[i] for i in range(len(sums))]
    while len(groups) > 1:
        alike = {
            (a, b): float(sums[groups[a]].sum(0) @ sums[groups[b]].sum(0))
            / (counts[groups[a]].sum() * counts[groups[b]].sum())
            for a, b in itertools.combinations(range(len(groups)), 2)
        }
        (a, b), most = max(alike.items(), key=lambda item: item[1])
        if most < least:
            break
        groups[a] += groups.pop(b)
    return {frozenset(g) for g in groups}


@pytest.mark.parametrize("least", [0.1, 0.4, 0.62, 0.7, 0.95])
def test_groups_are_those_of_average_linkage_over_all_pairs(least: float) -> None:
    sums, _ = _directions(4, 9)
    ones = np.ones(len(sums), np.float32)
    assert _sets(group(sums, ones, least)) == _by_hand(sums, ones, least)


def test_a_sum_of_many_weighs_as_its_parts_do() -> None:
    sums, whose = _directions(3, 8)
    first = np.flatnonzero(whose == 0)
    rest = np.flatnonzero(whose != 0)
    folded = np.concatenate((sums[first].sum(0, keepdims=True), sums[rest]))
    counts = np.concatenate(([len(first)], np.ones(len(rest)))).astype(np.float32)
    groups = group(folded, counts, 0.4)
    assert _sets(groups) == _by_hand(folded, counts, 0.4)
    assert len(np.unique(groups)) == 3


def test_fixed_nodes_never_meet_however_alike() -> None:
    sums, _ = _directions(1, 6)
    fixed = np.array([0, 1, -1, -1, -1, -1])
    groups = group(sums, np.ones(6, np.float32), 0.1, fixed)
    assert groups[0] != groups[1]
    assert set(groups.tolist()) == {groups[0], groups[1]}


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_and_one_are_groups_of_their_own(count: int) -> None:
    groups = group(np.zeros((count, 192), np.float32), np.ones(count, np.float32), 0.5)
    assert groups.tolist() == list(range(count))


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (3, 3), (2, 4), (4, 2), (5, 5), (1, 6)])
def test_assignment_is_the_best_there_is(rows: int, columns: int) -> None:
    draw = np.random.default_rng(rows * 10 + columns)
    for _ in range(20):
        gains = draw.integers(-5, 30, (rows, columns)).astype(float)
        wide = gains if rows <= columns else gains.T
        best = max(
            sum(wide[i, order[i]] for i in range(len(wide)))
            for order in itertools.permutations(range(wide.shape[1]), len(wide))
        )
        found = assign(gains)
        pairs = [(i, j) for i, j in enumerate(found) if j >= 0]
        assert len({j for _, j in pairs}) == len(pairs) == min(rows, columns)
        assert sum(gains[i, j] for i, j in pairs) == pytest.approx(best)
