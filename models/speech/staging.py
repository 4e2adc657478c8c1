"""Conversations put together from clips: one after the other with pauses, in a room.

The clips are of two actors; the pauses are drawn as they are between people: mostly about
0.6 s, now and then some seconds in which people think.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from companion.audio.frame import SAMPLE_RATE, Samples
from models.speech.acted import Clip

_MARGIN = 0.05
_PAUSE, _SPREAD, _LEAST, _MOST = 0.7, 0.7, 0.15, 6.0


@dataclass(frozen=True)
class Room:
    """Noise in dB below speech, and the echo's decay (RT60) in seconds; None: none."""

    name: str
    snr: float | None = None
    decay: float = 0.0


ROOMS = (Room("clean"), Room("room, 20 dB", 20.0, 0.4), Room("room, 10 dB", 10.0, 0.5))


@dataclass(frozen=True)
class Said:
    """What was truly said, and when."""

    at: float
    until: float
    text: str


@dataclass(frozen=True, eq=False)
class Conversation:
    """Sound with its truth."""

    sound: Samples = field(repr=False)
    said: tuple[Said, ...]

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.sound) / SAMPLE_RATE


def staged(
    clips: Sequence[Clip], room: Room = ROOMS[0], seed: int = 1, lead: float = 1.0
) -> Conversation:
    """The clips as a conversation in `room` after `lead` seconds; the same for the same seed."""
    draw = np.random.default_rng(seed)
    pieces: list[Samples] = [np.zeros(round(lead * SAMPLE_RATE), np.float32)]
    said: list[Said] = []
    now = lead
    for clip in clips:
        sound = clip.sound()
        if not len(sound):
            continue
        seconds = len(sound) / SAMPLE_RATE
        pause = float(np.clip(draw.lognormal(np.log(_PAUSE), _SPREAD), _LEAST, _MOST))
        pieces += [sound, np.zeros(round(pause * SAMPLE_RATE), np.float32)]
        said.append(Said(now + _MARGIN, now + seconds - _MARGIN, clip.text))
        now += seconds + round(pause * SAMPLE_RATE) / SAMPLE_RATE
    pieces.append(np.zeros(2 * SAMPLE_RATE, np.float32))
    return Conversation(in_room(np.concatenate(pieces), room, draw), tuple(said))


def in_room(dry: Samples, room: Room, draw: np.random.Generator) -> Samples:
    """The sound with the room's echo and noise; at least a microphone's own noise."""
    wet = _echoed(dry, room.decay, draw) if room.decay else dry.astype(np.float64)
    spoken = np.sqrt(np.mean(wet[np.abs(wet) > 1e-3] ** 2))
    noise = np.convolve(draw.standard_normal(len(wet)), np.ones(8) / 8, "same")
    below = room.snr if room.snr is not None else 45.0
    mixed = wet + noise / noise.std() * spoken * 10 ** (-below / 20)
    return np.asarray(np.clip(mixed, -1, 1), np.float32)


def _echoed(dry: Samples, decay: float, draw: np.random.Generator) -> NDArray[np.float64]:
    """The direct sound, and a tail that is 60 dB down after `decay` seconds."""
    times = np.arange(round(decay * SAMPLE_RATE)) / SAMPLE_RATE
    tail = draw.standard_normal(len(times)) * 10 ** (-3 * times / decay)
    tail[: SAMPLE_RATE // 200] = 0
    tail *= 0.5 / np.sqrt(np.sum(tail**2))
    size = 1 << (len(dry) + len(tail) - 1).bit_length()
    wet = np.fft.irfft(np.fft.rfft(dry, size) * np.fft.rfft(tail, size), size)[: len(dry)]
    return np.asarray(dry + wet, np.float64)
