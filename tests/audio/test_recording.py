from __future__ import annotations

import dataclasses
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from companion.audio.frame import SAMPLE_RATE, Samples
from companion.audio.recording import open_recording
from companion.errors import RecordingError


def _tone(seconds: float, rate: int = 44_100) -> Samples:
    times = np.arange(round(seconds * rate)) / rate
    return (0.3 * np.sin(2 * np.pi * 440 * times)).astype(np.float32)


def _heard(path: Path, skip: float = 0.0) -> Samples:
    return np.concatenate([frame.samples for frame in open_recording(path).frames(skip)])


def _m4a(path: Path, seconds: float) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44_100, layout="mono")
        sound = _tone(seconds).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(sound, format="fltp", layout="mono")
        frame.rate = 44_100
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return path


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg", "a.mp3"])
def test_each_format_gives_its_sound_at_16_khz(tmp_path: Path, name: str) -> None:
    soundfile.write(tmp_path / name, _tone(2.0), 44_100)
    assert open_recording(tmp_path / name).seconds == pytest.approx(2.0, abs=0.1)
    sound = _heard(tmp_path / name)
    assert len(sound) / SAMPLE_RATE == pytest.approx(2.0, abs=0.1)
    assert 0.15 < float(np.sqrt(np.mean(sound**2))) < 0.25


def test_format_that_soundfile_does_not_know_is_read_by_ffmpeg(tmp_path: Path) -> None:
    path = _m4a(tmp_path / "a.m4a", 2.0)
    assert open_recording(path).by_ffmpeg
    assert len(_heard(path)) / SAMPLE_RATE == pytest.approx(2.0, abs=0.1)


def test_frames_follow_each_other_without_a_hole(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", _tone(1.3), 44_100)
    until = 0.0
    for frame in open_recording(tmp_path / "a.wav").frames():
        assert frame.at == pytest.approx(until, abs=1e-9)
        until = frame.until
    assert until == pytest.approx(1.3, abs=0.001)


def test_skipped_part_is_left_out_and_time_starts_at_zero(tmp_path: Path) -> None:
    sound = np.concatenate((np.zeros(44_100, np.float32), _tone(1.0)))
    soundfile.write(tmp_path / "a.wav", sound, 44_100)
    frames = list(open_recording(tmp_path / "a.wav").frames(skip=1.0))
    assert frames[0].at == 0.0
    assert frames[-1].until == pytest.approx(1.0, abs=0.001)
    assert float(np.abs(frames[0].samples).max()) > 0.2


def test_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"gone\.wav: there is no such file"):
        open_recording(tmp_path / "gone.wav")


def test_folder_is_no_recording(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="there is no such file"):
        open_recording(tmp_path)


def test_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    with pytest.raises(RecordingError, match="the file is empty"):
        open_recording(tmp_path / "a.wav")


def test_recording_without_a_sample_is_said_to_be_empty(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros(0, np.float32), 16_000)
    with pytest.raises(RecordingError, match="no sound in it"):
        open_recording(tmp_path / "a.wav")


@pytest.mark.parametrize("content", [b"Dit is een brief.", b"\x00" * 4_096, b"RIFF\xff\xff"])
def test_what_is_no_audio_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(RecordingError) as caught:
        open_recording(tmp_path / "a.wav")
    assert "\n" not in str(caught.value)


def test_picture_is_refused(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "a.mkv"), "w") as container:
        stream = container.add_stream("mpeg4", rate=1)
        stream.width = stream.height = 16
        stream.pix_fmt = "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), np.uint8), format="rgb24")
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    with pytest.raises(RecordingError, match="no sound track"):
        open_recording(tmp_path / "a.mkv")


def test_damage_in_the_middle_says_where(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    rng = np.random.default_rng(1)
    soundfile.write(path, rng.uniform(-0.5, 0.5, 16_000 * 4), 16_000)
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = b"\x5a" * (len(content) - len(content) // 2)
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=r"a\.flac: the sound is damaged after 0:0[12]"):
        _heard(path)


def test_many_hours_in_a_small_file_are_refused_by_the_header(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    with soundfile.SoundFile(path, "w", 8_000, 1) as file:
        for _ in range(5 * 60):
            file.write(np.zeros(8_000 * 60, np.int16))
    assert path.stat().st_size < 2_000_000
    with pytest.raises(RecordingError, match=r"5\.0 hours long; at most 4 hours"):
        open_recording(path)


def test_header_that_lies_does_not_help(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, _tone(3.0), 44_100)
    recording = dataclasses.replace(open_recording(path), longest=2.0)
    with pytest.raises(RecordingError, match="too long"):
        list(recording.frames())
