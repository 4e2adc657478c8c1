from __future__ import annotations

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
from companion.method.record import Record
from companion.method.review import Review, review
from companion.vocabulary import MovedBy, Role, SentenceKind
from tests.method.meetings import started


def _review(*events: AnyEvent, method: str = "incident", open_actions: int = 0) -> Review:
    record = Record(started(method, open_actions=open_actions))
    for event in events:
        record.fold(event)
    return review(record, 10_000)


def _enter(at: float, step: int) -> StepEntered:
    return StepEntered(at=at, step=step, by=MovedBy.HAND)


def _asked(at: float, label: SentenceKind) -> QuestionHeard:
    return QuestionHeard(at=at, until=at + 2, label=label, probability=0.9, role=Role.DEELNEMER)


def test_planned_and_real_minutes_stand_side_by_side() -> None:
    found = _review(_enter(240, 1), MeetingEnded(at=840))
    assert [(s.step, s.planned, s.spent) for s in found.steps[:2]] == [
        ("introductie", 3, 4),
        ("vragen", 20, 10),
    ]
    assert (found.length, found.running) == (14, 14)


def test_skipped_steps_and_returns_are_named() -> None:
    found = _review(_enter(60, 1), _enter(120, 4), _enter(180, 1), MeetingEnded(at=240))
    assert found.skipped == ("perceptie", "analyse")
    assert found.returned == 1
    assert [visit.step for visit in found.visits] == ["introductie", "vragen", "advies", "vragen"]


def test_open_share_counts_only_where_open_questions_are_asked_for() -> None:
    found = _review(
        _enter(60, 1),
        _asked(70, SentenceKind.OPEN),
        _asked(80, SentenceKind.GESLOTEN),
        _enter(100, 3),
        _asked(110, SentenceKind.GESLOTEN),
    )
    assert found.open_share == 0.5


def test_without_questions_there_is_no_share() -> None:
    assert _review().open_share is None


def test_early_advice_has_its_kinds_and_first_minute() -> None:
    found = _review(
        _enter(60, 1),
        AdviceHeard(at=120, until=122, label=SentenceKind.VERKAPT_ADVIES, probability=0.9),
        AdviceHeard(at=180, until=182, label=SentenceKind.ADVIES, probability=0.9),
    )
    assert (found.early_advice, found.early_plain, found.early_disguised) == (2, 1, 1)
    assert found.first_early == 2


def test_the_inbrengers_words_where_he_listens_are_seconds() -> None:
    found = _review(_enter(60, 1), TurnHeard(at=70, until=78, role=Role.INBRENGER), method="roddel")
    assert found.spoke_in_silence == 8


def test_turns_and_shares_leave_the_silent_steps_out() -> None:
    found = _review(
        TurnHeard(at=1, until=4, voice=1, role=Role.DEELNEMER),
        TurnHeard(at=5, until=6, voice=2, role=Role.DEELNEMER),
        _enter(60, 1),
        TurnHeard(at=70, until=99, voice=2, role=Role.DEELNEMER),
        method="socratisch",
    )
    assert [(m.voice, m.turns, m.share) for m in found.members] == [(1, 1, 0.75), (2, 1, 0.25)]


def test_the_begeleiders_share_is_of_known_speech() -> None:
    found = _review(
        TurnHeard(at=1, until=2, role=Role.BEGELEIDER),
        TurnHeard(at=3, until=6, role=Role.INBRENGER),
    )
    assert found.begeleider_share == 0.25


def test_the_look_back_matters_only_with_open_actions() -> None:
    assert _review(method="zesstappen").look_back_held is None
    held = _review(_enter(100, 1), method="zesstappen", open_actions=1)
    passed = _review(_enter(5, 1), method="zesstappen", open_actions=1)
    assert (held.look_back_held, passed.look_back_held) == (True, False)


def test_the_evaluation_counts_where_the_method_has_one() -> None:
    assert _review().evaluation_held is None
    assert _review(method="vijfstappen").evaluation_held is False
    done = _review(_enter(60, 4), MeetingEnded(at=200), method="vijfstappen")
    assert done.evaluation_held is True


def test_the_plan_is_counted_never_quoted() -> None:
    found = _review(
        AgreementConfirmed(at=5, agreement="a1", what="bellen met Joost", when="morgen"),
        AgreementConfirmed(at=6, agreement="a2", what="schrijven", with_whom="Mia", how="samen"),
    )
    assert (found.plan.agreements, found.plan.when, found.plan.with_whom, found.plan.how) == (
        2,
        1,
        1,
        1,
    )
    assert b"Joost" not in msgspec.json.encode(found)
