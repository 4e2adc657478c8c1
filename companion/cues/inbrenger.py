"""The inbrenger speaks where he only listens, or answers where questions should sink in."""

from __future__ import annotations

from companion.cues.calls import Call
from companion.cues.scene import Scene
from companion.events import TurnHeard
from companion.vocabulary import InbrengerPart, Role, StepFunction

_SETTLES = 15.0
"""Seconds at the start of the step in which he may finish what he was saying."""
_RECENT = 90.0
_A_WORD = 2.0
"""Seconds: a shorter turn is let pass."""
_LONG_ANSWER = 9.0
"""Seconds: a shorter remark says what a question does to him, which is asked for."""
_TOO_MUCH = 5.0
"""Seconds of speech, taken together, from which it is worth a cue."""
_ANSWER_WITHIN = 3.0


def inbrenger_speaks(scene: Scene) -> Call | None:
    """The inbrenger talks where the group talks about him."""
    questions = scene.step.function is StepFunction.VRAGEN
    if questions:
        return None
    return _speaks_in_silence(scene, "inbrenger-speaks", _A_WORD, asked=False)


def inbrenger_answers(scene: Scene) -> Call | None:
    """The inbrenger answers at length where the questions only sink in."""
    questions = scene.step.function is StepFunction.VRAGEN
    return _speaks_in_silence(scene, "inbrenger-answers", _LONG_ANSWER) if questions else None


def _speaks_in_silence(scene: Scene, cue: str, least: float, *, asked: bool = True) -> Call | None:
    if scene.step.inbrenger is not InbrengerPart.ZWIJGT or scene.in_visit() < _SETTLES:
        return None
    turns = _spoken_by(scene, _RECENT, least)
    if not asked:
        turns = [turn for turn in turns if not _answers(scene, turn)]
    seconds = sum(turn.until - turn.at for turn in turns)
    if seconds < _TOO_MUCH:
        return None
    return Call(cue=cue, at=turns[-1].until, why={"seconds": seconds})


def _spoken_by(scene: Scene, seconds: float, least: float) -> list[TurnHeard]:
    """The inbrenger's turns of at least `least` seconds that ended in the last `seconds`."""
    since = max(scene.since, scene.now - seconds)
    return [
        turn
        for turn in scene.tally.turns[-12:]
        if turn.role is Role.INBRENGER and turn.until - turn.at >= least and turn.at >= since
    ]


def _answers(scene: Scene, turn: TurnHeard) -> bool:
    """A member asked him something just before: it is not he who breaks in."""
    return any(
        0 <= turn.at - question.until <= _ANSWER_WITHIN
        for question in scene.tally.questions[-8:]
        if question.role is not Role.INBRENGER
    )
