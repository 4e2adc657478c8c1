"""The microphone, by PortAudio. Its troubles are states that can be asked for.

PortAudio raises nothing when a device goes away: the stream turns inactive, or the
callback just no longer comes. So the age of the last callback is watched, and time is
counted in samples. sounddevice is imported late: a machine without PortAudio can do
everything but this.
"""

from __future__ import annotations

import contextlib
import queue
import time
from types import ModuleType
from typing import Any, Self

from companion.audio.frame import SAMPLE_RATE, Frame, Samples
from companion.audio.lateness import Lateness
from companion.audio.resampling import Resampler
from companion.audio.sound_server import ServerSource, record_from, server_sources
from companion.errors import MicrophoneError
from companion.events import ListeningProblem

_SERVERS = ("pulse", "pipewire", "default")
_BLOCK = 0.05
_HELD = 30.0
"""Seconds of sound that may wait for the reader; after that blocks are dropped and counted."""
_SILENT_CALLBACK = 1.5
"""Seconds without a callback after which the device counts as lost."""
_DIGITAL_SILENCE = 1.8
"""Seconds of exact zeros: a muted or dead device, since a real one always has noise."""


class Microphone:
    """An open input device, read as frames of 16 kHz mono."""

    def __init__(self, name: str = "", channel: int | None = None) -> None:
        """Open the first input whose name contains `name`; empty: the system's default.

        A sound server's own names count too. `channel` counts from 0; None mixes the first two.
        """
        self._sound = _portaudio()
        device = _choose(self._sound, name)
        self._channel = _checked(channel, device)
        self.name: str = device["name"]
        self._rate = float(device["default_samplerate"])
        self._blocks: queue.Queue[tuple[int, Samples]] = queue.Queue(int(_HELD / _BLOCK))
        self._count = 0
        self._next = 0
        self._zeros = 0
        self._finished = False
        self._start_at(0)
        self._lateness = Lateness()
        self._called = self._opened = time.monotonic()
        self._stream = self._open(device)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, timeout: float) -> Frame | None:
        """The next sound, or None when none came within `timeout` seconds.

        A jump in `at` means that blocks were dropped because nobody read them, or that the
        system lost sound; of that it is told two seconds later.
        """
        try:
            first, block = self._blocks.get(timeout=timeout)
        except queue.Empty:
            return None
        if first != self._next:
            self._start_at(first)
        self._next = first + len(block)
        block = block if self._channel is None else block[:, self._channel]
        self._zeros = 0 if block.any() else self._zeros + len(block)
        samples = self._resampler.feed(block)
        at = self._origin + self._given / SAMPLE_RATE
        self._given += len(samples)
        return Frame(samples, at)

    def problem(self) -> ListeningProblem:
        """What is wrong with the device now."""
        silent_for = time.monotonic() - self._called
        if self._finished or not self._stream.active or silent_for > _SILENT_CALLBACK:
            return ListeningProblem.MICROPHONE_LOST
        if self._zeros > _DIGITAL_SILENCE * self._rate:
            return ListeningProblem.DIGITAL_SILENCE
        return ListeningProblem.NONE

    def close(self) -> None:
        """Close the stream itself, so that the device's light goes out."""
        try:
            self._stream.abort()
            self._stream.close()
        except self._sound.PortAudioError:  # the device went first
            return

    def _start_at(self, first: int) -> None:
        """Begin a stretch without holes at sample `first` of the device."""
        self._resampler = Resampler(self._rate)
        self._origin = first / self._rate
        self._given = 0

    def _open(self, device: dict[str, Any]) -> Any:
        try:
            stream = self._sound.InputStream(
                samplerate=self._rate,
                blocksize=round(self._rate * _BLOCK),
                device=device["index"],
                channels=min(max(2, (self._channel or 0) + 1), device["max_input_channels"]),
                dtype="float32",
                callback=self._heard,
                finished_callback=self._ended,
            )
            stream.start()
        except self._sound.PortAudioError as error:
            raise MicrophoneError(
                "microphone.refused",
                f"The microphone {self.name!r} can't be opened",
                "Another program may hold it, or the system may forbid it",
            ) from error
        return stream

    def _heard(self, block: Samples, frames: int, _time: Any, status: Any) -> None:
        """PortAudio's own thread: only counts and copies."""
        self._called = time.monotonic()
        late = self._called - self._opened - (self._count + frames) / self._rate
        told = bool(status and status.input_overflow)
        self._count += round(self._lateness.lost(self._called, late, told=told) * self._rate)
        with contextlib.suppress(queue.Full):  # `at` then jumps, which says how much was lost
            self._blocks.put_nowait((self._count, block.copy()))
        self._count += frames

    def _ended(self) -> None:
        self._finished = True


def refresh_devices() -> None:
    """Make PortAudio look again which devices there are; no stream may be open."""
    sound = _portaudio()
    sound._terminate()  # noqa: SLF001 - the only way that sounddevice offers
    sound._initialize()  # noqa: SLF001


def inputs() -> list[dict[str, Any]]:
    """Every microphone by the sound server, else by PortAudio, with `default` added.

    MicrophoneError where PortAudio is missing.
    """
    sound = _portaudio()
    found = [dict(d) for d in sound.query_devices() if d["max_input_channels"] > 0]
    server = [_as_device(found, source) for source in server_sources()] if found else []
    default = sound.default.device[0]
    return server or [{**device, "default": device["index"] == default} for device in found]


def _as_device(found: list[dict[str, Any]], source: ServerSource) -> dict[str, Any]:
    """A server's microphone in PortAudio's terms: the device of the server, by another name."""
    through = next((d for d in found if d["name"] in _SERVERS), found[0])
    return {
        **through,
        "name": source.title,
        "source": source.id,
        "max_input_channels": source.channels,
        "default": source.default,
    }


def _portaudio() -> ModuleType:
    try:
        import sounddevice  # noqa: PLC0415 - raises OSError without libportaudio2
    except OSError as error:
        raise MicrophoneError(
            "microphone.no-portaudio",
            "PortAudio is missing, so the microphone can't be used",
            "Debian: apt-get install libportaudio2; a recording, the demo and by hand work without",
        ) from error
    module: ModuleType = sounddevice
    return module


def _checked(channel: int | None, device: dict[str, Any]) -> int | None:
    """The channel, or MicrophoneError where the device has no such one."""
    count = int(device["max_input_channels"])
    if channel is None or 0 <= channel < count:
        return channel
    raise MicrophoneError(
        "microphone.no-channel",
        f"The microphone {device['name']!r} has no channel {channel + 1}",
        f"It has {count}; choose one of these, or all mixed",
    )


def _choose(sound: ModuleType, name: str) -> dict[str, Any]:
    found = [dict(d) for d in sound.query_devices() if d["max_input_channels"] > 0]
    if name:
        known = [*inputs(), *found]
        chosen = [d for d in known if name.casefold() in d["name"].casefold()]
    else:
        default = sound.default.device[0]
        chosen = [d for d in found if d["index"] == default] or found
    if chosen:
        record_from(chosen[0].get("source", ""))
        return chosen[0]
    names = ", ".join(d["name"] for d in inputs())
    raise MicrophoneError(
        "microphone.none",
        f"No microphone called {name!r}" if name else "No microphone was found",
        f"There is: {names}" if names else "Plug one in, or use a recording",
    )
