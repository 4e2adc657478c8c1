"""Two voices in one window: its direction then lies between theirs. Pure numpy."""

from __future__ import annotations

import numpy as np

from companion.speech.voice_clustering import Sums
from companion.speech.voice_network import Embedding


def gain_of_two(embedding: Embedding, centres: Sums) -> float:
    """How much nearer, in cosine, a mix of the nearest voice and another is than that voice.

    Both have a positive part in the mix; 0 where no mix is nearer.
    """
    scores = np.asarray(centres @ embedding, np.float64)
    nearest = int(scores.argmax())
    best = scores[nearest]
    if best <= 0:
        return 0.0
    alike = np.asarray(centres @ centres[nearest], np.float64)
    mixes = (scores > alike * best) & (best > alike * scores) & (alike < 1 - 1e-6)
    if not mixes.any():
        return 0.0
    s, a = scores[mixes], alike[mixes]
    nearness = np.sqrt((best**2 + s**2 - 2 * a * best * s) / (1 - a**2))
    return float(nearness.max() - best)
