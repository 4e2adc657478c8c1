from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from companion.analysis.hashed import HashedLinear, bucket
from companion.errors import ModelError


def model() -> HashedLinear:
    weights = np.zeros((8, 2), np.int8)
    weights[bucket(["yes"], 7)[0]] = (100, -100)
    return HashedLinear(["a", "b"], weights, [0.0, 0.5], scale=0.1)


def test_probabilities_add_up_and_follow_the_weights() -> None:
    found = model().probabilities(["yes"])
    assert found.sum() == pytest.approx(1.0)
    assert found[0] > 0.99


def test_without_features_the_bias_speaks() -> None:
    assert model().probabilities([])[1] > 0.5


def test_a_higher_temperature_is_less_sure() -> None:
    warm = model()
    warm.temperature = 10.0
    assert warm.probabilities(["yes"])[0] < model().probabilities(["yes"])[0]


def test_saved_and_read_it_gives_the_same(tmp_path: Path) -> None:
    model().to_disk(tmp_path)
    again = HashedLinear.from_disk(tmp_path)
    assert np.array_equal(again.logits(["yes"]), model().logits(["yes"]))


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    model().to_disk(tmp_path)
    (tmp_path / "weights.npy").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="can't be read"):
        HashedLinear.from_disk(tmp_path)
