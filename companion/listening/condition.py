"""What the listener reports of itself, sent only when it changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import msgspec

from companion.events import ListeningProblem, ListeningReported, ListeningState

QUIET_AFTER = 20.0
"""Seconds without speech after which it is quiet."""
_BEHIND, _CAUGHT_UP = 3.0, 1.5
"""Seconds of lag at which catching up begins and ends."""


@dataclass(frozen=True)
class Facts:
    """All that decides the state; pure, so that its rules can be tested."""

    ready: bool = False
    """The models are loaded."""
    open: bool = False
    """A source is open."""
    paused: bool = False
    ended: bool = False
    failed: ListeningProblem = ListeningProblem.NONE
    """A model can't be loaded: stays until the process ends."""
    problem: ListeningProblem = ListeningProblem.NONE
    silent_for: float = 0.0
    lag: float = 0.0
    behind: bool = False
    words: int = 0

    @property
    def state(self) -> ListeningState:
        """The first of these that is so: the one that matters most."""
        rows = (
            (bool(self.failed), ListeningState.LOST),
            (self.paused, ListeningState.PAUSED),
            (self.ended, ListeningState.OFF),
            (bool(self.problem), ListeningState.LOST),
            (not (self.ready and self.open), ListeningState.STARTING),
            (self.behind, ListeningState.CATCHING_UP),
            (self.silent_for >= QUIET_AFTER, ListeningState.QUIET),
        )
        return next((state for holds, state in rows if holds), ListeningState.HEARING)

    def with_lag(self, lag: float) -> Facts:
        """The same with another lag, and a margin between falling behind and caught up."""
        behind = lag > (_CAUGHT_UP if self.behind else _BEHIND)
        return replace(self, lag=round(lag * 2) / 2 if behind else 0.0, behind=behind)


@dataclass
class Condition:
    """Keeps the facts and sends a report when one that is reported changes."""

    send: Callable[[ListeningReported], None]
    enforced: bool = False
    at: float = 0.0
    """Meeting time of the newest sound."""
    _facts: Facts = field(default_factory=Facts)
    _sent: ListeningReported | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def ready(self) -> bool:
        """The models are loaded: what is heard is understood at once."""
        return self._facts.ready

    def update(self, **changes: object) -> None:
        """Change some facts; `lag` goes through its margin."""
        with self._lock:
            lag = changes.pop("lag", None)
            facts = replace(self._facts, **changes)  # type: ignore[arg-type]
            self._facts = facts.with_lag(lag) if isinstance(lag, float) else facts
            self._report()

    def add_words(self, count: int) -> None:
        """So many more words were recognised."""
        with self._lock:
            self._facts = replace(self._facts, words=self._facts.words + count)
            self._report()

    def fail(self, problem: ListeningProblem) -> None:
        """Nothing will be understood in this process's life."""
        self.update(failed=problem)

    def _report(self) -> None:
        facts = self._facts
        ended = ListeningProblem.SOURCE_ENDED if facts.ended else ListeningProblem.NONE
        report = ListeningReported(
            at=0.0,
            state=facts.state,
            problem=facts.failed or facts.problem or ended,
            lag=facts.lag,
            enforced=self.enforced,
            words=facts.words,
        )
        if report != self._sent:
            self._sent = report
            self.send(msgspec.structs.replace(report, at=self.at))
