"""Answers to the evaluation from a form, on a phone or on the machine that goes round."""

from __future__ import annotations

import msgspec

from companion.dashboard.forms import Form
from companion.errors import UsageError
from companion.method.evaluation import QUESTIONS, Answers


def answers_from(form: Form) -> Answers:
    """One person's answers; UsageError when one is missing or off the scale."""
    given = {question.id: form.whole(question.id) for question in QUESTIONS}
    try:
        return msgspec.convert(given, Answers)
    except msgspec.ValidationError as error:
        raise UsageError("evaluation.answers", "Every answer lies between 0 and 10") from error
