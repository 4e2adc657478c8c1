"""The amount behind each indicator, read from a meeting's figures. Pure.

None: this method doesn't ask for it. Unmeasured: it does, but there is too little to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeAlias

import msgspec

from companion.method.figures import MeetingFigures
from companion.method.review import StepReview
from companion.vocabulary import (
    AdviceRule,
    InbrengerPart,
    Indicator,
    QuestionRule,
    Role,
    Step,
    Writing,
)

LEAST_VOICES = 4
"""Fewer members' voices are not compared: one could be told from the other."""
LEAST_QUESTIONS = 5
LEAST_SPEECH = 5.0
"""Minutes of speech by known roles from which shares say something."""
_TIME_KEPT = 0.25
_QUIET = 1.0
"""Minutes of silence at a stretch that writing takes at least."""
_TALK = 0.25
"""Share of a step of writing that may be talk."""


class Unmeasured(StrEnum):
    """Why something can't be said."""

    NOT_LISTENED = "niet-geluisterd"
    TOO_FEW_QUESTIONS = "te-weinig-vragen"
    TOO_FEW_VOICES = "te-weinig-stemmen"
    ROLES_UNKNOWN = "rollen-onbekend"
    PRESENT_UNKNOWN = "aanwezigen-onbekend"
    NOT_REACHED = "niet-bereikt"


class Amount(msgspec.Struct, frozen=True):
    """A value and, where there are, the two counts that it is made of."""

    value: float
    count: float | None = None
    of: float | None = None


Found: TypeAlias = Amount | Unmeasured | None
Pair: TypeAlias = tuple[Step, StepReview]


def _pairs(figures: MeetingFigures) -> list[Pair]:
    """The meeting's steps with the rules of each."""
    rules = {step.id: step for step in figures.method.steps}
    return [(rules[row.step], row) for row in figures.review.steps if row.step in rules]


def _share(count: float, of: float) -> Amount:
    return Amount(round(count / of, 3), count, of)


def _steps(figures: MeetingFigures) -> Found:
    """Steps held, of all that were planned."""
    review = figures.review
    return _share(sum(step.held for step in review.steps), len(review.steps))


def _minutes(figures: MeetingFigures) -> Found:
    """Steps that took their planned minutes, a quarter more or less."""
    steps = figures.review.steps
    kept = [s for s in steps if abs(s.spent - s.planned) <= s.planned * _TIME_KEPT + 0.5]
    return _share(len(kept), len(steps))


def _end(figures: MeetingFigures) -> Found:
    """Minutes that the meeting ran over its plan; 0 when it ended on time or earlier."""
    over = max(figures.review.running - figures.review.planned, 0.0)
    return Amount(round(over, 1), figures.review.running, figures.review.planned)


def _asks_open(figures: MeetingFigures) -> bool:
    return any(step.questions is QuestionRule.OPEN for step, _ in _pairs(figures))


def _open_questions(figures: MeetingFigures) -> Found:
    """Open questions, of the members' questions where open ones are asked for."""
    review = figures.review
    if not _asks_open(figures):
        return None
    if not review.listened:
        return Unmeasured.NOT_LISTENED
    if review.open_of < LEAST_QUESTIONS:
        return Unmeasured.TOO_FEW_QUESTIONS
    return _share(review.open_count, review.open_of)


def _of_all_questions(figures: MeetingFigures, count: int) -> Found:
    if not figures.review.listened:
        return Unmeasured.NOT_LISTENED
    asked = sum(sum(step.questions.values()) for step in figures.review.steps)
    return _share(count, asked) if asked >= LEAST_QUESTIONS else Unmeasured.TOO_FEW_QUESTIONS


def _leading(figures: MeetingFigures) -> Found:
    """Leading questions, of all."""
    return _of_all_questions(figures, figures.review.leading)


def _stacked(figures: MeetingFigures) -> Found:
    """Turns with more than one question, for every question."""
    return _of_all_questions(figures, figures.review.stacked)


def _early_advice(figures: MeetingFigures) -> Found:
    """How often advice came too early."""
    asked_not = any(step.advice is AdviceRule.NEE for step, _ in _pairs(figures))
    if not (asked_not or figures.method.advice_never):
        return None
    if not figures.review.listened:
        return Unmeasured.NOT_LISTENED
    return Amount(float(figures.review.early_advice))


def _inbrenger_silent(figures: MeetingFigures) -> Found:
    """Seconds that the inbrenger spoke where he only listens."""
    silent = [row for step, row in _pairs(figures) if step.inbrenger is InbrengerPart.ZWIJGT]
    if not silent:
        return None
    if not figures.review.listened:
        return Unmeasured.NOT_LISTENED
    if not any(row.held for row in silent):
        return Unmeasured.NOT_REACHED
    if not any(Role.INBRENGER.value in row.speech for row in figures.review.steps):
        return Unmeasured.ROLES_UNKNOWN
    return Amount(figures.review.spoke_in_silence)


def _turns(figures: MeetingFigures) -> Found:
    """The largest share of the members' speech, in even shares: 1 is all alike."""
    voices = figures.review.members
    if not figures.review.listened:
        return Unmeasured.NOT_LISTENED
    if len(voices) < LEAST_VOICES:
        return Unmeasured.TOO_FEW_VOICES
    largest = max(voice.share for voice in voices)
    return Amount(round(largest * len(voices), 2), None, len(voices))


def _everyone(figures: MeetingFigures) -> Found:
    """Voices heard, of the members present."""
    review = figures.review
    if not review.listened:
        return Unmeasured.NOT_LISTENED
    if not review.present:
        return Unmeasured.PRESENT_UNKNOWN
    if len(review.members) < LEAST_VOICES:
        return Unmeasured.TOO_FEW_VOICES
    return _share(min(len(review.members), review.present), review.present)


def _writing(figures: MeetingFigures) -> Found:
    """Writing steps that were quiet, of those held."""
    writing = [pair for pair in _pairs(figures) if pair[0].write is not Writing.NONE]
    if not writing:
        return None
    if not figures.review.listened:
        return Unmeasured.NOT_LISTENED
    held = [pair for pair in writing if pair[1].held]
    if not held:
        return Unmeasured.NOT_REACHED
    return _share(sum(_was_quiet(*pair) for pair in held), len(held))


def _was_quiet(step: Step, row: StepReview) -> bool:
    if step.write is Writing.ALL:
        return sum(row.speech.values()) <= row.spent * _TALK
    return (row.silence or 0.0) >= min(_QUIET, row.planned * _TALK)


def _begeleider(figures: MeetingFigures) -> Found:
    """The begeleider's share of all speech."""
    if not figures.led:
        return None
    if not figures.review.listened:
        return Unmeasured.NOT_LISTENED
    by_role = {
        role: sum(step.speech.get(role.value, 0.0) for step in figures.review.steps)
        for role in Role
    }
    known = sum(by_role.values())
    if known < LEAST_SPEECH or not by_role[Role.BEGELEIDER]:
        return Unmeasured.ROLES_UNKNOWN
    return _share(round(by_role[Role.BEGELEIDER], 1), round(known, 1))


def _look_back(figures: MeetingFigures) -> Found:
    """1 when open actions were looked back on."""
    held = figures.review.look_back_held
    return None if held is None else Amount(float(held))


def _plan(figures: MeetingFigures) -> Found:
    """0 without agreements, 1 with some, 2 with one that says what, how, with whom and when."""
    if not any(step.plan for step, _ in _pairs(figures)):
        return None
    plan = figures.review.plan
    reached = 2.0 if plan.complete else float(bool(plan.agreements))
    return Amount(reached, plan.complete, plan.agreements)


def _evaluation(figures: MeetingFigures) -> Found:
    """1 when the evaluation was held."""
    held = figures.review.evaluation_held
    return None if held is None else Amount(float(held))


MEASURES: Mapping[Indicator, Callable[[MeetingFigures], Found]] = {
    Indicator.STEPS: _steps,
    Indicator.MINUTES: _minutes,
    Indicator.END: _end,
    Indicator.OPEN_QUESTIONS: _open_questions,
    Indicator.LEADING: _leading,
    Indicator.STACKED: _stacked,
    Indicator.NO_EARLY_ADVICE: _early_advice,
    Indicator.INBRENGER_SILENT: _inbrenger_silent,
    Indicator.TURNS: _turns,
    Indicator.EVERYONE: _everyone,
    Indicator.WRITING: _writing,
    Indicator.BEGELEIDER: _begeleider,
    Indicator.LOOK_BACK: _look_back,
    Indicator.PLAN: _plan,
    Indicator.EVALUATION: _evaluation,
}
