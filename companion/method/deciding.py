"""What to do about the tracker's belief: nothing, propose a step, enter it, or take back. Pure.

A wrong jump is worse than a late one, so entering asks for more than proposing does.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from companion.events import AnyEvent, MoveUndone, ProposalClosed, StepEntered, StepProposed
from companion.method.changing import Entry
from companion.method.tracker import Tracker
from companion.vocabulary import MovedBy, StepMode

_IN_THE_AIR = 20.0
_IN_DOUBT = 40.0
"""Seconds; a doubt that lasts longer, as where steps move by hand, silences nothing."""


class Lead(msgspec.Struct, frozen=True):
    """The step the belief points at, since when, and whether somebody announced it."""

    step: int
    probability: float
    since: float
    announced: bool


def decide(
    tracker: Tracker, mode: StepMode, proposal: StepProposed | None, now: float
) -> list[AnyEvent]:
    """The step events that follow at `now`; none in most cases."""
    if proposal is not None and now >= proposal.fades:
        return [ProposalClosed(at=now, step=proposal.step, how="faded")]
    if _taken_back(tracker):
        return [MoveUndone(at=now)]
    lead = None if mode is StepMode.HAND else _lead(tracker, now)
    if lead is None:
        return []
    if mode is StepMode.AUTOMATISCH and _sure(tracker, lead, now):
        return _move(tracker, lead, proposal, now)
    if proposal is None and _worth_proposing(tracker, lead, now):
        return [_proposed(tracker, lead, now)]
    return []


def _move(
    tracker: Tracker, lead: Lead, proposal: StepProposed | None, now: float
) -> list[AnyEvent]:
    """The step is entered where it was announced, and an open proposal is closed with it."""
    way = (Entry(lead.step, lead.since),) if lead.announced else tracker.way_to(lead.step)
    entered = [StepEntered(at=entry.at, step=entry.step, by=MovedBy.HEARD) for entry in way]
    if proposal is None:
        return [*entered]
    how: Literal["accepted", "faded"] = "accepted" if proposal.step == lead.step else "faded"
    return [ProposalClosed(at=now, step=proposal.step, how=how), *entered]


def _lead(tracker: Tracker, now: float) -> Lead | None:
    step = max(range(len(tracker.belief)), key=tracker.belief.__getitem__)
    if step == tracker.here:
        return None
    said = tracker.announced
    if said is not None and said.target == step and now - said.at <= tracker.weights.fresh:
        settled = now - said.until >= tracker.weights.settle
        return Lead(step, tracker.belief[step], said.at, announced=True) if settled else None
    return Lead(step, tracker.belief[step], tracker.leader.since, announced=False)


def _sure(tracker: Tracker, lead: Lead, now: float) -> bool:
    w = tracker.weights
    by_hand = tracker.entered_by is MovedBy.HAND and bool(tracker.came_from)
    if by_hand and now - tracker.entered < w.hand_rest:
        return False
    onward = lead.step == tracker.here + 1
    farther = tracker.here + 1 < lead.step <= tracker.here + w.farthest
    if lead.announced:
        return lead.probability >= (w.sure_next if onward else w.sure)
    enough = tracker.leader.things >= w.unannounced_things
    sure = onward and lead.probability >= w.sure_unannounced
    return enough and (sure or (farther and lead.probability >= w.sure_farther))


def _worth_proposing(tracker: Tracker, lead: Lead, now: float) -> bool:
    w = tracker.weights
    before = tracker.proposed.get(lead.step)
    if before is not None and lead.since <= before and now - before < w.again + w.fades:
        return False
    return lead.probability >= (w.propose if lead.announced else w.propose_unannounced)


def _proposed(tracker: Tracker, lead: Lead, now: float) -> StepProposed:
    return StepProposed(
        at=now,
        step=lead.step,
        probability=round(lead.probability, 3),
        fades=now + tracker.weights.fades,
    )


def in_the_air(tracker: Tracker, now: float) -> bool:
    """What is said now may belong to another step: one was just announced, or is believed."""
    elsewhere = (mass for step, mass in enumerate(tracker.belief) if step != tracker.here)
    recent = now - tracker.leader.since < _IN_DOUBT
    if recent and max(elsewhere, default=0.0) > tracker.weights.doubtful:
        return True
    said = tracker.announced
    if said is None or said.target == tracker.here or now - said.at > _IN_THE_AIR:
        return False
    return said.believed >= 0.4


def _taken_back(tracker: Tracker) -> bool:
    """Speech moved the group on, and then the announcement was withdrawn."""
    moved = tracker.entered_by is MovedBy.HEARD and bool(tracker.came_from)
    if not moved or tracker.withdrawn < tracker.entered:
        return False
    back = tracker.came_from[-1]
    return tracker.belief[back] >= tracker.weights.propose
