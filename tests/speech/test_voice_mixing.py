from __future__ import annotations

import numpy as np
import pytest

from companion.speech.voice_clustering import unit
from companion.speech.voice_mixing import gain_of_two
from companion.speech.voice_network import Embedding

_DRAW = np.random.default_rng(5)
_CENTRES = unit(np.asarray(_DRAW.standard_normal((4, 192)) + 0.4, np.float32))


def _mix(*parts: float) -> Embedding:
    total = np.asarray(parts, np.float32) @ _CENTRES[: len(parts)]
    direction: Embedding = unit(np.asarray(total[None], np.float32))[0]
    return direction


def test_mix_of_two_voices_is_nearer_to_both_than_to_one() -> None:
    assert gain_of_two(_mix(0.5, 0.5), _CENTRES) > 0.1
    assert gain_of_two(_mix(0.8, 0.2), _CENTRES) < gain_of_two(_mix(0.6, 0.4), _CENTRES)


@pytest.mark.parametrize("direction", [_mix(1.0), _mix(1.0, -0.5), -_mix(1.0)])
def test_one_voice_has_nothing_of_another(direction: Embedding) -> None:
    assert gain_of_two(direction, _CENTRES[:2]) == pytest.approx(0.0, abs=1e-5)


def test_one_voice_that_is_known_is_no_mix() -> None:
    assert gain_of_two(_mix(0.5, 0.5), _CENTRES[:1]) == 0.0


def test_two_centres_of_one_person_are_no_mix() -> None:
    twice = np.stack([_CENTRES[0], _CENTRES[0]])
    assert gain_of_two(_mix(0.7, 0.3), twice) == 0.0
