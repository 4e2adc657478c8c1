from __future__ import annotations

import pytest

from companion.events import ListeningProblem, ListeningReported, ListeningState
from companion.listening.condition import Condition, Facts

_READY = Facts(ready=True, open=True)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (Facts(), ListeningState.STARTING),
        (Facts(open=True), ListeningState.STARTING),
        (_READY, ListeningState.HEARING),
        (Facts(ready=True, open=True, silent_for=19.9), ListeningState.HEARING),
        (Facts(ready=True, open=True, silent_for=20.0), ListeningState.QUIET),
        (Facts(ready=True, open=True, silent_for=30, behind=True), ListeningState.CATCHING_UP),
        (Facts(ready=True, problem=ListeningProblem.NO_MICROPHONE), ListeningState.LOST),
        (Facts(ready=True, paused=True), ListeningState.PAUSED),
        (Facts(ready=True, ended=True), ListeningState.OFF),
        (Facts(paused=True, failed=ListeningProblem.MODEL_MISSING), ListeningState.LOST),
    ],
)
def test_state_says_what_matters_most(facts: Facts, state: ListeningState) -> None:
    assert facts.state is state


def test_falling_behind_and_catching_up_have_a_margin() -> None:
    assert not _READY.with_lag(2.9).behind
    behind = _READY.with_lag(3.1)
    assert behind.behind
    assert behind.with_lag(2.0).behind
    assert not behind.with_lag(1.4).behind


def test_lag_is_told_in_halves_and_only_when_behind() -> None:
    assert _READY.with_lag(2.7).lag == 0.0
    assert _READY.with_lag(4.3).lag == 4.5


def _condition() -> tuple[Condition, list[ListeningReported]]:
    sent: list[ListeningReported] = []
    return Condition(sent.append, enforced=True), sent


def test_report_is_sent_once_until_something_changes() -> None:
    condition, sent = _condition()
    for _ in range(5):
        condition.update(ready=True, open=True, silent_for=1.0, lag=0.4)
    assert len(sent) == 1
    condition.update(silent_for=25.0)
    assert [report.state for report in sent] == [ListeningState.HEARING, ListeningState.QUIET]
    assert all(report.enforced for report in sent)


def test_report_bears_the_time_of_the_newest_sound() -> None:
    condition, sent = _condition()
    condition.at = 62.5
    condition.update()
    assert sent[0].at == 62.5


def test_words_are_told_as_a_number() -> None:
    condition, sent = _condition()
    condition.add_words(3)
    condition.add_words(0)
    condition.add_words(4)
    assert [report.words for report in sent] == [3, 7]


def test_problem_is_told_with_its_cause() -> None:
    condition, sent = _condition()
    condition.update(ready=True, open=True, problem=ListeningProblem.DIGITAL_SILENCE)
    assert (sent[-1].state, sent[-1].problem) == (
        ListeningState.LOST,
        ListeningProblem.DIGITAL_SILENCE,
    )


def test_failed_model_stays_failed() -> None:
    condition, sent = _condition()
    condition.fail(ListeningProblem.MODEL_DAMAGED)
    condition.update(ready=True, open=True, problem=ListeningProblem.NONE)
    assert sent[-1].problem is ListeningProblem.MODEL_DAMAGED
    assert sent[-1].state is ListeningState.LOST


def test_end_of_the_recording_is_told_as_such() -> None:
    condition, sent = _condition()
    condition.update(ready=True, ended=True)
    assert (sent[-1].state, sent[-1].problem) == (
        ListeningState.OFF,
        ListeningProblem.SOURCE_ENDED,
    )
