"""Reading a timed transcript: one JSON object a line, start, end, speaker and text."""

from __future__ import annotations

import math
from pathlib import Path

import msgspec

from companion.errors import TranscriptError

MAX_BYTES = 64 * 1024 * 1024
MAX_SECONDS = 24 * 3600.0
_HINT = 'A line is {"start": s, "end": s, "speaker": "…", "text": "…"}'


class Line(msgspec.Struct, frozen=True):
    """One utterance; times in seconds. Unknown keys are ignored."""

    start: float
    end: float
    text: str
    speaker: str = ""


_decode = msgspec.json.Decoder(Line).decode


def read_transcript(path: Path) -> list[Line]:
    """The utterances in time order; TranscriptError names the first bad line."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise TranscriptError("transcript.large", f"{path.name} is larger than 64 MiB")
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise TranscriptError("transcript.unreadable", f"{path}: {reason}") from error
    lines = [
        _line(row, f"{path.name}, line {number}")
        for number, row in enumerate(raw.splitlines(), 1)
        if row.strip()
    ]
    if not lines:
        raise TranscriptError("transcript.empty", f"{path.name} holds no line", _HINT)
    return sorted(lines, key=lambda line: line.start)


def _line(row: bytes, where: str) -> Line:
    try:
        line: Line = _decode(row)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        reason = str(error).partition(" (byte")[0]
        raise TranscriptError("transcript.line", f"{where}: {reason}", _HINT) from error
    except RecursionError as error:
        raise TranscriptError("transcript.line", f"{where}: nested too deeply", _HINT) from error
    if not (math.isfinite(line.start) and math.isfinite(line.end)):
        raise TranscriptError("transcript.time", f"{where}: start and end must be finite", _HINT)
    if not 0 <= line.start <= line.end <= MAX_SECONDS:
        raise TranscriptError(
            "transcript.time", f"{where}: 0 <= start <= end <= 24 hours does not hold", _HINT
        )
    return line
