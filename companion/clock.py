"""Where time comes from. Everything that needs "now" is given a Clock."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Protocol


class Clock(Protocol):
    """Seconds since an arbitrary start, and the wall clock beside it."""

    def now(self) -> float:
        """Monotonic seconds; stands still while the machine is suspended."""
        ...

    def wall(self) -> float:
        """Seconds since the epoch (UTC); may jump."""
        ...


class SystemClock:
    """The machine's clocks."""

    def now(self) -> float:
        return time.monotonic()

    def wall(self) -> float:
        return time.time()


@dataclass
class VirtualClock:
    """A clock that moves only when told: for replay and tests."""

    seconds: float = 0.0
    epoch: float = field(default=1_800_000_000.0)

    def now(self) -> float:
        return self.seconds

    def wall(self) -> float:
        return self.epoch + self.seconds

    def advance(self, seconds: float) -> None:
        """Move forward; a negative step is a mistake of the caller."""
        if seconds < 0:
            raise ValueError("a clock does not run backwards")
        self.seconds += seconds
