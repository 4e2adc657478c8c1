from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import soundfile

from companion.audio.frame import SAMPLE_RATE, Frame, Samples
from companion.audio.resampling import Resampler
from companion.listening.devices import MicrophoneVerdict
from companion.listening.microphones import judge
from companion.resources import bundled


@pytest.fixture(scope="module")
def speech() -> Samples:
    demo = bundled("models/demo/incident.opus")
    rate = soundfile.info(demo).samplerate
    sound, _ = soundfile.read(demo, dtype="float32", stop=6 * rate)
    return Resampler(rate).feed(sound, last=True)[SAMPLE_RATE:]


def _frames(sound: Samples) -> Iterator[Frame]:
    for first in range(0, len(sound), 800):
        yield Frame(sound[first : first + 800], first / SAMPLE_RATE)


def _verdict(sound: Samples) -> MicrophoneVerdict:
    return judge("mic", _frames(sound), lambda _: None).verdict


def test_speech_at_a_good_level_is_good(speech: Samples) -> None:
    levels: list[float] = []
    found = judge("mic", _frames(speech), levels.append)
    assert found.verdict is MicrophoneVerdict.GOOD
    assert found.speech > 0.5
    assert 30 <= len(levels) <= 50


def test_soft_speech_is_quiet_and_clipped_speech_loud(speech: Samples) -> None:
    assert _verdict(speech * np.float32(0.004)) is MicrophoneVerdict.QUIET
    assert _verdict(np.clip(speech * np.float32(40), -1, 1)) is MicrophoneVerdict.LOUD


def test_noise_is_no_speech_and_zeros_are_silent() -> None:
    draw = np.random.default_rng(0)
    noise = np.asarray(0.01 * draw.standard_normal(4 * SAMPLE_RATE), np.float32)
    assert _verdict(noise) is MicrophoneVerdict.NO_SPEECH
    assert _verdict(np.zeros(4 * SAMPLE_RATE, np.float32)) is MicrophoneVerdict.SILENT
    assert _verdict(np.zeros(0, np.float32)) is MicrophoneVerdict.SILENT
