"""Cuts speech into the windows that a voice is told by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from companion.audio.frame import SAMPLE_RATE, Samples

WINDOW = 1.5
HOP = 0.75
"""Seconds of a window, and between the starts of two."""
_JOINS = 0.3
"""Seconds without speech that don't break a stretch."""
_LEAST = 0.5
"""Seconds of speech under which a stretch has no window: it takes after its neighbour."""


@dataclass(frozen=True, eq=False)
class Window:
    """Sound to tell a voice by. It speaks for the time from `at` to `until`, in seconds."""

    at: float
    until: float
    samples: Samples | None = field(repr=False)
    """At most WINDOW seconds; None: too short to tell."""

    @property
    def whole(self) -> bool:
        """Long enough to be trusted on its own."""
        return self.samples is not None and len(self.samples) >= (WINDOW - 0.1) * SAMPLE_RATE


@dataclass
class VoiceWindows:
    """Takes sound piece by piece with whether it is speech; gives windows as they fill."""

    _sound: list[Samples] = field(default_factory=list)
    _began: float = 0.0
    """When the open stretch began."""
    _held: int = 0
    """Samples of the open stretch that are still held; older ones are dropped."""
    _end: float = 0.0
    _silence: float = 0.0
    _told: float = 0.0
    """Up to here windows have spoken."""
    _next: float = 0.0
    """Start of the next window."""
    _open: bool = False

    def feed(self, samples: Samples, at: float, *, speech: bool) -> Iterator[Window]:
        """The windows that this sound completes; `at` is its first moment."""
        if self._open and at - self._end > _JOINS:
            yield from self.finish()
        seconds = len(samples) / SAMPLE_RATE
        if not self._open:
            if not speech:
                return
            self._begin(at)
        self._sound.append(samples)
        self._held += len(samples)
        self._end = at + seconds
        self._silence = 0.0 if speech else self._silence + seconds
        if self._silence > _JOINS:
            yield from self.finish()
            return
        while self._end - self._silence - self._next >= WINDOW:
            yield self._full()

    def finish(self) -> Iterator[Window]:
        """The stretch ends here: what no window has spoken for."""
        if not self._open:
            return
        end = self._end - self._silence
        self._open = False
        if end - self._told > 0.05:
            begin = max(self._began, end - WINDOW)
            samples = self._cut(begin, end)
            enough = len(samples) >= _LEAST * SAMPLE_RATE
            yield Window(self._told, end, samples if enough else None)
        self._sound, self._held = [], 0

    def _begin(self, at: float) -> None:
        self._open, self._silence, self._held = True, 0.0, 0
        self._began = self._told = self._next = self._end = at
        self._sound = []

    def _full(self) -> Window:
        """The next whole window; it speaks up to the middle of its second half."""
        samples = self._cut(self._next, self._next + WINDOW)
        at, until = self._told, self._next + (WINDOW + HOP) / 2
        self._told = until
        self._next += HOP
        self._drop_until(self._next - HOP)  # the last window reaches back a whole one
        return Window(at, until, samples)

    def _cut(self, begin: float, end: float) -> Samples:
        sound = np.concatenate(self._sound)
        first = self._end - len(sound) / SAMPLE_RATE
        low = max(0, round((begin - first) * SAMPLE_RATE))
        return sound[low : max(low, round((end - first) * SAMPLE_RATE))]

    def _drop_until(self, moment: float) -> None:
        while self._sound:
            oldest = len(self._sound[0])
            if self._end - (self._held - oldest) / SAMPLE_RATE > moment:
                return
            self._held -= oldest
            self._sound.pop(0)
