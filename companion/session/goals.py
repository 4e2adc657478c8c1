"""What a group set itself to learn, as what its next meeting's cues mind."""

from __future__ import annotations

import msgspec

from companion.cues.focus import Focus
from companion.session.orders import MeetingOrder
from companion.storage.goals import Goal
from companion.storage.opening import Storage
from companion.vocabulary import Indicator

FOCUS = {
    Indicator.OPEN_QUESTIONS: Focus.OPEN_QUESTIONS,
    Indicator.LEADING: Focus.OPEN_QUESTIONS,
    Indicator.STACKED: Focus.OPEN_QUESTIONS,
    Indicator.NO_EARLY_ADVICE: Focus.NO_EARLY_ADVICE,
    Indicator.TURNS: Focus.TURNS,
    Indicator.EVERYONE: Focus.TURNS,
    Indicator.INBRENGER_SILENT: Focus.INBRENGER_SILENT,
    Indicator.PLAN: Focus.CONCRETE_PLAN,
}
"""The goals that a cue can help with; the others are for people to mind."""


def focus_of(goals: list[Goal]) -> tuple[str, ...]:
    """What these goals ask the cues to mind, each once."""
    found = [FOCUS[goal.indicator].value for goal in goals if goal.indicator in FOCUS]
    return tuple(dict.fromkeys(found))


async def minding_goals(storage: Storage, order: MeetingOrder) -> MeetingOrder:
    """The order with the group's open goals added to what it minds."""
    if not order.group:
        return order
    goals = focus_of(await storage.goals.open_for(order.group))
    return msgspec.structs.replace(order, focus=tuple(dict.fromkeys((*order.focus, *goals))))
