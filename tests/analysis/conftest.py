from __future__ import annotations

from datetime import date

import pytest

from companion.analysis.analyser import Analyser
from companion.vocabulary import StepFunction, StepHint

STEPS = (
    StepHint(id="introductie", name="Introductie", function=StepFunction.VERTELLEN),
    StepHint(id="vragen", name="Vragen", function=StepFunction.VRAGEN),
    StepHint(id="perceptie", name="Eigen beeld", function=StepFunction.BEELD),
    StepHint(id="analyse", name="Analyse", function=StepFunction.ANALYSE),
    StepHint(id="advies", name="Advies", function=StepFunction.ADVIES),
    StepHint(id="afronding", name="Afronding", function=StepFunction.BESLUIT),
)


@pytest.fixture
def analyser() -> Analyser:
    """In the incident method, on a Wednesday."""
    return Analyser(steps=STEPS, today=date(2027, 3, 31))
