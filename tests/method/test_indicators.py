from __future__ import annotations

import msgspec
import pytest

from companion.method.amounts import MEASURES, Unmeasured
from companion.method.definitions import parse_method
from companion.method.exporting import dump_method
from companion.method.figures import MeetingFigures
from companion.method.indicators import Judgement, Verdict, judge, norm_of, total
from companion.vocabulary import Indicator, Norm, SentenceKind
from tests.method.figured import QUESTIONS, some_figures
from tests.method.meetings import METHODS


def _judged(figures: MeetingFigures, indicator: Indicator) -> Judgement:
    return next(each for each in judge(figures) if each.indicator is indicator)


def test_every_indicator_has_a_measure_and_a_norm_in_every_method() -> None:
    assert set(MEASURES) == set(Indicator)
    for method in METHODS.values():
        for indicator in Indicator:
            assert norm_of(method, indicator).indicator is indicator


def test_a_verdict_carries_the_numbers_behind_it() -> None:
    judged = _judged(some_figures(), Indicator.OPEN_QUESTIONS)
    assert (judged.verdict, judged.count, judged.of) == (Verdict.PARTLY, 3, 7)
    assert judged.value == 0.429


@pytest.mark.parametrize(
    ("early", "verdict"),
    [(0, Verdict.MET), (1, Verdict.MET), (3, Verdict.PARTLY), (4, Verdict.NOT)],
)
def test_less_early_advice_is_better(early: int, verdict: Verdict) -> None:
    assert _judged(some_figures(early=early), Indicator.NO_EARLY_ADVICE).verdict is verdict


def test_the_methods_own_norm_counts() -> None:
    figures = some_figures(early=1)
    strict = Norm(indicator=Indicator.NO_EARLY_ADVICE, met=0, partly=0)
    method = msgspec.structs.replace(figures.method, norms=(strict,))
    judged = _judged(msgspec.structs.replace(figures, method=method), Indicator.NO_EARLY_ADVICE)
    assert (judged.verdict, judged.norm) == (Verdict.NOT, strict)


def test_what_was_not_heard_is_not_measurable_rather_than_nil() -> None:
    figures = some_figures(listened=False)
    judged = _judged(figures, Indicator.NO_EARLY_ADVICE)
    assert (judged.verdict, judged.because) == (Verdict.UNMEASURED, Unmeasured.NOT_LISTENED)
    assert judged.value is None
    assert _judged(figures, Indicator.STEPS).verdict is not Verdict.UNMEASURED


def test_fewer_than_four_voices_are_not_compared() -> None:
    judged = _judged(some_figures(voices=3), Indicator.TURNS)
    assert judged.because is Unmeasured.TOO_FEW_VOICES
    assert _judged(some_figures(voices=4), Indicator.TURNS).value is not None


def test_a_handful_of_questions_has_no_share() -> None:
    few = some_figures(questions=(SentenceKind.OPEN,) * 4)
    assert _judged(few, Indicator.OPEN_QUESTIONS).because is Unmeasured.TOO_FEW_QUESTIONS


def test_a_method_is_not_asked_for_what_it_has_not() -> None:
    asked = {each.indicator for each in judge(some_figures(method="incident"))}
    assert Indicator.INBRENGER_SILENT not in asked
    assert Indicator.EVALUATION not in asked
    assert Indicator.INBRENGER_SILENT in {
        each.indicator for each in judge(some_figures(method="roddel"))
    }


def test_the_plan_is_judged_on_what_it_names() -> None:
    judged = _judged(some_figures(), Indicator.PLAN)
    assert (judged.verdict, judged.count, judged.of) == (Verdict.MET, 1, 2)


def test_weights_count_what_could_be_measured_only() -> None:
    whole = judge(some_figures())
    added = total(whole)
    measured = [each for each in whole if each.verdict is not Verdict.UNMEASURED]
    assert added.of == sum(each.norm.weight for each in measured)
    assert 0 < added.reached < added.of
    assert total(()).of == 0


def test_norms_survive_the_file_and_may_be_absent() -> None:
    method = METHODS["crea"]
    assert method.norms
    assert parse_method(dump_method(method), "kopie") == method
    bare = msgspec.structs.replace(method, norms=())
    assert parse_method(dump_method(bare), "kopie") == bare


def test_more_questions_of_the_asked_kind_never_make_it_worse() -> None:
    order = [Verdict.NOT, Verdict.PARTLY, Verdict.MET]
    places = [
        order.index(
            _judged(
                some_figures(questions=QUESTIONS + (SentenceKind.OPEN,) * more),
                Indicator.OPEN_QUESTIONS,
            ).verdict
        )
        for more in range(6)
    ]
    assert places == sorted(places)
