"""Figures of whole meetings, made by folding events: what a review is tested and looked at on."""

from __future__ import annotations

from typing import Any

import msgspec

from companion.events import (
    AdviceHeard,
    AgreementConfirmed,
    AnyEvent,
    MeetingEnded,
    QuestionHeard,
    StepEntered,
    TurnHeard,
)
from companion.method.figures import MeetingFigures, figures_of
from companion.method.record import Record
from companion.vocabulary import MovedBy, Role, SentenceKind
from tests.method.meetings import started

_CLOSED = SentenceKind.GESLOTEN
_OPEN = SentenceKind.OPEN
QUESTIONS = (_OPEN, _CLOSED, SentenceKind.SUGGESTIEF, _OPEN, SentenceKind.KEUZE, _OPEN, _CLOSED)


def a_meeting(
    method: str = "incident",
    questions: tuple[SentenceKind, ...] = QUESTIONS,
    early: int = 2,
    voices: int = 4,
    listened: bool = True,  # noqa: FBT001, FBT002
) -> Record:
    """An hour: ten minutes a step, questions in the second, one step back, one agreement."""
    record = Record(started(method))
    events: list[AnyEvent] = [
        StepEntered(at=600.0 * step, step=step, by=MovedBy.HAND) for step in (1, 2)
    ]
    events += [StepEntered(at=1500.0, step=1, by=MovedBy.HAND)]
    last = len(record.progress.steps) - 1
    events += [StepEntered(at=1800.0 + 300.0 * s, step=s, by=MovedBy.HAND) for s in range(2, last)]
    events += [StepEntered(at=3200.0, step=last, by=MovedBy.HAND)]
    if listened:
        events += _heard(questions, early, voices)
    events += [
        AgreementConfirmed(
            at=3300.0, agreement="a1", what="bellen", how="kort", with_whom="Mia", when="morgen"
        ),
        AgreementConfirmed(at=3310.0, agreement="a2", what="schrijven"),
        MeetingEnded(at=3700.0),
    ]
    for event in events:
        record.fold(event)
    return record


def _heard(questions: tuple[SentenceKind, ...], early: int, voices: int) -> list[AnyEvent]:
    events: list[AnyEvent] = [
        TurnHeard(at=5.0, until=90.0, role=Role.BEGELEIDER, sure=True),
        TurnHeard(at=95.0, until=560.0, voice=99, role=Role.INBRENGER, sure=True),
    ]
    for index, kind in enumerate(questions):
        at = 700.0 + 80.0 * index
        events += [
            TurnHeard(
                at=at,
                until=at + 12 + 6 * (index % voices),
                voice=1 + index % voices,
                role=Role.DEELNEMER,
                sure=True,
            ),
            QuestionHeard(at=at, until=at + 5, label=kind, probability=0.9, role=Role.DEELNEMER),
        ]
    for index in range(early):
        label = (SentenceKind.ADVIES, SentenceKind.VERKAPT_ADVIES)[index % 2]
        events.append(
            AdviceHeard(at=720.0 + 300 * index, until=725.0, label=label, probability=0.9)
        )
    for voice in range(voices):
        at = 2500.0 + 40 * voice
        events.append(
            TurnHeard(at=at, until=at + 30, voice=1 + voice, role=Role.DEELNEMER, sure=True)
        )
    return events


def some_figures(meeting: str = "m1", **given: Any) -> MeetingFigures:
    """Figures of `a_meeting`; what is no argument of it replaces a field of the figures."""
    names = ("method", "questions", "early", "voices", "listened")
    how: dict[str, Any] = {name: given.pop(name) for name in names if name in given}
    found = figures_of(a_meeting(**how), given.pop("started", 1_800_000_000.0), "base")
    return msgspec.structs.replace(found, meeting=meeting, **given)
