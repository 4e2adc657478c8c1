"""Which of the cues that are called for is shown: few, on time, and not the same again.

Behind each limit stands the group's attention: one cue at a time, at most `BUDGET` in
`PERIOD` beside the clock's own, a quiet time between two, a rest for each kind.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from companion.cues.calls import Call
from companion.cues.catalogue import Cue, catalogue
from companion.cues.rules import RULES
from companion.cues.scene import Scene, scene
from companion.cues.timing import clock_calls, listening_calls
from companion.events import AnyEvent, CueClosed, CueRaised, StepEntered
from companion.method.record import Record

BUDGET = 4
PERIOD = 600.0
QUIET = 60.0
"""Seconds between two cues that are not the clock's."""
FRESH = 30.0
"""Evidence older than this (seconds) is no longer worth a cue."""
DISMISSED_REST = 900.0
LATER = 120.0
_RATIONED = ("behaviour", "praise")


_OF_THE_STEP = frozenset({"time-20", "time-5", "time-over"})


@dataclass
class CueLog:
    """The cues of a meeting so far; `fold` changes it, nothing else does."""

    raised: list[CueRaised] = field(default_factory=list)
    closed: dict[int, CueClosed] = field(default_factory=dict)
    less: set[str] = field(default_factory=set)

    def fold(self, event: AnyEvent) -> None:
        """Take in a cue that came up or went; a step's clock says nothing of the next step."""
        if isinstance(event, CueRaised):
            self.raised.append(event)
        elif isinstance(event, StepEntered):
            for cue in self.raised[-6:]:
                if cue.cue in _OF_THE_STEP and cue.step != event.step:
                    gone = CueClosed(at=event.at, number=cue.number, how="faded")
                    self.closed.setdefault(cue.number, gone)
        elif isinstance(event, CueClosed) and 0 < event.number <= len(self.raised):
            self.closed[event.number] = event
            if event.how == "less":
                self.less.add(self.raised[event.number - 1].cue)

    def up(self, now: float) -> CueRaised | None:
        """The newest cue that is still shown."""
        for cue in reversed(self.raised[-6:]):
            if cue.number not in self.closed and cue.expires > now:
                return cue
        return None

    def last_of(self, cue: str) -> CueRaised | None:
        """The last time that this cue came up."""
        return next((c for c in reversed(self.raised) if c.cue == cue), None)


def patience(less: Collection[str], focus: Collection[str]) -> dict[str, int]:
    """How much of each is needed.

    Twice as much of what a group wants less of, one less of what it minds; as ever of both.
    """
    return {name: _needed(name, cue, less, focus) for name, cue in catalogue().items()}


def _needed(name: str, cue: Cue, less: Collection[str], focus: Collection[str]) -> int:
    if (name in less) == (name in focus):
        return cue.patience
    return cue.patience * 2 if name in less else max(cue.patience - 1, 1)


def choose(
    record: Record, log: CueLog, focus: frozenset[str], now: float, *, moving: bool = False
) -> list[CueRaised]:
    """The cues that come up at `now`: mostly none. `moving`: a step change is in the air.

    `focus` are the cues of what the group minds: of several, one of those goes first.
    """
    at = scene(record, now, patience(log.less, focus))
    if at.clock.paused or at.clock.ended:
        return []
    calls = [call for call in clock_calls(at) if _first_in_plan(record, log, call)]
    calls += [call for call in listening_calls(at) if _rested(log, call, now)]
    chosen = [_raise(log, calls[0], at.clock.step, now, soft=at.writing())] if calls else []
    if chosen or moving or not _room(log, now):
        return chosen
    wanted = [call for rule in RULES if (call := rule(at)) and _welcome(log, call, at)]
    first = sorted(wanted, key=lambda call: call.cue not in focus)[:1]
    return [_raise(log, call, at.clock.step, now, soft=False) for call in first]


def _of(call: Call | CueRaised) -> Cue:
    return catalogue()[call.cue]


def _raise(log: CueLog, call: Call, step: int, now: float, *, soft: bool) -> CueRaised:
    """The cue as an event; in silence the clock's own is kept shorter."""
    lives = _of(call).lives * (0.5 if soft else 1.0)
    why = {name: round(value, 1) for name, value in call.why.items()}
    return CueRaised(
        at=now,
        cue=call.cue,
        step=step,
        number=len(log.raised) + 1,
        why=why,
        expires=now + lives,
    )


def _first_in_plan(record: Record, log: CueLog, call: Call) -> bool:
    """The clock says a thing once per step and plan, also when the group comes back to it."""
    if call.cue in log.less and _of(call).urgency != "firm":
        return False
    whole = call.cue == "meeting-end"
    planned = round(call.why["planned"], 1)
    return not any(
        cue.cue == call.cue
        and (whole or cue.step == record.progress.step)
        and cue.why.get("planned") == planned
        for cue in log.raised
    )


def _room(log: CueLog, now: float) -> bool:
    """No cue is up, the last one that counts is a while ago, and the budget is not spent."""
    if log.up(now) is not None:
        return False
    recent = [c for c in log.raised[-40:] if _of(c).kind in _RATIONED and now - c.at < PERIOD]
    return len(recent) < BUDGET and (not recent or now - recent[-1].at >= QUIET)


def _welcome(log: CueLog, call: Call, at: Scene) -> bool:
    """New evidence, this cue has rested long enough, and it may come in this story."""
    last = log.last_of(call.cue)
    fresh = (last is None or call.at > last.at) and at.now - call.at <= FRESH
    return fresh and _rested(log, call, at.now) and (not at.in_story() or _of(call).in_story)


def _rested(log: CueLog, call: Call, now: float) -> bool:
    last = log.last_of(call.cue)
    return last is None or now - last.at >= _rest(log, last)


def _rest(log: CueLog, last: CueRaised) -> float:
    """Seconds after which this cue may come again, by what was done with it."""
    rest = _of(last).cooldown * (3.0 if last.cue in log.less else 1.0)
    closed = log.closed.get(last.number)
    if closed is None or closed.how == "faded":
        return rest
    if closed.how == "later":
        return LATER
    return max(rest, DISMISSED_REST)
