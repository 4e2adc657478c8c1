"""The inbrenger's words for the questions on paper: warm, koud, neutraal. Only counts are kept."""

from __future__ import annotations

from companion.errors import UsageError
from companion.events import AnyEvent, QuestionValued
from companion.method.record import Record
from companion.session.commands import ValueQuestion
from companion.vocabulary import Step, StepFunction

_VALUING = frozenset({StepFunction.WAARDEREN, StepFunction.HERHALING})


def takes_values(step: Step) -> bool:
    """Whether the inbrenger calls questions warm, koud or neutraal in this step."""
    return step.function in _VALUING


def valuing(command: ValueQuestion, record: Record, now: float) -> list[AnyEvent]:
    """The event of a valuing; UsageError where nothing is valued, or nothing is left to take."""
    here = record.progress.step
    if not takes_values(record.progress.steps[here]):
        raise UsageError("meeting.no-valuing", "No questions are valued in this step")
    if command.change < 0 and not record.valued.get(here, {}).get(command.value):
        raise UsageError("meeting.none-valued", "There is none of those to take back")
    valued = QuestionValued(at=now, step=here, value=command.value, change=command.change)
    return [valued]
