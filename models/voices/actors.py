"""Who speaks in composed meetings: actors of a game, prompt speakers, and MBROLA voices.

Every actor belongs to one part, so that no voice of the test was heard in development.
"""

from __future__ import annotations

import io
import itertools
import random
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import av
import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from companion.audio.frame import SAMPLE_RATE, Frame, Samples
from companion.speech.activity import CHUNK, Activity
from models.nl.noise.sources import corpus_lines

_FILLETS = Path("/usr/share/games/fillets-ng/sound")
_ASTERISK = Path("/usr/share/asterisk/sounds")
_LEVELS = re.compile(r"^[a-l]")
_SECONDS = (0.7, 12.0)
"""Clips outside these are left out."""
_LIKELY = 0.5
_CELL = SAMPLE_RATE // 100


@dataclass(frozen=True)
class Actor:
    """Somebody with clips; `human` is false for a synthetic voice."""

    name: str
    human: bool
    clips: Callable[[], list[Callable[[], Samples]]]


def actors(part: str) -> list[Actor]:
    """The actors of "dev" or "test", humans first, those of the game before others."""
    return [actor() for actor in _PARTS[part]]


def _fish(language: str, size: str) -> Actor:
    def clips() -> list[Callable[[], Samples]]:
        folders = sorted(d for d in _FILLETS.iterdir() if _LEVELS.match(d.name))
        paths = [p for d in folders for p in sorted(d.glob(f"{language}/*-{size}-*.ogg"))]
        return [lambda path=path: _read(path) for path in paths]  # type: ignore[misc]

    return Actor(f"fish-{language}-{size}", human=True, clips=clips)


def _prompts(folder: str) -> Actor:
    def clips() -> list[Callable[[], Samples]]:
        paths = [p for p in sorted((_ASTERISK / folder).rglob("*.g722")) if _long_enough(p)]
        return [lambda path=path: _read_g722(path) for path in paths]  # type: ignore[misc]

    return Actor(folder, human=True, clips=clips)


def _mbrola(voice: str, pitch: float = 1.0) -> Actor:
    def clips() -> list[Callable[[], Samples]]:
        lines = [line.said for line in corpus_lines("train")]
        chosen = random.Random(voice).sample(lines, 60)  # noqa: S311 - a fixed choice
        return [lambda text=text: _spoken(text, voice, pitch) for text in chosen]  # type: ignore[misc]

    return Actor(f"{voice}x{pitch}", human=False, clips=clips)


_PARTS: dict[str, list[Callable[[], Actor]]] = {
    "dev": [
        lambda: _fish("cs", "m"),
        lambda: _fish("cs", "v"),
        lambda: _prompts("fr_CA_f_June"),
        lambda: _prompts("ru_RU_f_IvrvoiceRU"),
        lambda: _mbrola("mb-nl2"),
        lambda: _mbrola("mb-de5"),
        lambda: _mbrola("mb-us2"),
        lambda: _mbrola("mb-sw1"),
        lambda: _mbrola("mb-fr4"),
        lambda: _mbrola("mb-it3"),
    ],
    "test": [
        lambda: _fish("nl", "m"),
        lambda: _fish("nl", "v"),
        lambda: _prompts("en_US_f_Allison"),
        lambda: _prompts("it_IT_m_Carlo"),
        lambda: _mbrola("mb-nl3"),
        lambda: _mbrola("mb-de6"),
        lambda: _mbrola("mb-us1"),
        lambda: _mbrola("mb-en1"),
        lambda: _mbrola("mb-es2"),
        lambda: _mbrola("mb-pl1"),
    ],
}


@cache
def _read(path: Path) -> Samples:
    sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return _ready(sound.mean(axis=1), rate)


@cache
def _read_g722(path: Path) -> Samples:
    with av.open(str(path), format="g722") as container:
        rate = container.streams.audio[0].rate
        parts = [frame.to_ndarray().ravel() for frame in container.decode(audio=0)]
    sound = np.asarray(np.concatenate(parts), np.float32) / np.float32(32768)
    return _ready(sound, rate)


@cache
def _spoken(text: str, voice: str, pitch: float) -> Samples:
    command = ["espeak-ng", "-v", voice, "-s", str(round(150 / pitch)), "--stdout"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    sound, rate = soundfile.read(io.BytesIO(done.stdout), dtype="float32")
    return _ready(sound, rate * pitch)


def _long_enough(path: Path) -> bool:
    seconds = path.stat().st_size / 8000  # G.722 is 64 kbit/s
    return _SECONDS[0] <= seconds <= _SECONDS[1]


def _ready(sound: Samples, rate: float) -> Samples:
    """At 16 kHz, silence at both ends off, at one loudness."""
    sound = np.asarray(soxr.resample(sound, rate, SAMPLE_RATE), np.float32)
    awake = np.flatnonzero(speech_of(sound))
    if not len(awake):
        return sound[:0]
    sound = sound[awake[0] * _CELL : (awake[-1] + 1) * _CELL]
    loud = np.sqrt(np.mean(sound**2)) or 1.0
    return np.asarray(sound * (0.06 / loud), np.float32)


def speech_of(sound: Samples) -> NDArray[np.bool_]:
    """For every 10 ms whether there is speech in a clean clip, by voice activity.

    Holes under 0.3 s are filled, as they are for whoever keeps the time of a speaker.
    """
    padded = np.pad(sound, (CHUNK, 2 * CHUNK))
    likely = [p for _, p in Activity().probabilities(Frame(padded, 0.0))][1:]
    cells = np.arange(len(sound) // _CELL) * _CELL // CHUNK
    awake = np.asarray(likely)[cells] >= _LIKELY
    edges = np.flatnonzero(awake)
    for before, after in itertools.pairwise(edges):
        if after - before <= 30:
            awake[before:after] = True
    return np.asarray(awake, np.bool_)
