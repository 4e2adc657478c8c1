"""The sounds that a page plays itself: not listened to, counted in samples and never by arrival."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from companion.audio.frame import Frame

_ROOM = 0.6
"""Seconds after a sound in which loudspeaker, room and device still carry it."""
_LONGEST = 30.0


@dataclass
class OwnSound:
    """Until when the microphone hears the program itself; meeting time."""

    until: float = -math.inf

    def begins(self, at: float, seconds: float) -> None:
        """A sound of so many seconds starts at `at`."""
        lasts = min(max(seconds, 0.0), _LONGEST)
        self.until = max(self.until, at + lasts + _ROOM)

    def silenced(self, frame: Frame, origin: float) -> Frame:
        """The frame, silent where a sound of our own plays; its source began at `origin`."""
        if origin + frame.at >= self.until:
            return frame
        return Frame(np.zeros_like(frame.samples), frame.at)
