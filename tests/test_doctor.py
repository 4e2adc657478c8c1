from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from companion.audio.frame import Samples
from companion.doctor import advice, seconds_per_second
from companion.settings import Settings
from companion.speech.transcriber import Recognised
from companion.speech.whisper import Whisper


def test_machine_that_has_room_is_told_the_largest_model_that_fits() -> None:
    assert advice("base", 0.2) == "base fits this machine"
    assert "companion models get small" in advice("base", 0.1)
    assert "companion models get large-v3:" not in advice("base", 0.03)
    assert "large-v3-turbo" in advice("base", 0.03)


def test_machine_that_is_too_slow_for_any_is_told_so() -> None:
    assert "Too slow" in advice("base", 0.9)


def test_model_that_is_too_large_is_told_what_fits_instead() -> None:
    assert "base fits" in advice("small", 0.9)


def test_own_model_gets_no_estimate_but_is_told_when_it_is_too_slow() -> None:
    assert advice("eigen", 0.1) == ""
    assert "smaller" in advice("eigen", 0.9)


def test_work_is_measured_per_second_of_sound() -> None:
    class _Slow:
        def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:  # noqa: ARG002
            time.sleep(0.05)
            return Recognised("ja", -0.1)

    factor = seconds_per_second(_Slow())
    assert 0.05 / 30 < factor < 5.0


@pytest.mark.model
def test_model_of_another_name_loads_and_runs(tmp_path: Path) -> None:
    """What a larger model is to the program: a folder that is no row of the manifest."""
    folder = tmp_path / "groter"
    shutil.copytree(Settings().models_dir / "base", folder)
    assert seconds_per_second(Whisper(folder)) > 0
