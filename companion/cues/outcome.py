"""What the meeting is for: a concrete plan at its end, and a look back at the last one."""

from __future__ import annotations

from companion.cues.calls import Call
from companion.cues.scene import Scene
from companion.vocabulary import Floor, Role

_BEGINS = 40.0
"""Seconds that a plan step gets before anything is missed in it."""
_WAITS = 40.0
"""Seconds after a vague intention in which somebody may still ask on."""
_NEARLY_OVER = 0.25
_NEARLY_OVER_FOR_ALL = 0.1
"""Share of the time left from which a plan is due; less where not only the inbrenger speaks."""
_TAKEN_UP = 4.0
"""Seconds after the inbrenger's words in which somebody asks on, or what he said is analysed."""
_HIS_WORD = 15.0
"""Seconds of speech in which the inbrenger can have told a plan."""
_ARRIVES = 5.0
_PASSED = 45.0
"""Seconds into a step between which a look-back can still be proposed."""
_HELD = 30.0
"""Seconds from which a look-back counts as held."""


def plan_incomplete(scene: Scene) -> Call | None:
    """The plan is nearly due and has no action with a person and a moment."""
    last = scene.clock.step == len(scene.record.progress.steps) - 1
    planless = not any(step.plan for step in scene.record.progress.steps)
    if not (scene.step.plan or (last and planless)):
        return None
    actions = scene.record.actions()
    complete = [a for a in actions if (a.when or a.due) and (a.with_whom or a.how)]
    waiting = [c.until for c in scene.record.candidates.values() if c.until <= scene.now - _WAITS]
    share = _NEARLY_OVER if scene.step.floor is Floor.INBRENGER else _NEARLY_OVER_FOR_ALL
    nearly = scene.clock.remaining <= scene.clock.planned * share
    if complete or not (nearly or waiting) or scene.in_visit() < _BEGINS or not _told(scene):
        return None
    why = {"actions": float(len(actions)), "complete": 0.0}
    return Call(cue="plan-incomplete", at=scene.now, why=why)


def look_back(scene: Scene) -> Call | None:
    """Earlier actions are open, and the group did not look back on them."""
    actions = scene.record.started.open_actions
    if actions < 1 or scene.in_visit() > _PASSED:
        return None
    steps = scene.record.progress.steps
    held = next((i for i, step in enumerate(steps) if step.look_back), None)
    if held is None:
        due = scene.clock.step == 0 and len(scene.record.progress.visits) == 1
    else:
        due = scene.clock.step == held + 1 and _spent_in(scene, held) < _HELD
    if not due or scene.in_visit() < _ARRIVES:
        return None
    return Call(cue="look-back", at=scene.now, why={"actions": float(actions)})


def _told(scene: Scene) -> bool:
    """The inbrenger, where his voice is known, has had his say and nobody took it up yet."""
    turns = [turn for turn in scene.tally.turns if turn.at >= scene.since]
    if all(turn.role is None for turn in turns):
        return True
    seconds = sum(turn.until - turn.at for turn in turns if turn.role is Role.INBRENGER)
    last = turns[-1]
    stopped = last.role is Role.INBRENGER and scene.now - last.until >= _TAKEN_UP
    return seconds >= _HIS_WORD and stopped


def _spent_in(scene: Scene, step: int) -> float:
    visits = scene.record.progress.visits
    ends = [visit.since for visit in visits[1:]] + [scene.now]
    pairs = zip(visits, ends, strict=True)
    return sum(end - visit.since for visit, end in pairs if visit.step == step)
