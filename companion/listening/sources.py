"""Where frames come from, seen alike: a microphone, or a recording played at some speed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from companion.audio.frame import Frame
from companion.audio.identity import source_name
from companion.audio.microphone import Microphone
from companion.audio.recording import open_recording
from companion.events import ListeningProblem

_ASK_EVERY = 1.5
"""Seconds between two looks at which microphone it is."""


class Source(Protocol):
    """An open source of sound; `ended` once it will give no more."""

    ended: bool

    def read(self, timeout: float) -> Frame | None:
        """The next frame, or None when none came within `timeout` seconds."""
        ...

    def problem(self) -> ListeningProblem:
        """What is wrong with it now."""
        ...

    def close(self) -> None:
        """Let go of the device or the file."""
        ...


@dataclass
class Chosen:
    """The source that people agreed to; kept over losses, forgotten when they choose anew."""

    name: str | None = None


class LiveMicrophone(Microphone):
    """The microphone as a Source: it never ends, it is lost, or another one takes its place."""

    ended = False

    def __init__(self, name: str, chosen: Chosen, channel: int | None = None) -> None:
        """Open it; the first source that is seen in `chosen` is the one to stay with."""
        super().__init__(name, channel)
        self._chosen = chosen
        self._asked = 0.0
        self._changed = False

    def problem(self) -> ListeningProblem:
        problem = super().problem()
        if problem is ListeningProblem.MICROPHONE_LOST:
            return problem
        return ListeningProblem.MICROPHONE_CHANGED if self._moved() else problem

    def _moved(self) -> bool:
        now = time.monotonic()
        if now - self._asked >= _ASK_EVERY:
            self._asked = now
            name = source_name()
            self._chosen.name = self._chosen.name or name
            self._changed = name not in {None, self._chosen.name}
        return self._changed


class Played:
    """A recording fed in real time times `speed`; 0: as fast as it is read."""

    def __init__(self, path: Path, *, skip: float = 0.0, speed: float = 1.0) -> None:
        """Open `path` at `skip` seconds; RecordingError where it is no usable recording."""
        self._frames: Iterator[Frame] = open_recording(path).frames(skip)
        self._speed = speed
        self._began = time.monotonic()
        self._closed = threading.Event()
        self.ended = False

    def read(self, timeout: float) -> Frame | None:  # noqa: ARG002 - it waits one frame at most
        frame = None if self._closed.is_set() else next(self._frames, None)
        if frame is None:
            self.ended = True
            return None
        if self._speed:
            due = self._began + frame.until / self._speed
            self._closed.wait(max(0.0, due - time.monotonic()))
        return frame

    def problem(self) -> ListeningProblem:
        return ListeningProblem.NONE

    def close(self) -> None:
        self._closed.set()
