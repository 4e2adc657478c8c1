"""The listener's time against meeting time.

A listener is told the meeting time of its first sample before it has opened anything. What
starting took shows in its measurements: each arrives later than it says, and the smallest
difference of the last minute is the delay (the rest is the way here). It does not stay the
same: the clock of a sound card runs fast or slow (50 in a million are 0.36 s in two hours),
and sound that the system loses before it is counted makes all that follows late. So the
delay follows, and what was said before a change keeps the delay of its own time.
"""

from __future__ import annotations

import bisect
import math

import msgspec

from companion.events import AnyFinding, VoicesRelabelled

_WINDOW = 30.0
"""Seconds in each of the two windows whose smallest difference counts."""
_STEP = 0.02
"""Seconds under which a change is not worth one: times within an utterance stay apart."""


class Alignment:
    """The delay over one listener's life, in seconds of meeting time; never negative."""

    def __init__(self) -> None:
        self._since: list[float] = []
        self._delays: list[float] = []
        """From each of those times of the listener on."""
        self._began = -math.inf
        self._before = self._least = math.inf
        """The smallest difference in the last whole window, and so far in this one."""

    @property
    def delay(self) -> float:
        """Seconds to add to the listener's times now; 0 until something was measured."""
        return self._delays[-1] if self._delays else 0.0

    def measured(self, at: float, now: float) -> None:
        """A measurement that says `at` arrived at meeting time `now`."""
        difference = max(now - at, 0.0)
        if at - self._began >= _WINDOW:
            self._began, self._before, self._least = at, self._least, math.inf
        self._least = min(self._least, difference)
        delay = min(self._before, self._least)
        if not self._delays:
            self._since, self._delays = [-math.inf], [delay]
        elif delay < self._delays[0] and len(self._delays) == 1:
            self._delays = [delay]  # still finding out how long starting took
        elif abs(delay - self._delays[-1]) >= _STEP:
            self._since.append(at)
            self._delays.append(delay)

    def put_right(self, finding: AnyFinding) -> AnyFinding:
        """The finding in meeting time."""
        if not any(self._delays):
            return finding
        if isinstance(finding, VoicesRelabelled):
            return self._corrections_put_right(finding)
        times = {"at": self._right(finding.at)}
        until = getattr(finding, "until", None)
        if until is not None:
            times["until"] = self._right(until)
        return msgspec.structs.replace(finding, **times)

    def theirs(self, at: float) -> float:
        """The listener's time of a moment of the meeting."""
        for since, delay in zip(reversed(self._since), reversed(self._delays), strict=True):
            if at - delay >= since:
                return at - delay
        return at

    def _right(self, at: float) -> float:
        return at + self._delays[bisect.bisect_right(self._since, at) - 1]

    def _corrections_put_right(self, found: VoicesRelabelled) -> VoicesRelabelled:
        return VoicesRelabelled(
            at=self._right(found.at),
            stretches=tuple(
                (self._right(at), self._right(until), was, voice)
                for at, until, was, voice in found.stretches
            ),
        )
