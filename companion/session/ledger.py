"""Facts on their way to the journal: at once, or when the disk has room again."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from companion.errors import StorageError
from companion.events import AnyEvent
from companion.storage.journal import Journal

MOST_WAITING = 10_000
"""Facts; more are not taken, so that memory stays bounded."""


class Ledger:
    """Writes one meeting's facts in order and keeps those that can't be written yet."""

    def __init__(self, journal: Journal, meeting: str) -> None:
        self._journal = journal
        self._meeting = meeting
        self._waiting: deque[tuple[float, Sequence[AnyEvent], str]] = deque()
        self.problem: StorageError | None = None
        """Why facts wait."""

    @property
    def waiting(self) -> int:
        """How many facts are not on the disk."""
        return sum(len(events) for _, events, _ in self._waiting)

    def require_room(self) -> None:
        """StorageError when no more can wait."""
        if self.problem and self.waiting >= MOST_WAITING:
            raise self.problem

    async def keep(self, wall: float, events: Sequence[AnyEvent], command: str = "") -> None:
        """Write these facts after those that wait; returns after the commit, or all wait."""
        self._waiting.append((wall, events, command))
        await self.write()

    async def write(self) -> None:
        """Write what waits, as far as it goes."""
        while self._waiting:
            wall, events, command = self._waiting[0]
            try:
                await self._journal.append_all(self._meeting, wall, events, command)
            except StorageError as error:
                self.problem = error
                return
            self._waiting.popleft()
        self.problem = None
