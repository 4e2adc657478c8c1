"""Advice, plain or as a question, where the method has no place for it yet, or never."""

from __future__ import annotations

from companion.cues.calls import OPENS, Call
from companion.cues.scene import Scene
from companion.events import AdviceHeard
from companion.vocabulary import Role, SentenceKind

_SURE = 0.6
"""Where the method never has advice, whatever is counted as advice at all is enough."""


def early_advice(scene: Scene) -> Call | None:
    """Plain advice before the advice round, or where the method never has it."""
    return _advice_call(scene, "early-advice", SentenceKind.ADVIES)


def early_disguised(scene: Scene) -> Call | None:
    """Advice as a question before the advice round, or where the method never has it."""
    return _advice_call(scene, "early-disguised", SentenceKind.VERKAPT_ADVIES)


def _advice_call(scene: Scene, cue: str, label: SentenceKind) -> Call | None:
    found = _early(scene, label)
    if len(found) < scene.patience[cue]:
        return None
    return Call(cue=cue, at=found[-1].until, why={"count": float(len(found))})


def _early(scene: Scene, label: SentenceKind) -> list[AdviceHeard]:
    return [
        advice
        for advice in scene.tally.early
        if advice.label is label
        and advice.at >= scene.since + OPENS
        and (scene.method.advice_never or advice.probability >= _SURE)
        and advice.role is not Role.BEGELEIDER
    ]
