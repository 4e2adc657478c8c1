from __future__ import annotations

import numpy as np
import pytest

from companion.audio.frame import Frame, Samples
from companion.audio.recording import open_recording
from companion.resources import bundled
from companion.speech.activity import CHUNK, Activity


def _probabilities(sound: Samples, block: int = 1_600) -> list[float]:
    activity = Activity()
    frames = [Frame(sound[i : i + block], i / 16_000) for i in range(0, len(sound), block)]
    return [p for frame in frames for _, p in activity.probabilities(frame)]


def _demo(seconds: float) -> Samples:
    pieces: list[Samples] = []
    for frame in open_recording(bundled("models/demo/incident.opus")).frames():
        pieces.append(frame.samples)
        if frame.until >= seconds:
            break
    return np.concatenate(pieces)


def test_silence_is_no_speech() -> None:
    assert max(_probabilities(np.zeros(32_000, np.float32))) < 0.2


def test_noise_is_no_speech() -> None:
    noise = np.random.default_rng(1).normal(0, 0.05, 48_000).astype(np.float32)
    assert np.mean(np.array(_probabilities(noise)) > 0.5) < 0.05


def test_voice_of_the_demo_is_speech() -> None:
    assert np.mean(np.array(_probabilities(_demo(10.0))) > 0.5) > 0.5


@pytest.mark.parametrize("block", [1, 100, 512, 4_000])
def test_size_of_the_frames_does_not_matter(block: int) -> None:
    sound = _demo(2.0)[: CHUNK * 20]
    assert _probabilities(sound, block) == _probabilities(sound, len(sound))


def test_chunks_are_the_sound_itself() -> None:
    sound = np.arange(CHUNK * 3 + 7, dtype=np.float32) / 1e4
    activity = Activity()
    chunks = [chunk for chunk, _ in activity.probabilities(Frame(sound, 0.0))]
    assert np.array_equal(np.concatenate(chunks), sound[: CHUNK * 3])
    assert activity.waiting == pytest.approx(7 / 16_000)
    activity.reset()
    assert activity.waiting == 0.0
