"""Meeting time: from the machine's clocks to seconds since the start, sleep included.

A machine that sleeps stops its monotonic clock. The meeting's time goes on, and the stretch
is a Gap. A wall clock that is set moves nothing; that it happened is a Gap of 0 seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

from companion.clock import Clock
from companion.events import Gap, GapCause

NOTICEABLE = 2.0
"""Seconds by which the clocks must disagree."""
STALLED = 30.0
"""Seconds between two looks that only a sleep explains, where sleep counts as time."""


def machine_slept() -> float | None:
    """Seconds that this machine has been suspended since it started; None: it can't tell."""
    if not hasattr(time, "CLOCK_BOOTTIME"):
        return None
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)


class Reading(msgspec.Struct, frozen=True):
    """All clocks at one moment."""

    now: float
    wall: float
    slept: float | None


class Missed(msgspec.Struct, frozen=True):
    """`seconds` that meeting time must be moved on by, the length of the gap, and its cause."""

    move: float
    seconds: float
    cause: GapCause


def missed(before: Reading, after: Reading) -> Missed | None:
    """What the clocks say about the stretch between two readings."""
    passed = after.now - before.now
    jump = after.wall - before.wall - passed
    if before.slept is not None and after.slept is not None:
        asleep = after.slept - before.slept
        if asleep >= NOTICEABLE:
            return Missed(asleep, asleep, GapCause.SUSPENDED)
    elif jump >= NOTICEABLE:
        return Missed(jump, jump, GapCause.SUSPENDED)
    elif passed >= STALLED:
        return Missed(0.0, passed, GapCause.SUSPENDED)
    if abs(jump) >= NOTICEABLE:
        return Missed(0.0, 0.0, GapCause.CLOCK_JUMP)
    return None


class MeetingTime:
    """Meeting time of one meeting; `rate` seconds of it pass in a second."""

    def __init__(
        self,
        clock: Clock,
        at: float = 0.0,
        rate: float = 1.0,
        slept: Callable[[], float | None] = machine_slept,
    ) -> None:
        self._clock = clock
        self._slept = slept
        self._rate = rate
        self._at = at
        self._since = clock.now()
        self._seen = self._read()
        self.held = False
        """It stands still."""

    def now(self) -> float:
        """Seconds since the start."""
        passed = 0.0 if self.held else self._clock.now() - self._since
        return self._at + passed * self._rate

    def hold(self) -> None:
        """Stand still from now on, until `go`."""
        self._at, self.held = self.now(), True

    def go(self) -> None:
        """Go on from where it was held; running already, go on as it does."""
        if self.held:
            self._since, self.held = self._clock.now(), False

    def look(self) -> Gap | None:
        """Compare the clocks with the last look; time slept through is added and told."""
        before, self._seen = self._seen, self._read()
        found = missed(before, self._seen)
        if found is None:
            return None
        self._at += found.move
        return Gap(at=self.now(), seconds=found.seconds, cause=found.cause)

    def _read(self) -> Reading:
        return Reading(self._clock.now(), self._clock.wall(), self._slept())
