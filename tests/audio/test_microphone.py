"""The microphone against a PortAudio that does as it is told; the real one: test_capture."""

from __future__ import annotations

import builtins
import itertools
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from companion.audio import microphone
from companion.audio.microphone import Microphone, inputs
from companion.audio.sound_server import ServerSource
from companion.errors import MicrophoneError
from companion.events import ListeningProblem


class _PortAudioError(Exception):
    pass


class _Stream:
    def __init__(self, **options: Any) -> None:
        self.options = options
        self.active = False
        self.closed = False

    def start(self) -> None:
        self.active = True

    def abort(self) -> None:
        self.active = False

    def close(self) -> None:
        self.closed = True

    def deliver(self, value: float, seconds: float = 0.05, status: Any = None) -> None:
        frames = round(self.options["samplerate"] * seconds)
        block = np.full((frames, self.options["channels"]), value, np.float32)
        self.options["callback"](block, frames, None, status)


class _Sound(ModuleType):
    """As much of sounddevice as is used, with two inputs and a loudspeaker."""

    PortAudioError = _PortAudioError

    def __init__(self) -> None:
        super().__init__("sounddevice")
        self.streams: list[_Stream] = []
        self.default = type("Default", (), {"device": (1, 2)})
        self.refuses = False
        self.recorded: list[str] = []

    def query_devices(self) -> list[dict[str, Any]]:
        rows = [("Webcam", 1, 16_000.0), ("Headset USB", 2, 48_000.0), ("Speaker", 0, 48_000.0)]
        return [
            {"index": i, "name": n, "max_input_channels": c, "default_samplerate": r}
            for i, (n, c, r) in enumerate(rows)
        ]

    def InputStream(self, **options: Any) -> _Stream:  # noqa: N802
        if self.refuses:
            raise _PortAudioError
        self.streams.append(_Stream(**options))
        return self.streams[-1]


class _Time:
    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch) -> _Sound:
    sound = _Sound()
    monkeypatch.setattr(microphone, "_portaudio", lambda: sound)
    monkeypatch.setattr(microphone, "server_sources", list)
    monkeypatch.setattr(microphone, "record_from", sound.recorded.append)
    return sound


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Time:
    clock = _Time()
    monkeypatch.setattr(microphone, "time", clock)
    return clock


def test_without_a_name_the_default_is_opened(sound: _Sound) -> None:
    assert Microphone().name == "Headset USB"
    assert sound.streams[0].options["device"] == 1


def test_part_of_a_name_chooses_in_any_case(sound: _Sound) -> None:
    assert Microphone("webc").name == "Webcam"
    assert sound.streams[0].options["channels"] == 1


def test_unknown_name_lists_what_there_is(sound: _Sound) -> None:
    with pytest.raises(MicrophoneError, match="There is: Webcam, Headset USB"):
        Microphone("Yeti")
    assert not sound.streams


def test_device_that_is_held_by_another_is_one_clear_line(sound: _Sound) -> None:
    sound.refuses = True
    with pytest.raises(MicrophoneError, match="'Headset USB' can't be opened"):
        Microphone()


def test_missing_portaudio_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any, **more: Any) -> Any:
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MicrophoneError, match="libportaudio2"):
        inputs()


def test_only_inputs_are_named(sound: _Sound) -> None:  # noqa: ARG001
    assert [found["name"] for found in inputs()] == ["Webcam", "Headset USB"]


def test_time_is_counted_in_samples_not_by_arrival(sound: _Sound, clock: _Time) -> None:
    mic = Microphone()
    for late in (0.0, 3.0, 0.0):
        clock.now += late
        sound.streams[0].deliver(0.1)
    frames = [mic.read(0) for _ in range(3)]
    assert all(frame is not None for frame in frames)
    ends = [frame.until for frame in frames if frame]
    assert [frame.at for frame in frames if frame][1:] == pytest.approx(ends[:-1])
    assert ends[-1] <= 0.15


def test_nothing_arrived_is_none(sound: _Sound) -> None:  # noqa: ARG001
    assert Microphone().read(0.001) is None


def test_sound_that_nobody_reads_is_dropped_and_the_time_jumps(sound: _Sound) -> None:
    mic = Microphone("Webcam")
    for _ in range(700):
        sound.streams[0].deliver(0.1)
    held = []
    while (frame := mic.read(0.001)) is not None:
        held.append(frame)
    assert held[-1].until == pytest.approx(30.0)
    sound.streams[0].deliver(0.1)
    after = mic.read(0.001)
    assert after is not None
    assert after.at == pytest.approx(35.0)


_OVERFLOW = SimpleNamespace(input_overflow=True)


def _pass(clock: _Time, stream: _Stream, seconds: float) -> None:
    """Sound comes as it should, but for the way here, which takes 0 to 40 ms."""
    for block in range(round(seconds / 0.05)):
        way = 0.01 * (block % 5)
        clock.now += 0.05 + way
        stream.deliver(0.1)
        clock.now -= way


def _jumps(mic: Microphone) -> list[float]:
    """The holes in what it gives."""
    frames = []
    while (frame := mic.read(0.001)) is not None:
        frames.append(frame)
    holes = [after.at - before.until for before, after in itertools.pairwise(frames)]
    return [hole for hole in holes if hole > 0.05]


@pytest.mark.parametrize(
    ("lost", "status", "jumps"),
    [(1.0, _OVERFLOW, [1.0]), (0.15, _OVERFLOW, [0.15]), (1.0, None, [1.0]), (0.15, None, [])],
)
def test_sound_that_the_system_lost_is_counted(
    sound: _Sound, clock: _Time, lost: float, status: Any, jumps: list[float]
) -> None:
    mic = Microphone()
    (stream,) = sound.streams
    _pass(clock, stream, 10.0)
    clock.now += lost + 0.05
    stream.deliver(0.1, status=status)
    _pass(clock, stream, 10.0)
    assert _jumps(mic) == pytest.approx(jumps, abs=0.03)


@pytest.mark.parametrize("status", [None, _OVERFLOW])
def test_busy_moment_after_which_all_comes_in_a_burst_is_no_loss(
    sound: _Sound, clock: _Time, status: Any
) -> None:
    mic = Microphone()
    (stream,) = sound.streams
    _pass(clock, stream, 5.0)
    clock.now += 5.0
    for _ in range(100):
        stream.deliver(0.1, status=status)
        status = None
    _pass(clock, stream, 5.0)
    assert _jumps(mic) == []


def test_clock_of_the_device_that_runs_slow_loses_nothing(sound: _Sound, clock: _Time) -> None:
    mic = Microphone()
    (stream,) = sound.streams
    jumps = []
    for _ in range(60):
        for _ in range(200):
            clock.now += 0.05 * 1.001
            stream.deliver(0.1)
        jumps += _jumps(mic)
    assert jumps == []


def test_healthy_microphone_has_no_problem(sound: _Sound, clock: _Time) -> None:
    mic = Microphone()
    sound.streams[0].deliver(0.1)
    clock.now += 1.0
    assert mic.problem() is ListeningProblem.NONE


def test_callbacks_that_stay_away_are_a_lost_microphone(sound: _Sound, clock: _Time) -> None:
    mic = Microphone()
    sound.streams[0].deliver(0.1)
    clock.now += 1.6
    assert mic.problem() is ListeningProblem.MICROPHONE_LOST


def test_stream_that_stopped_is_a_lost_microphone(sound: _Sound) -> None:
    mic = Microphone()
    sound.streams[0].active = False
    assert mic.problem() is ListeningProblem.MICROPHONE_LOST


def test_stream_that_finished_is_a_lost_microphone(sound: _Sound) -> None:
    mic = Microphone()
    sound.streams[0].options["finished_callback"]()
    assert mic.problem() is ListeningProblem.MICROPHONE_LOST


def _read_all(mic: Microphone) -> None:
    while mic.read(0.001) is not None:
        pass


def test_two_seconds_of_exact_zeros_are_digital_silence(sound: _Sound) -> None:
    mic = Microphone()
    for _ in range(38):
        sound.streams[0].deliver(0.0)
    _read_all(mic)
    assert mic.problem() is ListeningProblem.DIGITAL_SILENCE
    sound.streams[0].deliver(0.0001)
    _read_all(mic)
    assert mic.problem() is ListeningProblem.NONE


def test_close_closes_the_stream_itself(sound: _Sound) -> None:
    with Microphone():
        assert sound.streams[0].active
    assert sound.streams[0].closed


def _stereo(stream: _Stream, left: float, right: float) -> None:
    block = np.tile(np.array([left, right], np.float32), (2400, 1))
    stream.options["callback"](block, 2400, None, None)


@pytest.mark.parametrize(("channel", "level"), [(None, 0.2), (0, 0.4), (1, 0.0)])
def test_channels_are_mixed_or_one_is_chosen(
    sound: _Sound, channel: int | None, level: float
) -> None:
    mic = Microphone(channel=channel)
    for _ in range(8):
        _stereo(sound.streams[0], 0.4, 0.0)
    frames = [mic.read(0) for _ in range(8)]
    last = next(frame for frame in reversed(frames) if frame is not None and len(frame.samples))
    assert float(np.median(last.samples)) == pytest.approx(level, abs=0.01)


def test_channel_that_is_not_there_is_one_clear_line(sound: _Sound) -> None:
    with pytest.raises(MicrophoneError, match="no channel 2"):
        Microphone("webcam", channel=1)
    assert not sound.streams


def test_silence_of_the_chosen_channel_is_digital_silence(sound: _Sound) -> None:
    mic = Microphone(channel=1)
    for _ in range(40):
        _stereo(sound.streams[0], 0.4, 0.0)
    _read_all(mic)
    assert mic.problem() is ListeningProblem.DIGITAL_SILENCE


def test_server_knows_a_microphone_that_portaudio_does_not_name(
    sound: _Sound, monkeypatch: pytest.MonkeyPatch
) -> None:
    jabra = ServerSource("alsa_input.jabra", "Jabra Speak 510", 1, 16_000.0, default=True)
    monkeypatch.setattr(microphone, "server_sources", lambda: [jabra])
    assert [found["name"] for found in inputs()] == ["Jabra Speak 510"]
    assert Microphone("jabra").name == "Jabra Speak 510"
    assert sound.recorded == ["alsa_input.jabra"]
    Microphone()
    assert sound.recorded[-1] == ""
