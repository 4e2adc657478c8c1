"""The unit of sound that everything downstream takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
"""Samples a second of every Frame."""

Samples: TypeAlias = NDArray[np.float32]
"""One-dimensional mono sound, -1 to 1."""


@dataclass(frozen=True, eq=False)
class Frame:
    """A stretch of sound at SAMPLE_RATE.

    `at` is the time of its first sample in seconds since the source began,
    counted in samples and never by arrival.
    """

    samples: Samples = field(repr=False)
    at: float

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / SAMPLE_RATE

    @property
    def until(self) -> float:
        """The time just after its last sample."""
        return self.at + self.seconds
