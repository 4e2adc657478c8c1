"""Which step the group is in, from what is heard: a forward filter over the method's steps.

The belief (a probability per step) drifts slowly onwards with each thing heard, is weighed
by behaviour, and shifts at announcements as far as those are trusted. Minutes against plan
only make drifting likelier, and count at the group's own pace. The hand always wins: it
sets the belief and teaches how far announcements are to be trusted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import msgspec

from companion.events import (
    AdviceHeard,
    AnyEvent,
    Gap,
    MeetingResumed,
    MoveUndone,
    ProposalClosed,
    QuestionHeard,
    StepAnnounced,
    StepEntered,
    StepMove,
    StepProposed,
    TurnHeard,
)
from companion.method.announcing import fits, fits_any, goals
from companion.method.changing import Entry, Lately
from companion.method.turns import Turns
from companion.method.weights import Weights
from companion.vocabulary import Floor, MovedBy, Role, Step, StepFunction

_STAY = 0.97
"""Belief in a step that a hand chose."""


@dataclass
class Announced:
    """The last announcement that pointed at another step than the present one."""

    at: float
    until: float
    target: int
    believed: float
    voice: int | None = None


@dataclass
class Leader:
    """The step that behaviour points at, since when, and by how many things heard."""

    step: int
    since: float
    things: int = 0


@dataclass
class Tracker:
    """The filter's state; `fold` changes it, nothing else does."""

    steps: tuple[Step, ...]
    planned: tuple[float, ...]
    began: float = 0.0
    weights: Weights = field(default_factory=Weights)
    belief: list[float] = field(init=False)
    anchor: list[float] = field(init=False)
    """The belief before the last announcement: what a second one starts from."""
    announced: Announced | None = None
    leader: Leader = field(init=False)
    lately: Lately = field(init=False)
    here: int = 0
    entered: float = field(init=False)
    entered_by: MovedBy = MovedBy.HAND
    turns: int = 0
    """Turns heard since the present step was entered."""
    came_from: list[int] = field(default_factory=list)
    visited: set[int] = field(default_factory=lambda: {0})
    """Steps that the group has been in."""
    heard: Turns = field(init=False)
    led: bool = True
    """There is a begeleider."""
    trust: float = 1.0
    refused: dict[int, float] = field(default_factory=dict)
    proposed: dict[int, float] = field(default_factory=dict)
    withdrawn: float = -1e9
    pace: tuple[float, float] = (0.0, 0.0)
    """Seconds taken and seconds planned of the steps left so far."""

    def __post_init__(self) -> None:
        self.belief = self._at_step(0)
        self.anchor = list(self.belief)
        self.leader = Leader(0, self.began)
        self.entered = self.began
        self.heard = Turns(self.weights.behaviour, self.steps, self.began)
        self.lately = Lately(len(self.steps))

    def fold(self, event: AnyEvent, role: Role | None = None) -> None:
        """Take in one event; `role` is who spoke, where that is known."""
        match event:
            case StepAnnounced():
                self._announce(event, role)
            case QuestionHeard() | AdviceHeard() | TurnHeard():
                self._behave(event, role)
            case StepEntered():
                self._enter(event)
            case MoveUndone():
                self._undo(event.at)
            case StepProposed():
                self.proposed[event.step] = event.at
            case ProposalClosed():
                self._answered(event)
            case Gap() | MeetingResumed():
                self.heard.nothing_heard(event.at)
            case _:
                pass

    # ── announcements ─────────────────────────────────────────────────────────

    def _announce(self, event: StepAnnounced, role: Role | None) -> None:
        if event.move is StepMove.WITHDRAWN:
            self._withdraw(event, role)
            return
        self.heard.procedure()
        w = self.weights
        last = self.announced
        again = last is not None and 0 <= event.at - last.at < w.restated
        if not again or (last is not None and last.target == self.here):
            self.anchor = list(self.belief)
        to = self._points_at(event)
        target = max(range(len(to)), key=to.__getitem__)
        believed = self._meant(event) * self._trusted(event, role)
        if target in self.visited and target < self.here and event.move is StepMove.TO:
            believed *= w.unsaid_back
        believed *= 1.0 - self._recently_refused(target, event.at)
        if again and last is not None and self._is_overview(last, target, event):
            believed *= w.overview_trust
        believed = min(believed, 0.99)
        self.belief = [
            (1 - believed) * old + believed * new for old, new in zip(self.belief, to, strict=True)
        ]
        if target != self.here and believed > 0.1:
            said_before = again and last is not None and last.target == target
            at = event.at
            if said_before and last is not None and last.believed >= 0.5:
                at = last.at
            self.announced = Announced(at, event.until, target, believed, event.voice)
        self.leader = Leader(self._best(), event.at)

    def _points_at(self, event: StepAnnounced) -> list[float]:
        """Where the group goes if this is meant."""
        order, count = self.weights.order, len(self.steps)
        back = event.move is StepMove.BACK
        if event.step is not None and 0 <= event.step < count:
            return [1.0 if index == event.step else 0.0 for index in range(count)]
        if event.functions:
            fit = fits_any(self.steps, event.functions)
        elif event.function is not None:
            fit = fits(self.steps, event.function, event.function_probability or 0.5)
        else:
            fit = (1.0,) * count
        if event.move is StepMove.NEXT:
            order = msgspec.structs.replace(order, stay=0.0, back=(0.0,), onward=order.said_next)
        return goals(order, self.anchor, fit, back=back, visited=self.visited)

    def _meant(self, event: StepAnnounced) -> float:
        """Who says a step by its name mostly means it."""
        doubt = 1.0 - event.probability
        return 1.0 - doubt * (1.0 if event.step is None else 1.0 - self.weights.named)

    def _trusted(self, event: StepAnnounced, role: Role | None) -> float:
        """How far this announcement is believed, by who speaks and at what moment."""
        w = self.weights
        trusted = self._trusted_role(role) * self.trust
        if event.move is StepMove.END:
            trusted *= w.ending if self.here >= len(self.steps) - 2 else 0.1
        if not self.came_from:
            soon = event.at - self.began < w.opening_seconds and self.turns <= w.opening_turns
            return trusted * (w.opening if soon else 1.0)
        unnamed = event.function is None and event.step is None
        fresh = self.turns < 2 and event.at - self.entered < w.just_entered
        return trusted * (0.1 if unnamed and fresh else 1.0)

    def _trusted_role(self, role: Role | None) -> float:
        t = self.weights.trust
        if role is Role.INBRENGER:
            telling = self.steps[self.here].function is StepFunction.VERTELLEN
            return t.inbrenger_telling if telling else t.inbrenger
        if role is Role.DEELNEMER:
            return t.deelnemer if self.led else t.deelnemer_alone
        return t.begeleider if role is Role.BEGELEIDER else t.unknown

    def _is_overview(self, last: Announced, target: int, event: StepAnnounced) -> bool:
        """One voice, one after the other, each farther on: "first …, then …, and then …"."""
        close = event.at - last.at < self.weights.overview and event.voice == last.voice
        return close and self.here <= last.target < target

    def _withdraw(self, event: StepAnnounced, role: Role | None) -> None:
        last = self.announced
        if last is None or event.at - last.at > self.weights.withdraw:
            return
        believed = event.probability * (0.5 if role is Role.INBRENGER else 1.0)
        self.belief = [
            (1 - believed) * new + believed * old
            for new, old in zip(self.belief, self.anchor, strict=True)
        ]
        if believed >= 0.5:
            self.announced = None
            self.withdrawn = event.at
        self.leader = Leader(self._best(), event.at)

    # ── behaviour ─────────────────────────────────────────────────────────────

    def _behave(self, event: QuestionHeard | AdviceHeard | TurnHeard, role: Role | None) -> None:
        if not isinstance(event, TurnHeard):
            self.heard.holds(event)
            return
        for factors, power in self.heard.settled():
            self._weigh(factors, power)
        self.lately.begin(event.at, role)
        self._drift(event.at)
        for factors, power in self.heard.begun(event, role):
            self._weigh(factors, power)
        self.turns += 1
        self._follow_leader(event.at)

    def _follow_leader(self, at: float) -> None:
        best = self._best()
        if best != self.leader.step:
            self.leader = Leader(best, at)
        self.leader.things += 1

    def _drift(self, at: float) -> None:
        """Some of the belief moves on, more of it when the step's time is up."""
        w, count = self.weights, len(self.steps)
        late = min(max(self._elapsed_share(at) - 0.7, 0.0) / 0.5, 1.0)
        rate = w.drift + (w.drift_late - w.drift) * late
        if self.steps[self.here].floor is Floor.NIEMAND:
            rate *= 0.5
        moved = [mass * (1 - rate) for mass in self.belief]
        for step, mass in enumerate(self.belief):
            over = mass * rate * w.drift_skip
            moved[min(step + 1, count - 1)] += mass * rate - over
            moved[min(step + 2, count - 1)] += over
        self._return(moved, rate * w.drift_made_up)
        self.belief = moved

    def _return(self, moved: list[float], rate: float) -> None:
        """A group that passed over a step may come back to it."""
        left = [step for step in range(self.here) if step not in self.visited]
        if left:
            taken = moved[self.here] * rate
            moved[self.here] -= taken
            moved[left[-1]] += taken

    def _elapsed_share(self, at: float) -> float:
        """Time in this step against its plan, at the pace this group has shown."""
        taken, meant = self.pace
        first = self.planned[0] or 1.0
        pace = min(max((taken + first) / (meant + first), 0.02), 3.0)
        return (at - self.entered) / max(self.planned[self.here] * pace, 1.0)

    def _weigh(self, factors: tuple[float, ...], power: float) -> None:
        least = self.weights.least
        self.lately.weigh(factors, power)
        raw = [mass * factor**power for mass, factor in zip(self.belief, factors, strict=True)]
        total = sum(raw)
        self.belief = [max(value / total, least) for value in raw]

    def way_to(self, step: int) -> tuple[Entry, ...]:
        """What was entered on the way to `step`, and when, as far as can be told afterwards."""
        w = self.weights
        steps = [*range(self.here, step + 1)] if step > self.here else [self.here, step]
        way = self.lately.way(steps, self.entered, opens=w.opens, skips=w.skips)
        ends = [*(entry.at for entry in way[1:]), math.inf]
        stayed = [entry for entry, end in zip(way, ends, strict=True) if end - entry.at >= w.brief]
        return tuple(stayed) or (Entry(step, self.leader.since),)

    # ── moves ─────────────────────────────────────────────────────────────────

    def _enter(self, event: StepEntered) -> None:
        if event.step == self.here or not 0 <= event.step < len(self.steps):
            return
        taken, meant = self.pace
        if event.step > self.here:
            length = max(event.at - self.entered, 0.0)
            self.pace = (taken + length, meant + self.planned[self.here])
        self.came_from.append(self.here)
        self.visited.add(event.step)
        self.here = event.step
        self.entered, self.entered_by = event.at, event.by
        self.turns = 0
        self.leader = Leader(event.step, event.at)
        self.refused.pop(event.step, None)
        if event.by is MovedBy.HEARD:
            keep = 1 - self.weights.settled
            self.belief = [mass * keep for mass in self.belief]
            self.belief[event.step] += self.weights.settled
        else:
            self.belief = self._at_step(event.step)
            self.anchor = list(self.belief)
            self.announced = None

    def _undo(self, at: float) -> None:
        if not self.came_from:
            return
        wrong = self.here
        self.here = self.came_from.pop()
        if self.withdrawn < at - 10:  # a hand took it back: the announcement was none
            self.refused[wrong] = at
            self.trust = max(self.trust * self.weights.taught, 0.5)
        self.belief = self._at_step(self.here)
        self.anchor = list(self.belief)
        self.announced = None
        self.entered, self.entered_by = at, MovedBy.HAND
        self.leader = Leader(self.here, at)

    def _answered(self, event: ProposalClosed) -> None:
        if event.how == "accepted":
            self.trust = min(self.trust / self.weights.taught, 1.0)
        elif event.how == "refused":
            self.trust = max(self.trust * self.weights.taught, 0.5)
            self.refused[event.step] = event.at
            self.belief = self._at_step(self.here)
            self.anchor = list(self.belief)
            self.announced = None
            self.leader = Leader(self.here, event.at)

    def _recently_refused(self, step: int, at: float) -> float:
        """How much of an announcement is not believed because the same was just refused."""
        if step not in self.refused:
            return 0.0
        ago = max(at - self.refused[step], 0.0)
        return 0.8 * math.exp(-ago / self.weights.refusal)

    def _best(self) -> int:
        return max(range(len(self.belief)), key=self.belief.__getitem__)

    def _at_step(self, step: int) -> list[float]:
        count = len(self.steps)
        other = (1 - _STAY) / max(count - 1, 1)
        return [_STAY if index == step else other for index in range(count)]
