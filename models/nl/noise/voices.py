"""Readings of a text by MBROLA voices, varied by seed, some of them in a room."""

from __future__ import annotations

import io
import random
import subprocess
from dataclasses import dataclass

import numpy as np
import soundfile
import soxr

from companion.audio.frame import SAMPLE_RATE, Samples

_VOICES = ("mb-nl2", "mb-nl3")  # espeak-ng and mb-nl1 disagree on the phonemes: no speech
_PITCH = (0.94, 1.16)
_WORDS_PER_MINUTE = (130, 175)
_ROOM_SHARE = 0.5
_NOISE_DB = (18.0, 35.0)
_DECAY = (0.15, 0.45)
_ECHO = 0.015  # direct sound about 10 dB over the echo: a microphone on the table
_BEFORE, _AFTER = 0.3, 0.2  # what the listener keeps around an utterance, in seconds


@dataclass(frozen=True)
class Voice:
    """A reader: MBROLA voice, pitch factor, tempo, and the room it stands in."""

    name: str
    pitch: float
    words_per_minute: int
    noise_db: float | None = None
    """Speech over noise; None: a silent room."""
    decay: float = 0.0
    """Seconds until the room's echo has lost 60 dB."""

    def __str__(self) -> str:
        room = "" if self.noise_db is None else f" snr{self.noise_db:.0f} rt{self.decay:.2f}"
        return f"{self.name} x{self.pitch:.2f} {self.words_per_minute}wpm{room}"


def draw_voice(rng: random.Random) -> Voice:
    """A voice for one sentence."""
    voice = Voice(
        rng.choice(_VOICES), round(rng.uniform(*_PITCH), 2), rng.randint(*_WORDS_PER_MINUTE)
    )
    if rng.random() >= _ROOM_SHARE:
        return voice
    noise, decay = round(rng.uniform(*_NOISE_DB)), round(rng.uniform(*_DECAY), 2)
    return Voice(voice.name, voice.pitch, voice.words_per_minute, noise, decay)


def read_aloud(text: str, voice: Voice, seed: int) -> Samples:
    """`text` in that voice: 16 kHz mono, with the pauses that the listener leaves on."""
    # Played faster by the pitch factor, so spoken slower by the same factor.
    tempo = round(voice.words_per_minute / voice.pitch)
    command = ["espeak-ng", "-v", voice.name, "-s", str(tempo), "--stdout"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    sound, rate = soundfile.read(io.BytesIO(done.stdout), dtype="float32")
    sound = soxr.resample(_trimmed(sound, rate), rate * voice.pitch, SAMPLE_RATE)
    padding = (round(_BEFORE * SAMPLE_RATE), round(_AFTER * SAMPLE_RATE))
    return _in_room(np.pad(sound, padding), voice, seed)


def _trimmed(sound: Samples, rate: int) -> Samples:
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    return sound[loud[0] : loud[-1] + rate // 50] if len(loud) else sound


def _in_room(sound: Samples, voice: Voice, seed: int) -> Samples:
    if voice.noise_db is None:
        return np.asarray(sound, np.float32)
    draw = np.random.default_rng(seed)
    length = round(voice.decay * SAMPLE_RATE)
    fading = 10 ** (-3 * np.arange(length) / length)
    echo = _ECHO * draw.standard_normal(length) * fading
    echo[0] = 1.0
    wet = np.convolve(sound, echo)[: len(sound)]
    brown = np.convolve(draw.standard_normal(len(wet)), np.ones(8) / 8, mode="same")
    power = np.mean(wet**2) / np.mean(brown**2) / 10 ** (voice.noise_db / 10)
    noisy = wet + np.sqrt(power) * brown
    return np.asarray(noisy / max(1.0, float(np.max(np.abs(noisy)))), np.float32)
