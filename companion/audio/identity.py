"""Which source of the sound server this process records from.

PulseAudio and PipeWire move a stream to another microphone without a word when its own
goes away, so the one way to know is to ask. Where there is no such server, or no `pactl`
to ask with, the answer is None: not known.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TypeVar

import msgspec

_PATIENCE = 1.0

T = TypeVar("T")


class _Source(msgspec.Struct):
    index: int
    name: str


class _Output(msgspec.Struct):
    """A stream that records, in the words of the server."""

    source: int
    properties: dict[str, str]


def source_name() -> str | None:
    """The name of the source that this process records from; None: not known."""
    pactl = shutil.which("pactl")
    if pactl is None:
        return None
    outputs = _ask(pactl, "source-outputs", list[_Output])
    own = str(os.getpid())
    ours = [o.source for o in outputs if o.properties.get("application.process.id") == own]
    if not ours:
        return None
    names = {source.index: source.name for source in _ask(pactl, "sources", list[_Source])}
    return names.get(ours[-1])


def _ask(pactl: str, what: str, kind: type[list[T]]) -> list[T]:
    """What the server says; nothing where it doesn't answer or speaks another dialect."""
    try:
        answer = subprocess.run(  # noqa: S603 - fixed words only
            [pactl, "--format=json", "list", what],
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        ).stdout
        return msgspec.json.decode(answer, type=kind)
    except (OSError, subprocess.SubprocessError, msgspec.DecodeError):
        return []
