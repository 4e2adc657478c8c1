"""The listener's time against meeting time.

A listener is told the meeting time of its first sample before it has opened anything. What
starting took shows in its first measurements: each arrives later than it says, and the
smallest difference is the delay (the rest is the way here).
"""

from __future__ import annotations

import math

import msgspec

from companion.events import AnyFinding, VoicesRelabelled


class Alignment:
    """The delay of one listener's life, in seconds of meeting time; never negative."""

    def __init__(self) -> None:
        self._least = math.inf

    @property
    def delay(self) -> float:
        """Seconds to add to the listener's times; 0 until something was measured."""
        return 0.0 if math.isinf(self._least) else self._least

    def measured(self, at: float, now: float) -> None:
        """A measurement that says `at` arrived at meeting time `now`."""
        self._least = min(self._least, max(now - at, 0.0))

    def put_right(self, finding: AnyFinding) -> AnyFinding:
        """The finding in meeting time."""
        if not self.delay:
            return finding
        if isinstance(finding, VoicesRelabelled):
            return self._corrections_put_right(finding)
        times = {"at": finding.at + self.delay}
        until = getattr(finding, "until", None)
        if until is not None:
            times["until"] = until + self.delay
        return msgspec.structs.replace(finding, **times)

    def _corrections_put_right(self, found: VoicesRelabelled) -> VoicesRelabelled:
        return VoicesRelabelled(
            at=found.at + self.delay,
            stretches=tuple(
                (at + self.delay, until + self.delay, was, voice)
                for at, until, was, voice in found.stretches
            ),
        )
