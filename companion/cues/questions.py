"""How questions are asked where open ones fit: closed, leading, piled up, or well."""

from __future__ import annotations

from companion.cues.calls import Call
from companion.cues.scene import Scene
from companion.events import QuestionHeard
from companion.vocabulary import QuestionRule, Role, SentenceKind

_CLOSED = frozenset({SentenceKind.GESLOTEN, SentenceKind.KEUZE, SentenceKind.GERICHT})
_SURE = 0.6
"""A label less likely than this does not count."""
_RECENT = 300.0
"""Seconds back that still say how questions are asked now."""
_LEADING = (Role.BEGELEIDER, Role.INBRENGER)
"""Whose questions are not judged."""


def closed_in_a_row(scene: Scene) -> Call | None:
    """Closed questions one after the other where open ones are asked for."""
    if not _question_round(scene):
        return None
    row: list[QuestionHeard] = []
    for question in reversed(_asked(scene, _LEADING)):
        if question.label not in _CLOSED:
            break
        row.append(question)
    # a targeted question may belong to good asking; a row of only those is none
    closed = sum(1 for question in row if question.label is not SentenceKind.GERICHT)
    if len(row) < scene.patience["closed-in-a-row"] or closed < len(row) / 2:
        return None
    return Call(cue="closed-in-a-row", at=row[0].until, why={"count": float(len(row))})


def leading(scene: Scene) -> Call | None:
    """Questions that carry their answer, more than once in a short while."""
    if not _question_round(scene):
        return None
    last = _asked(scene, _LEADING)[-6:]
    found = [question for question in last if question.label is SentenceKind.SUGGESTIEF]
    if len(found) < scene.patience["leading"]:
        return None
    why = {"count": float(len(found)), "of": float(len(last))}
    return Call(cue="leading", at=found[-1].until, why=why)


def stacked(scene: Scene) -> Call | None:
    """Turns with several questions."""
    if not _question_round(scene):
        return None
    found = [question for question in _asked(scene, _LEADING)[-8:] if question.in_turn == 2]
    if len(found) < scene.patience["stacked"]:
        return None
    return Call(cue="stacked", at=found[-1].until, why={"count": float(len(found))})


def praise_open(scene: Scene) -> Call | None:
    """A good stretch of open questions."""
    if not _question_round(scene):
        return None
    needed = scene.patience["praise-open"]
    last = _asked(scene, (Role.INBRENGER,))[-(needed + 1) :]
    found = [question for question in last if question.label is SentenceKind.OPEN]
    if len(found) < needed or last[-1].label is not SentenceKind.OPEN:
        return None
    why = {"count": float(len(found)), "of": float(len(last))}
    return Call(cue="praise-open", at=last[-1].until, why=why)


def _asked(scene: Scene, but: tuple[Role, ...]) -> list[QuestionHeard]:
    """Questions of this visit by others than `but`, sure enough, in order, five minutes back."""
    since = max(scene.since, scene.now - _RECENT)
    out: list[QuestionHeard] = []
    for question in reversed(scene.tally.questions):
        if question.at < since:
            break
        if question.role not in but and question.probability >= _SURE:
            out.append(question)
    return out[::-1]


def _question_round(scene: Scene) -> bool:
    return scene.step.questions is QuestionRule.OPEN
