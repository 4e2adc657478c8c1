"""How loud a stretch of sound is."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from companion.audio.frame import Samples

FLOOR_DB = -120.0
"""What silence counts as, so that no level is minus infinity."""


@dataclass(frozen=True)
class Level:
    """Root mean square and peak in dB full scale, FLOOR_DB to 0."""

    rms_db: float
    peak_db: float


def measure(samples: Samples) -> Level:
    """The level of `samples`; nothing at all is silence."""
    if not len(samples):
        return Level(FLOOR_DB, FLOOR_DB)
    wide = samples.astype(np.float64)
    return Level(_decibel(math.sqrt(float(np.mean(wide * wide)))), _decibel(np.abs(wide).max()))


def _decibel(amplitude: float) -> float:
    if not amplitude > 0:  # also not-a-number, which a broken driver can send
        return FLOOR_DB
    return min(0.0, max(FLOOR_DB, 20 * math.log10(amplitude)))
