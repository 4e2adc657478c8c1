"""Which voices there are in a heap of embeddings, and whose each stretch is. Pure numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from companion.speech.voice_clustering import Counts, Groups, Sums, group, unit


@dataclass(frozen=True)
class Limits:
    """Cosines and counts at which decisions turn; fitted on the development meetings."""

    joins: float = 0.55
    """Mean cosine over pairs down to which groups are joined."""
    same: float = 0.77
    """Cosine of two centres from which they are one voice."""
    least: float = 6.0
    """Whole windows that make a voice."""
    known: float = 0.45
    """Cosine with a centre under which a window is nobody's."""
    sure: float = 0.08
    """Lead over the next voice from which a window is sure."""
    stays: float = 0.06
    """What going on with the same voice is worth, in cosine."""
    two: float = 0.03
    """How much nearer a mix of two voices is than one, where a change is speech at once."""
    comes_back: float = 0.75
    """Cosine from which a new group takes the number of a voice that was gone."""


@dataclass
class _Part:
    """A group on its way to be a voice."""

    total: NDArray[np.float32]
    many: float
    sample: int | None


def find_voices(
    heard: tuple[Sums, Counts], sampled: tuple[Sums, Counts], limits: Limits
) -> tuple[Sums, list[int | None]]:
    """The centre of each voice, and which of the samples it is (an index; None: of none).

    Two samples never become one voice; a group that is too small and has no sample is none.
    """
    (sums, counts), (samples, sample_counts) = heard, sampled
    heap = np.concatenate((sums, samples))
    weights = np.concatenate((counts, sample_counts))
    fixed = np.concatenate((np.full(len(sums), -1), np.arange(len(samples))))
    groups = group(heap, weights, limits.joins, fixed)
    parts = []
    for number in range(int(groups.max(initial=-1)) + 1):
        mine = np.flatnonzero(groups == number)
        sample = next((int(i) - len(sums) for i in mine if i >= len(sums)), None)
        part = _Part(heap[mine].sum(axis=0), float(weights[mine].sum()), sample)
        if part.many >= limits.least or part.sample is not None:
            parts.append(part)
    _join_near(parts, limits.same)
    if not parts:
        return np.zeros((0, heap.shape[1]), np.float32), []
    centres = unit(np.stack([part.total for part in parts]))
    kept = [part.sample for part in parts]
    return _settled(sums, samples, centres, kept, limits.known), kept


def _join_near(parts: list[_Part], same: float) -> None:
    """Join the nearest two by their centres until none are the same voice; in place."""
    while len(parts) > 1:
        centres = unit(np.stack([part.total for part in parts]))
        alike = centres @ centres.T
        sampled = np.array([part.sample is not None for part in parts])
        alike[np.outer(sampled, sampled)] = -1.0
        np.fill_diagonal(alike, -1.0)
        one, two = (int(i) for i in np.unravel_index(alike.argmax(), alike.shape))
        if alike[one, two] < same:
            return
        gone = parts[two]
        parts[one].total = parts[one].total + gone.total
        parts[one].many += gone.many
        parts[one].sample = gone.sample if parts[one].sample is None else parts[one].sample
        del parts[two]


def _settled(
    sums: Sums, samples: Sums, centres: Sums, kept: list[int | None], known: float
) -> Sums:
    """The centres after everything went to its nearest, twice."""
    lengths = np.linalg.norm(sums, axis=1)
    for _ in range(2):
        scores = sums @ centres.T / np.maximum(lengths, 1e-9)[:, None]
        nearest = scores.argmax(axis=1)
        near = scores.max(axis=1, initial=-1.0) >= known
        moved = []
        for number, sample in enumerate(kept):
            total = sums[(nearest == number) & near].sum(axis=0)
            total = total if sample is None else total + samples[sample]
            moved.append(total if total.any() else centres[number])
        centres = unit(np.stack(moved))
    return centres


def path(scores: Sums, gaps: NDArray[np.float64], stays: float) -> Groups:
    """The best voice for each window in time order, where changing costs `stays` (Viterbi).

    `scores`: (windows, voices) cosines; `gaps`: seconds of silence before each window. After
    a short silence a change costs half, after a second of it nothing.
    """
    count, voices = scores.shape
    if not count:
        return np.zeros(0, np.intp)
    best = np.zeros((count, voices))
    came = np.zeros((count, voices), np.intp)
    best[0] = scores[0]
    for here in range(1, count):
        cost = stays if gaps[here] < 0.05 else stays / 2 if gaps[here] < 1.0 else 0.0
        before = best[here - 1]
        top = int(before.argmax())
        changed = before[top] - cost
        came[here] = np.where(before >= changed, np.arange(voices), top)
        best[here] = np.maximum(before, changed) + scores[here]
    found = np.zeros(count, np.intp)
    found[-1] = best[-1].argmax()
    for here in range(count - 1, 0, -1):
        found[here - 1] = came[here, found[here]]
    return found
