from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from companion.audio.frame import SAMPLE_RATE, Samples
from companion.audio.resampling import Resampler
from companion.errors import ModelError
from companion.resources import bundled
from companion.speech.voice_network import SIZE, VoiceNetwork


@pytest.fixture(scope="module")
def network() -> VoiceNetwork:
    return VoiceNetwork()


@pytest.fixture(scope="module")
def opening() -> Samples:
    """Twenty seconds of the demo, in which two people speak."""
    demo = bundled("models/demo/incident.opus")
    rate = soundfile.info(demo).samplerate
    sound, _ = soundfile.read(demo, dtype="float32", stop=20 * rate)
    return Resampler(rate).feed(sound, last=True)


def _cut(sound: Samples, at: float, until: float) -> Samples:
    return sound[round(at * SAMPLE_RATE) : round(until * SAMPLE_RATE)]


def test_one_voice_is_nearer_to_itself_than_to_another(
    network: VoiceNetwork, opening: Samples
) -> None:
    first, again = (network.embed(_cut(opening, at, at + 1.5)) for at in (1.0, 5.8))
    other = network.embed(_cut(opening, 10.0, 11.5))
    assert first.shape == (SIZE,)
    assert float(first @ first) == pytest.approx(1.0, abs=1e-5)
    assert float(first @ again) > float(first @ other) + 0.1


def test_loudness_is_not_what_a_voice_is_told_by(network: VoiceNetwork, opening: Samples) -> None:
    loud = _cut(opening, 1.0, 2.5)
    assert float(network.embed(loud) @ network.embed(loud * np.float32(0.2))) > 0.99


def test_too_little_sound_is_refused(network: VoiceNetwork) -> None:
    with pytest.raises(ValueError, match="too few"):
        network.embed(np.zeros(1000, np.float32))


def test_missing_network_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"campplus_w8\.onnx is missing"):
        VoiceNetwork(tmp_path)


def test_network_with_one_other_byte_is_not_loaded(tmp_path: Path) -> None:
    raw = bytearray((bundled("models/voices") / "campplus_w8.onnx").read_bytes())
    raw[4_000_000] ^= 1
    (tmp_path / "campplus_w8.onnx").write_bytes(raw)
    with pytest.raises(ModelError, match="does not match its digest"):
        VoiceNetwork(tmp_path)
