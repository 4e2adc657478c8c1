from __future__ import annotations

from companion.analysis.step_names import named_step
from companion.vocabulary import StepFunction, StepHint

STEPS = (
    StepHint(id="introductie", name="Introductie", function=StepFunction.VERTELLEN),
    StepHint(id="vragen", name="Vragen", function=StepFunction.VRAGEN),
    StepHint(id="perceptie", name="Eigen beeld", function=StepFunction.BEELD),
    StepHint(id="advies", name="Advies", function=StepFunction.ADVIES),
)


def test_a_step_is_known_by_its_name_or_its_id() -> None:
    assert named_step("We gaan naar de perceptie.", STEPS, {}) == 2
    assert named_step("Nu jullie eigen beeld.", STEPS, {}) == 2
    assert named_step("Tijd voor de adviesronde.", STEPS, {}) == 3


def test_a_name_in_passing_counts_only_when_the_rest_fits() -> None:
    said = "Welk advies ga je gebruiken?"
    assert named_step(said, STEPS, {StepFunction.ADVIES: 0.05}) is None
    assert named_step(said, STEPS, {StepFunction.ADVIES: 0.6}) == 3


def test_of_two_named_steps_the_likelier_is_meant() -> None:
    said = "Dan sluiten we de vragen af en gaan we naar de perceptie."
    likely = {StepFunction.VRAGEN: 0.1, StepFunction.BEELD: 0.8}
    assert named_step(said, STEPS, likely) == 2


def test_without_a_name_no_step_is_told() -> None:
    assert named_step("Schrijf op hoe jij het ziet.", STEPS, {}) is None


def test_a_long_name_is_known_though_the_recogniser_misspells_it() -> None:
    assert named_step("We gaan nu naar de percepsi.", STEPS, {}) == 2
    assert named_step("We gaan nu naar de persoon toe.", STEPS, {}) is None
