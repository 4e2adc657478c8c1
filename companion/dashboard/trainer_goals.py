"""What a group works on, as lines for the page that prepares its next meeting."""

from __future__ import annotations

from companion.dashboard.trainer_reading import words_of
from companion.dashboard.trainer_trend import goal_lines
from companion.dashboard.visit import Visit


async def goals_now(visit: Visit, group: str) -> tuple[str, ...]:
    """The open goals of a group."""
    goals = await visit.session.storage.goals.open_for(group)
    lines = goal_lines(goals, words_of(visit))
    return tuple(f"{line.name}: {line.text}" if line.text else line.name for line in lines)
