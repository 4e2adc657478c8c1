from __future__ import annotations

import pytest

from companion.events import (
    AdviceHeard,
    AnyEvent,
    LastMinuteForgotten,
    QuestionHeard,
    SpanRevised,
    StepEntered,
    TurnHeard,
)
from companion.method.definitions import load_methods
from companion.replaying.opening import opening
from companion.session.meeting import Meeting
from companion.vocabulary import MovedBy, SentenceKind


def _question(
    at: float, label: SentenceKind = SentenceKind.OPEN, *, revised: bool = False
) -> QuestionHeard:
    return QuestionHeard(at=at, until=at + 2, label=label, probability=0.9, revised=revised)


def _meeting(*events: AnyEvent) -> Meeting:
    meeting = Meeting(opening(load_methods()["incident"]))
    for event in events:
        meeting.apply(event)
    return meeting


def _counted(meeting: Meeting) -> list[tuple[float, SentenceKind]]:
    return [(said.at, said.label) for said in meeting.record.tally.judged]


def test_second_look_takes_back_what_was_heard_in_its_span_and_no_more() -> None:
    advice = AdviceHeard(at=14, until=16, label=SentenceKind.ADVIES, probability=0.9)
    meeting = _meeting(
        TurnHeard(at=10, until=12),
        _question(9),
        _question(10),
        advice,
        _question(20),
        SpanRevised(at=10, until=20),
    )
    assert _counted(meeting) == [(9, SentenceKind.OPEN), (20, SentenceKind.OPEN)]
    assert [turn.at for step in meeting.record.tally.by_step for turn in step.turns] == [10]


def test_what_a_second_look_hears_counts_at_its_place() -> None:
    meeting = _meeting(
        _question(10),
        _question(30),
        SpanRevised(at=9, until=20),
        _question(12, SentenceKind.GESLOTEN, revised=True),
    )
    assert _counted(meeting) == [(12, SentenceKind.GESLOTEN), (30, SentenceKind.OPEN)]


def test_it_counts_in_the_step_in_which_it_was_said() -> None:
    meeting = _meeting(
        StepEntered(at=60, step=1, by=MovedBy.HAND),
        SpanRevised(at=40, until=58),
        _question(50, revised=True),
    )
    assert [len(step.questions) for step in meeting.record.tally.by_step[:2]] == [1, 0]


def test_second_look_is_no_evidence_of_where_the_group_is() -> None:
    before, after = _meeting(_question(10)), _meeting(_question(10))
    after.apply(SpanRevised(at=9, until=20))
    after.apply(_question(12, revised=True))
    assert after.tracker == before.tracker


@pytest.mark.parametrize("since", [5.0, 12.0, 15.0, 30.0])
def test_forgetting_erases_second_looks_too(since: float) -> None:
    """The journal loses every finding from `since` on; what is left must tell the same."""
    events: list[AnyEvent] = [
        _question(10),
        _question(14),
        SpanRevised(at=9, until=20),
        _question(11, revised=True),
        _question(16, revised=True),
        _question(25),
    ]
    forgotten = LastMinuteForgotten(at=31, since=since)
    live = _meeting(*events, forgotten)
    replayed = _meeting(*[event for event in events if event.at < since], forgotten)
    assert _counted(live) == _counted(replayed)
    assert all(at < since for at, _ in _counted(live))
