from __future__ import annotations

import asyncio
import shutil
import time
from pathlib import Path
from typing import Self

import numpy as np
import pytest

from companion import doctor
from companion.audio import microphone
from companion.audio.frame import Frame, Samples
from companion.doctor import advice, seconds_per_second
from companion.session.microphone import Choice, remember_microphone
from companion.settings import Settings, load_settings
from companion.speech.transcriber import Recognised
from companion.speech.whisper import Whisper
from companion.storage.opening import open_storage


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


class _Microphone:
    """Opens whatever it is asked for, and hears a room."""

    def __init__(self, name: str, channel: int | None) -> None:
        self.name = name or "Webcam"
        self.channel = channel

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read(self, timeout: float) -> Frame:
        time.sleep(timeout)
        return Frame(np.full(1_600, 0.1, np.float32), 0.0)


@pytest.fixture
def settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:  # noqa: ARG001
    monkeypatch.setattr(microphone, "Microphone", _Microphone)
    return load_settings()


def test_microphone_that_was_chosen_is_the_one_that_is_tested(settings: Settings) -> None:
    async def choose() -> None:
        storage = await open_storage(settings)
        await remember_microphone(storage, Choice("Jabra Speak 510", 1))
        await storage.close()

    asyncio.run(choose())
    (check,) = doctor.microphone(settings.model_copy(update={"microphone": "Headset"}))
    assert check.state == "good"
    assert check.found.startswith("Jabra Speak 510 (the chosen one, channel 2)")


def test_before_a_choice_the_settings_count(settings: Settings) -> None:
    (default,) = doctor.microphone(settings)
    assert default.found.startswith("Webcam (the system's default)")
    (set_one,) = doctor.microphone(settings.model_copy(update={"microphone": "Headset"}))
    assert set_one.found.startswith("Headset (the chosen one)")


def test_microphone_is_tested_though_the_database_does_not_open(settings: Settings) -> None:
    settings.database_file.parent.mkdir(parents=True, exist_ok=True)
    settings.database_file.write_bytes(b"no database" * 1000)
    (check,) = doctor.microphone(settings)
    assert check.found.startswith("Webcam")


@pytest.mark.model
def test_model_of_another_name_loads_and_runs(tmp_path: Path) -> None:
    """What a larger model is to the program: a folder that is no row of the manifest."""
    folder = tmp_path / "groter"
    shutil.copytree(Settings().models_dir / "base", folder)
    assert seconds_per_second(Whisper(folder)) > 0
