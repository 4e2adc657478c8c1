"""The microphones as PulseAudio or PipeWire names them.

Behind such a server PortAudio sees one device called "pulse" and no microphone by name, so
the server is asked, and told through PULSE_SOURCE which one a stream is to record from.
Where there is no server, or no `pactl` to ask with, there are none.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import msgspec

_PATIENCE = 1.0
_CHOICE = "PULSE_SOURCE"
_SPECIFICATION = re.compile(r"(\d+)ch (\d+)Hz")


class ServerSource(msgspec.Struct, frozen=True):
    """A microphone: the server's id for it, its name for people, channels and samples a second."""

    id: str
    title: str
    channels: int
    rate: float
    default: bool


class _Source(msgspec.Struct):
    """A source in the words of the server."""

    name: str
    description: str = ""
    sample_specification: str = ""
    monitor_source: str = ""
    properties: dict[str, str] = {}


def server_sources() -> list[ServerSource]:
    """Every microphone of the server; what only listens in on a loudspeaker is left out."""
    pactl = shutil.which("pactl")
    if pactl is None:
        return []
    try:
        known = msgspec.json.decode(_ask(pactl, "list", "sources"), type=list[_Source])
        default = _ask(pactl, "get-default-source").decode().strip()
    except (OSError, subprocess.SubprocessError, msgspec.DecodeError):
        return []
    return [_described(source, default) for source in known if not _listens_in(source)]


def record_from(source: str) -> None:
    """Streams opened from now on record from this one; empty: from the server's default."""
    if source:
        os.environ[_CHOICE] = source
    else:
        os.environ.pop(_CHOICE, None)


def _described(source: _Source, default: str) -> ServerSource:
    found = _SPECIFICATION.search(source.sample_specification)
    channels, rate = (int(found[1]), float(found[2])) if found else (1, 0.0)
    title = source.description or source.name
    return ServerSource(source.name, title, channels, rate, source.name == default)


def _listens_in(source: _Source) -> bool:
    return source.properties.get("device.class") == "monitor" or source.name.endswith(".monitor")


def _ask(pactl: str, *words: str) -> bytes:
    return subprocess.run(  # noqa: S603 - fixed words only
        [pactl, "--format=json", *words], capture_output=True, timeout=_PATIENCE, check=True
    ).stdout
