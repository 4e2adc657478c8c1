"""Sounds of a room in which nobody speaks, made from numbers: the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from companion.audio.frame import SAMPLE_RATE, Samples

Draw = np.random.Generator
_Wave = NDArray[np.float64]


def silence(seconds: float, draw: Draw) -> _Wave:
    """A microphone's own noise, at -70 dB."""
    return draw.standard_normal(_count(seconds)) * 0.0003


def fan(seconds: float, draw: Draw) -> _Wave:
    """Air with a blade's tone in it."""
    air = np.convolve(draw.standard_normal(_count(seconds)), np.ones(24) / 24, "same")
    return air * 0.1 + 0.02 * np.sin(2 * np.pi * 118 * _times(seconds))


def paper(seconds: float, draw: Draw) -> _Wave:
    """Pages turned: bursts of crackle."""
    return _bursts(seconds, draw, every=1.4, lasts=(0.2, 0.9), grain=_crackle)


def keyboard(seconds: float, draw: Draw) -> _Wave:
    """Typing: short clicks, some a second."""
    return _bursts(seconds, draw, every=0.17, lasts=(0.01, 0.03), grain=_click)


def music(seconds: float, draw: Draw) -> _Wave:
    """Chords of a few harmonics with a beat, as from another room."""
    times = _times(seconds)
    roots = 110 * 2 ** (draw.choice([0, 3, 5, 7, 10], size=int(seconds / 2) + 1) / 12)
    root = roots[(times / 2).astype(int)]
    phase = 2 * np.pi * np.cumsum(root) / SAMPLE_RATE
    chord = sum(np.sin(phase * k) / k for k in (1, 1.26, 1.5, 2, 3, 4))
    return np.asarray(0.05 * chord * (0.6 + 0.4 * np.cos(2 * np.pi * 2 * times)), np.float64)


def laughter(seconds: float, draw: Draw) -> _Wave:
    """Voiced bursts, five a second, falling in pitch, in fits of about two seconds."""
    times = _times(seconds)
    pitch = 260 - 60 * (times % 3.0) + 8 * draw.standard_normal(1)
    phase = 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE
    voiced = sum(np.sin(phase * k) / k for k in range(1, 12))
    breath = np.convolve(draw.standard_normal(len(times)), np.ones(4) / 4, "same")
    beat = np.clip(np.sin(2 * np.pi * 5 * times), 0, 1) * ((times % 3.0) < 2.0)
    return np.asarray(0.08 * beat * (voiced + breath), np.float64)


KINDS: dict[str, Callable[[float, Draw], _Wave]] = {
    kind.__name__: kind for kind in (silence, fan, paper, keyboard, music, laughter)
}


def non_speech(minutes: float, seed: int = 3, kinds: tuple[str, ...] = ()) -> Iterator[Samples]:
    """Ten seconds at a time, each kind in turn, never twice the same."""
    draw = np.random.default_rng(seed)
    names = kinds or tuple(KINDS)
    for number in range(round(minutes * 6)):
        kind = KINDS[names[number % len(names)]]
        yield np.asarray(np.clip(kind(10.0, draw), -1, 1), np.float32)


def _count(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)


def _times(seconds: float) -> _Wave:
    return np.arange(_count(seconds)) / SAMPLE_RATE


def _bursts(
    seconds: float,
    draw: Draw,
    *,
    every: float,
    lasts: tuple[float, float],
    grain: Callable[[int, Draw], _Wave],
) -> _Wave:
    sound = silence(seconds, draw)
    now = float(draw.exponential(every))
    while now + lasts[1] < seconds:
        burst = grain(_count(draw.uniform(*lasts)), draw)
        first = _count(now)
        sound[first : first + len(burst)] += burst
        now += lasts[0] + float(draw.exponential(every))
    return sound


def _crackle(length: int, draw: Draw) -> _Wave:
    shape = np.hanning(length) * (draw.random(length) > 0.93)
    return np.asarray(0.4 * shape * draw.standard_normal(length), np.float64)


def _click(length: int, draw: Draw) -> _Wave:
    fall = np.exp(-np.arange(length) / (0.004 * SAMPLE_RATE))
    return np.asarray(0.3 * fall * draw.standard_normal(length), np.float64)
