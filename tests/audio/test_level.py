from __future__ import annotations

import numpy as np
import pytest

from companion.audio.level import FLOOR_DB, measure


def test_full_scale_square_is_zero_decibel() -> None:
    level = measure(np.ones(160, np.float32))
    assert (level.rms_db, level.peak_db) == (0.0, 0.0)


def test_half_amplitude_is_six_decibel_down() -> None:
    assert measure(np.full(160, 0.5, np.float32)).rms_db == pytest.approx(-6.02, abs=0.01)


def test_sine_has_its_peak_three_decibel_over_its_mean() -> None:
    sine = np.sin(np.arange(16_000) * 0.1).astype(np.float32)
    level = measure(sine)
    assert level.peak_db - level.rms_db == pytest.approx(3.01, abs=0.05)


def test_silence_and_nothing_are_the_floor() -> None:
    assert measure(np.zeros(160, np.float32)).rms_db == FLOOR_DB
    assert measure(np.zeros(0, np.float32)).peak_db == FLOOR_DB


def test_broken_samples_never_give_a_number_off_the_scale() -> None:
    assert measure(np.full(160, np.nan, np.float32)).rms_db == FLOOR_DB
    assert measure(np.full(160, 8.0, np.float32)).peak_db == 0.0
