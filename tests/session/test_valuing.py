from __future__ import annotations

import pytest

from companion.errors import UsageError
from companion.session.commands import GoToStep, ValueQuestion
from companion.session.meeting import Meeting
from companion.vocabulary import StepMode, Valuation
from tests.method.meetings import METHODS, started

STEPS = [step.id for step in METHODS["socratisch"].steps]


def _valuing(step: str = "waarderen") -> Meeting:
    meeting = Meeting(started("socratisch", mode=StepMode.HAND))
    meeting.command(GoToStep(step=STEPS.index(step)), 60.0)
    return meeting


def _value(meeting: Meeting, *values: Valuation) -> None:
    for value in values:
        meeting.command(ValueQuestion(value=value), 70.0)


def test_the_view_counts_the_present_steps_values_and_the_review_all() -> None:
    meeting = _valuing()
    _value(meeting, Valuation.WARM, Valuation.WARM, Valuation.KOUD)
    assert meeting.view(80.0, "nl").valued == {"warm": 2, "koud": 1}
    meeting.command(GoToStep(step=STEPS.index("probleem-waarderen")), 90.0)
    assert meeting.view(91.0, "nl").valued == {}
    _value(meeting, Valuation.WARM, Valuation.NEUTRAAL)
    assert meeting.review(100.0).valued == {"koud": 1, "neutraal": 1, "warm": 3}


def test_a_value_can_be_taken_back_but_never_below_nothing() -> None:
    meeting = _valuing()
    _value(meeting, Valuation.KOUD)
    meeting.command(ValueQuestion(value=Valuation.KOUD, change=-1), 72.0)
    assert meeting.view(80.0, "nl").valued["koud"] == 0
    with pytest.raises(UsageError, match="none of those"):
        meeting.command(ValueQuestion(value=Valuation.KOUD, change=-1), 73.0)


@pytest.mark.parametrize("step", ["casus", "vragen", "antwoorden", "nabespreking", "plan"])
def test_in_other_steps_nothing_is_valued(step: str) -> None:
    meeting = Meeting(started("socratisch", mode=StepMode.HAND))
    if STEPS.index(step):
        meeting.command(GoToStep(step=STEPS.index(step)), 60.0)
    with pytest.raises(UsageError, match="No questions are valued"):
        meeting.command(ValueQuestion(value=Valuation.WARM), 70.0)


def test_the_journal_alone_gives_the_same_counts() -> None:
    meeting = _valuing()
    again = Meeting(started("socratisch", mode=StepMode.HAND))
    for event in meeting.command(ValueQuestion(value=Valuation.WARM), 71.0):
        again.apply(event)
    assert again.record.valued == meeting.record.valued == {STEPS.index("waarderen"): {"warm": 1}}
