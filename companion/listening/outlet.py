"""The listener's only way out: findings, as frames on one file descriptor."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import TypeAlias

from companion.events import AnyFinding
from companion.listening.link import pack

Send: TypeAlias = Callable[[AnyFinding], None]


class Outlet:
    """Sends findings from any thread, each frame whole."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._lock = threading.Lock()

    def send(self, finding: AnyFinding) -> None:
        """Write one frame; waits while the pipe is full. BrokenPipeError: the service is gone."""
        frame = memoryview(pack(finding))
        with self._lock:
            while frame:
                frame = frame[os.write(self._fd, frame) :]
