"""How much sound the system lost before it was counted, told by how late what follows comes.

Time is counted in samples, so lost ones make all that follows late, for good. A busy moment
makes it late too, but what was kept back then comes in a burst. So only lateness that stays is
a loss: the least of it, beyond the least there was before.
"""

from __future__ import annotations

import math

_STAYS = 2.0
"""Seconds after which what is still late was lost."""
_JUMP, _TOLD_JUMP = 0.3, 0.1
"""Seconds of lateness that count; the second where the system says that it lost something."""
_WINDOW = 5.0
"""Seconds in each of the two windows of what is usual: a device's clock runs fast or slow."""


class Lateness:
    """Takes the lateness of each block as it comes; its seconds are of any one clock."""

    def __init__(self) -> None:
        self._began = -math.inf
        self._before = self._least = math.inf
        """The least lateness in the last whole window, and so far in this one."""
        self._since: float | None = None
        """When lateness became more than usual."""
        self._staying = math.inf
        self._told = False

    def lost(self, now: float, late: float, *, told: bool = False) -> float:
        """Seconds that were lost and must be counted now, mostly 0; `told`: the system says so."""
        self._told = self._told or told
        usual = min(self._before, self._least)
        if late - usual <= (_TOLD_JUMP if self._told else _JUMP):
            self._note(now, late)
            return 0.0
        self._since = now if self._since is None else self._since
        self._staying = min(self._staying, late)
        if now - self._since < _STAYS:
            return 0.0
        lost = self._staying - usual
        self._note(now, late - lost)
        return lost

    def _note(self, now: float, late: float) -> None:
        """What is usual; whatever was more than that is over."""
        if now - self._began >= _WINDOW:
            self._began, self._before, self._least = now, self._least, math.inf
        self._least = min(self._least, late)
        self._since, self._staying, self._told = None, math.inf, False
