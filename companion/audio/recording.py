"""Recordings as frames; length and format are checked before anything is decoded.

soundfile reads WAV, FLAC, Ogg, Opus and MP3; PyAV (ffmpeg) the rest. A small file can
hold a very long silence, so a recording past the limit is refused by its header and,
where the header is silent or wrong, as soon as decoding passes the limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import soundfile

from companion.audio.frame import SAMPLE_RATE, Frame, Samples
from companion.audio.resampling import Resampler
from companion.errors import RecordingError

LONGEST = 4 * 3600.0
"""Seconds; a meeting is shorter, and a longer file is a mistake or an attack."""
_BLOCK = 0.1
_UNKNOWN_FRAMES = 1 << 60  # libsndfile's count where a stream's length is not in its header


@dataclass(frozen=True)
class Recording:
    """A recording whose header was read and found good."""

    path: Path
    rate: int
    channels: int
    seconds: float | None
    """By its header; None where it does not say."""
    by_ffmpeg: bool
    longest: float = LONGEST

    def frames(self, skip: float = 0.0) -> Iterator[Frame]:
        """Frames of about 0.1 s from `skip` seconds on; RecordingError where it is damaged.

        `at` counts from the first sample that is delivered.
        """
        blocks = _decode_by_ffmpeg(self) if self.by_ffmpeg else _decode(self)
        resampler = Resampler(self.rate)
        passed = round(skip * self.rate)
        read = given = 0
        for block in blocks:
            read += len(block)
            if read > self.longest * self.rate:
                raise _too_long(self.path, self.longest)
            if passed >= len(block):
                passed -= len(block)
                continue
            samples = resampler.feed(block[passed:])
            passed = 0
            if len(samples):
                yield Frame(samples, given / SAMPLE_RATE)
                given += len(samples)
        rest = resampler.feed(np.zeros(0, np.float32), last=True)
        if len(rest):
            yield Frame(rest, given / SAMPLE_RATE)
        if not read:
            raise RecordingError("recording.empty", f"{self.path.name}: there is no sound in it")


def open_recording(path: Path, longest: float = LONGEST) -> Recording:
    """Read the header of `path`; one clear RecordingError where it is no usable recording."""
    try:
        size = path.stat().st_size if path.is_file() else None
    except OSError as error:
        raise RecordingError("recording.unreadable", f"{path.name}: {error.strerror}") from error
    if size is None:
        raise RecordingError("recording.missing", f"{path}: there is no such file")
    if size == 0:
        raise RecordingError("recording.empty", f"{path.name}: the file is empty")
    recording = _by_soundfile(path, longest) or _by_ffmpeg(path, longest)
    if recording.seconds is not None and recording.seconds > longest:
        raise _too_long(path, longest, recording.seconds)
    if recording.seconds == 0:
        raise RecordingError("recording.empty", f"{path.name}: there is no sound in it")
    return recording


def _by_soundfile(path: Path, longest: float) -> Recording | None:
    try:
        info = soundfile.info(path)
    except soundfile.LibsndfileError:
        return None
    known = 0 <= info.frames < _UNKNOWN_FRAMES
    seconds = info.frames / info.samplerate if known else None
    return Recording(
        path, info.samplerate, info.channels, seconds, by_ffmpeg=False, longest=longest
    )


def _by_ffmpeg(path: Path, longest: float) -> Recording:
    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            stream = next(iter(container.streams.audio), None)
            if stream is None or not stream.rate:
                raise RecordingError("recording.no-audio", f"{path.name}: it has no sound track")
            seconds = container.duration / av.time_base if container.duration else None
            return Recording(path, stream.rate, stream.channels, seconds, True, longest)  # noqa: FBT003
    except (av.FFmpegError, ValueError) as error:
        raise RecordingError(
            "recording.not-audio",
            f"{path.name}: this is no recording that can be read, or it is damaged",
            "WAV, FLAC, Ogg, Opus, MP3, M4A and WebM can be read",
        ) from error


def _decode(recording: Recording) -> Iterator[Samples]:
    read = 0
    try:
        with soundfile.SoundFile(recording.path) as file:
            blocks = file.blocks(round(recording.rate * _BLOCK), dtype="float32", always_2d=True)
            for block in blocks:
                read += len(block)
                yield block.astype(np.float32, copy=False)
    except soundfile.LibsndfileError as error:
        raise _damaged(recording.path, read / recording.rate) from error


def _decode_by_ffmpeg(recording: Recording) -> Iterator[Samples]:
    read = 0
    to_mono = av.AudioResampler(format="flt", layout="mono", rate=recording.rate)
    try:
        with av.open(str(recording.path), metadata_errors="ignore") as container:
            for packet in container.decode(audio=0):
                for frame in to_mono.resample(packet):
                    block = frame.to_ndarray().reshape(-1)
                    read += len(block)
                    yield block.astype(np.float32, copy=False)
    except av.FFmpegError as error:
        raise _damaged(recording.path, read / recording.rate) from error


def _damaged(path: Path, seconds: float) -> RecordingError:
    where = f"{int(seconds) // 60}:{int(seconds) % 60:02}"
    return RecordingError("recording.damaged", f"{path.name}: the sound is damaged after {where}")


def _too_long(path: Path, longest: float, seconds: float | None = None) -> RecordingError:
    length = f"{seconds / 3600:.1f} hours long" if seconds else "too long"
    return RecordingError(
        "recording.too-long",
        f"{path.name}: {length}; at most {longest / 3600:g} hours can be read",
        "Cut it into parts",
    )
