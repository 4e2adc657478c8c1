"""Any sample rate and number of channels to 16 kHz mono, as a stream."""

from __future__ import annotations

import numpy as np
import soxr

from companion.audio.frame import SAMPLE_RATE, Samples


class Resampler:
    """Turns blocks of shape (n,) or (n, channels) into mono at SAMPLE_RATE.

    Channels are averaged. What the filter holds back comes with a later block or
    with `last=True`; over a whole stream nothing is added, lost or shifted.
    """

    def __init__(self, rate: float) -> None:
        same = round(rate) == SAMPLE_RATE
        self._stream = None if same else soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32")

    def feed(self, block: Samples, *, last: bool = False) -> Samples:
        """The samples that are ready once `block` is in."""
        mono = block if block.ndim == 1 else block.mean(axis=1)
        mono = np.ascontiguousarray(mono, dtype=np.float32)
        if self._stream is None:
            return mono
        ready: Samples = self._stream.resample_chunk(mono, last=last)
        return ready
