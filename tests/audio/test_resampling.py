from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.audio.frame import SAMPLE_RATE, Samples
from companion.audio.resampling import Resampler


def _through(rate: int, sound: Samples, block: int) -> Samples:
    resampler = Resampler(rate)
    pieces = [resampler.feed(sound[i : i + block]) for i in range(0, len(sound), block)]
    pieces.append(resampler.feed(np.zeros(0, np.float32), last=True))
    return np.concatenate(pieces)


@given(st.sampled_from([8_000, 16_000, 22_050, 44_100, 48_000]), st.integers(64, 9_000))
@settings(max_examples=30, deadline=None)
def test_length_in_seconds_is_kept_whatever_the_blocks(rate: int, block: int) -> None:
    out = _through(rate, np.zeros(rate, np.float32), block)
    assert abs(len(out) - SAMPLE_RATE) <= 1


@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_sound_is_not_shifted_in_time(rate: int) -> None:
    click = np.zeros(rate, np.float32)
    click[rate // 2] = 1.0
    out = _through(rate, click, rate // 20)
    assert abs(int(np.abs(out).argmax()) - SAMPLE_RATE // 2) <= 1


def test_channels_are_averaged() -> None:
    stereo = np.stack((np.full(160, 0.2), np.full(160, 0.6)), axis=1).astype(np.float32)
    assert Resampler(SAMPLE_RATE).feed(stereo) == pytest.approx(np.full(160, 0.4))


def test_tone_above_the_new_range_is_taken_out() -> None:
    high = np.sin(2 * np.pi * 12_000 * np.arange(48_000) / 48_000).astype(np.float32)
    middle = _through(48_000, high, 2_400)[1_000:-1_000]
    assert float(np.abs(middle).max()) < 0.01
