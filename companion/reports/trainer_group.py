"""What the group sees of its own meeting: the process, and nothing about one person. Pure.

No shares of voices, no share of the begeleider, no seconds of the inbrenger: those are about
somebody. Questions and advice are counted for all together.
"""

from __future__ import annotations

import msgspec

from companion.method.evaluation import Spread
from companion.method.figures import MeetingFigures
from companion.method.review import PlanReview
from companion.vocabulary import SentenceKind, Text


class GroupStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step in minutes, with its questions as far as they were open."""

    name: Text
    planned: float
    spent: float
    questions: int
    open: int


class GroupReview(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting for the group that held it."""

    method: Text
    started: float
    listened: bool
    planned: float
    running: float
    steps: tuple[GroupStep, ...]
    early_advice: int
    plan: PlanReview
    look_back_held: bool | None
    evaluation_held: bool | None
    evaluation: Spread | None


def group_review(figures: MeetingFigures, spread: Spread | None) -> GroupReview:
    """The allow list filled in."""
    seen = figures.review
    rules = {step.id: step for step in figures.method.steps}
    return GroupReview(
        method=figures.method.name,
        started=figures.started,
        listened=seen.listened,
        planned=seen.planned,
        running=seen.running,
        steps=tuple(
            GroupStep(
                name=rules[row.step].name,
                planned=row.planned,
                spent=row.spent,
                questions=sum(row.questions.values()),
                open=row.questions.get(SentenceKind.OPEN.value, 0),
            )
            for row in seen.steps
        ),
        early_advice=seen.early_advice,
        plan=seen.plan,
        look_back_held=seen.look_back_held,
        evaluation_held=seen.evaluation_held,
        evaluation=spread,
    )
