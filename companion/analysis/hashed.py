"""A linear classifier over hashed features: one table of weights, no vocabulary.

The features of an example are hashed into rows of the table, the rows are added and
divided by the square root of their number, and a softmax with a fitted temperature
makes probabilities of the sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import msgspec
import numpy as np
import numpy.typing as npt

from companion.errors import ModelError

Floats = npt.NDArray[np.float32]


class _Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    labels: tuple[str, ...]
    bias: tuple[float, ...]
    scale: float
    temperature: float


class HashedLinear:
    """Weights of shape (buckets, labels) in 8-bit steps of `scale`; buckets are a power of two."""

    def __init__(
        self,
        labels: Sequence[str],
        weights: npt.NDArray[np.int8],
        bias: Sequence[float],
        scale: float,
        temperature: float = 1.0,
    ) -> None:
        self.labels = tuple(labels)
        self.weights = weights
        self.bias: Floats = np.asarray(bias, dtype=np.float32)
        self.scale = scale
        self.temperature = temperature
        self._mask = len(weights) - 1

    def rows(self, features: Sequence[str]) -> npt.NDArray[np.int64]:
        """The table rows that these features fall in."""
        return bucket(features, self._mask)

    def logits(self, features: Sequence[str]) -> Floats:
        """One sum per label."""
        if not features:
            return self.bias
        total = self.weights[self.rows(features)].sum(axis=0, dtype=np.int32)
        logits: Floats = total.astype(np.float32) * (self.scale / len(features) ** 0.5) + self.bias
        return logits

    def probabilities(self, features: Sequence[str]) -> Floats:
        """One calibrated probability per label; they add up to 1."""
        return softmax(self.logits(features) / self.temperature)

    def to_disk(self, folder: Path) -> None:
        """Write the table and its card into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "weights.npy", self.weights, allow_pickle=False)
        card = _Card(
            labels=self.labels,
            bias=tuple(float(b) for b in self.bias),
            scale=self.scale,
            temperature=self.temperature,
        )
        (folder / "card.json").write_bytes(msgspec.json.format(msgspec.json.encode(card)))

    @classmethod
    def from_disk(cls, folder: Path) -> HashedLinear:
        """Read what to_disk wrote; raises ModelError when it is missing or damaged."""
        try:
            card = msgspec.json.decode((folder / "card.json").read_bytes(), type=_Card)
            weights = np.load(folder / "weights.npy", allow_pickle=False)
        except (OSError, ValueError, EOFError, msgspec.DecodeError) as error:
            raise ModelError(
                "language-model", f"The Dutch language model in {folder} can't be read: {error}"
            ) from error
        return cls(card.labels, weights, card.bias, card.scale, card.temperature)


def bucket(features: Sequence[str], mask: int) -> npt.NDArray[np.int64]:
    """Row numbers for `features`; `mask` is the number of rows minus one."""
    return np.fromiter(
        (crc32(feature.encode()) & mask for feature in features), np.int64, len(features)
    )


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return result
