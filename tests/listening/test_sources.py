from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import soundfile

from companion.audio.microphone import Microphone
from companion.events import ListeningProblem
from companion.listening import sources
from companion.listening.sources import Chosen, LiveMicrophone, Played


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    soundfile.write(tmp_path / "a.wav", np.full(16_000 * 3, 0.1), 16_000)
    return tmp_path / "a.wav"


class _Clock:
    """A monotonic clock that moves when somebody waits."""

    now = 10.0

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


def _played(tape: Path, monkeypatch: pytest.MonkeyPatch, speed: float) -> tuple[Played, _Clock]:
    clock = _Clock()
    monkeypatch.setattr(sources, "time", clock)
    played = Played(tape, speed=speed)
    monkeypatch.setattr(played, "_closed", SimpleNamespace(wait=clock.wait, is_set=lambda: False))
    return played, clock


@pytest.mark.parametrize(("speed", "seconds"), [(1.0, 3.0), (4.0, 0.75), (0.0, 0.0)])
def test_recording_takes_its_own_time_by_the_speed(
    tape: Path, monkeypatch: pytest.MonkeyPatch, speed: float, seconds: float
) -> None:
    played, clock = _played(tape, monkeypatch, speed)
    until = 0.0
    while frame := played.read(0.1):
        until = frame.until
    assert until == pytest.approx(3.0)
    assert clock.now - 10.0 == pytest.approx(seconds)
    assert played.ended


def test_frame_comes_when_it_is_over_not_before(
    tape: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played, clock = _played(tape, monkeypatch, 1.0)
    while frame := played.read(0.1):
        assert clock.now - 10.0 == pytest.approx(frame.until)


def test_reader_that_was_late_catches_up(tape: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    played, clock = _played(tape, monkeypatch, 1.0)
    clock.now += 2.0
    for _ in range(20):
        assert played.read(0.1)
    assert clock.now == 12.0


def test_closed_recording_gives_nothing_more_and_wakes_its_reader(tape: Path) -> None:
    played = Played(tape, speed=0.001)
    reader = threading.Thread(target=played.read, args=(0.1,))
    reader.start()
    played.close()
    reader.join(timeout=20)
    assert not reader.is_alive()
    assert played.read(0.1) is None
    assert played.problem() is ListeningProblem.NONE


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A sound server that records from `name`, and a device that is well."""
    server = SimpleNamespace(name="headset", clock=_Clock(), device=ListeningProblem.NONE)

    def opened(*_: Any) -> None:
        return None

    monkeypatch.setattr(sources, "source_name", lambda: server.name)
    monkeypatch.setattr(sources, "time", server.clock)
    monkeypatch.setattr(Microphone, "__init__", opened)
    monkeypatch.setattr(Microphone, "problem", lambda _: server.device)
    return server


def test_microphone_that_was_opened_first_is_the_chosen_one(server: SimpleNamespace) -> None:
    chosen = Chosen()
    mic = LiveMicrophone("", chosen)
    assert mic.problem() is ListeningProblem.NONE
    assert chosen.name == server.name


def test_another_microphone_is_seen_within_two_seconds(server: SimpleNamespace) -> None:
    mic = LiveMicrophone("", Chosen())
    mic.problem()
    server.name = "webcam"
    server.clock.now += 2.0
    assert mic.problem() is ListeningProblem.MICROPHONE_CHANGED


def test_choice_is_kept_over_a_loss(server: SimpleNamespace) -> None:
    chosen = Chosen()
    LiveMicrophone("", chosen).problem()
    server.name = "webcam"
    assert LiveMicrophone("", chosen).problem() is ListeningProblem.MICROPHONE_CHANGED


def test_server_that_does_not_say_is_no_change(server: SimpleNamespace) -> None:
    mic = LiveMicrophone("", Chosen("headset"))
    server.name = None
    assert mic.problem() is ListeningProblem.NONE


def test_lost_device_is_told_before_anybody_is_asked(server: SimpleNamespace) -> None:
    mic = LiveMicrophone("", Chosen("headset"))
    server.name = "webcam"
    server.device = ListeningProblem.MICROPHONE_LOST
    assert mic.problem() is ListeningProblem.MICROPHONE_LOST
