"""Utterances that wait to be recognised: bounded, with the lag measured.

When nothing waits, recognition may already begin with a draft: an utterance whose pause
is not yet long enough to be sure that it is over. If the pause lasts or another voice goes
on, the work is done early; if the speaker goes on, it was for nothing and nobody hears of it.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field

from companion.listening.forgotten import Forgotten
from companion.speech.utterances import Utterance

BEHIND = 5.0
"""Seconds of lag over which recognition should be quick rather than good."""
MOST_LAG = 15.0
"""Seconds of lag over which the oldest unheard sound is given up."""


@dataclass(frozen=True, eq=False)
class Waiting:
    """An utterance and the meeting time at which its source began."""

    utterance: Utterance
    origin: float

    @property
    def at(self) -> float:
        """Its start in meeting time."""
        return self.origin + self.utterance.at

    @property
    def until(self) -> float:
        """Its end in meeting time."""
        return self.origin + self.utterance.until


@dataclass
class Backlog:
    """A queue between the ears, which never wait, and recognition, which may be slow.

    `pace` is how many times faster than life the sound comes; with 0 nothing is live,
    so that `put` waits for room and nothing is given up.
    """

    pace: float = 1.0
    _waiting: deque[Waiting] = field(default_factory=deque)
    _busy: Waiting | None = None
    _draft: Waiting | None = None
    """Offered and not yet settled."""
    _tried: Waiting | None = None
    """The draft that was taken last."""
    _came_true: Waiting | None = None
    _forgotten: Forgotten = field(default_factory=Forgotten)
    _now: float = 0.0
    _closed: bool = False
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def put(self, waiting: Waiting) -> list[Waiting]:
        """Add the newest; returns what was given up for it, oldest first."""
        with self._changed:
            self._now = max(self._now, waiting.until)
            if not self.pace:
                self._changed.wait_for(lambda: len(self._waiting) < 4 or self._closed)
            if self._may_be_known(waiting) and not self._completes_draft(waiting):
                self._waiting.append(waiting)
            self._draft = None
            dropped = self._give_up()
            self._changed.notify_all()
            return dropped

    def offer(self, draft: Waiting | None) -> None:
        """What may become an utterance; None: the speaker went on, so that it won't."""
        with self._changed:
            self._draft = draft if draft and self._may_be_known(draft) else None
            self._changed.notify_all()

    def forget(self, since: float, until: float) -> None:
        """Let go of what was said between these moments, and of what is still to come of it."""
        with self._changed:
            self._forgotten.add(since, until)
            kept = [waiting for waiting in self._waiting if self._may_be_known(waiting)]
            self._waiting = deque(kept)
            if self._draft and not self._may_be_known(self._draft):
                self._draft = None
            self._changed.notify_all()

    def stands(self, taken: Waiting) -> bool:
        """Whether what `take` gave was said like that; waits while a draft is not settled.

        What was forgotten since was not said at all.
        """
        with self._changed:
            if taken is self._tried:
                self._changed.wait_for(lambda: self._draft is not taken or self._closed)
                if taken is not self._came_true:
                    return False
            return self._may_be_known(taken)

    def tell_time(self, now: float) -> None:
        """Sound up to meeting time `now` has come in."""
        with self._changed:
            self._now = now

    def take(self) -> Waiting | None:
        """The oldest, or else a draft, as soon as there is one; None: closed, nothing is left.

        The taker asks `stands` before it tells what it made of it.
        """
        with self._changed:
            self._busy = None
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._waiting or self._untried() or self._closed)
            if self._waiting:
                self._busy = self._waiting.popleft()
            else:
                self._busy = self._tried = self._untried()
            return self._busy

    def close(self) -> None:
        """Nothing more will come."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def behind(self) -> bool:
        """Recognition is so late that it should be quick."""
        return self.lag > BEHIND

    @property
    def lag(self) -> float:
        """Seconds that recognition is behind the sound, in real time."""
        with self._changed:
            return self._lag()

    def _lag(self) -> float:
        oldest = self._busy or next(iter(self._waiting), None)
        if oldest is None or not self.pace:
            return 0.0
        return max(0.0, self._now - oldest.until) / self.pace

    def _may_be_known(self, waiting: Waiting) -> bool:
        return not self._forgotten.holds(waiting.at, waiting.until)

    def _untried(self) -> Waiting | None:
        return None if self._draft is self._tried else self._draft

    def _completes_draft(self, waiting: Waiting) -> bool:
        """`waiting` is the draft that is being recognised: there is no need to do it again."""
        draft = self._busy if self._busy is self._draft else None
        if draft is None or (draft.at, draft.until) != (waiting.at, waiting.until):
            return False
        self._came_true = draft
        return True

    def _give_up(self) -> list[Waiting]:
        """Drop from the old end until what waits is recent enough; the newest stays."""
        dropped: list[Waiting] = []
        while self.pace and len(self._waiting) > 1:
            if (self._now - self._waiting[0].until) / self.pace <= MOST_LAG:
                break
            dropped.append(self._waiting.popleft())
        return dropped
