"""Fits a hashed linear classifier: sparse counts, logistic regression, 8-bit weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression

from companion.analysis.hashed import HashedLinear, bucket

Example = tuple[list[str], str]
"""Features and label."""


class Effort(NamedTuple):
    """How closely a table follows its examples."""

    strength: float = 30.0
    """Inverse of the regularisation."""
    tolerance: float = 1e-4
    """What a round must win for another to follow."""


USUAL = Effort()


def matrix(examples: Sequence[list[str]], buckets: int) -> csr_matrix:
    """Rows of hashed counts, each divided by the square root of its number of features."""
    rows = [bucket(features, buckets - 1) for features in examples]
    lengths = np.array([len(row) for row in rows])
    values = np.repeat(1.0 / np.sqrt(np.maximum(lengths, 1)), lengths).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    found = csr_matrix((values, np.concatenate(rows), starts), shape=(len(rows), buckets))
    found.sum_duplicates()
    return found


def fit(
    examples: Sequence[Example],
    *,
    buckets: int,
    effort: Effort = USUAL,
    weights: Sequence[float] | None = None,
    labels: Sequence[str] = (),
) -> HashedLinear:
    """Train on (features, label)."""
    data = matrix([features for features, _ in examples], buckets)
    targets = [label for _, label in examples]
    model = LogisticRegression(C=effort.strength, max_iter=1000, tol=effort.tolerance)
    model.fit(data, targets, sample_weight=weights)
    table, bias, names = model.coef_.T, model.intercept_, [str(c) for c in model.classes_]
    if len(names) == 2:  # scikit-learn keeps one row for two classes
        table, bias = np.hstack([-table / 2, table / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    order = [names.index(label) for label in labels] if labels else range(len(names))
    table, bias, names = table[:, order], bias[order], [names[i] for i in order]
    scale = float(np.abs(table).max()) / 127
    small = np.round(table / scale).astype(np.int8)
    return HashedLinear(names, small, [float(b) for b in bias], scale)


def calibrate(model: HashedLinear, examples: Sequence[Example]) -> float:
    """The temperature with the least log loss on held-out examples."""
    logits = np.array([model.logits(features) for features, _ in examples])
    truth = np.array([model.labels.index(label) for _, label in examples])

    def loss(temperature: float) -> float:
        scaled = logits / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        log = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-log[np.arange(len(truth)), truth].mean())

    return min((round(0.3 + 0.05 * i, 2) for i in range(75)), key=loss)
