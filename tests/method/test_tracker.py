from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.events import (
    AdviceHeard,
    AnyEvent,
    MoveUndone,
    ProposalClosed,
    QuestionHeard,
    StepAnnounced,
    StepEntered,
    StepMove,
    TurnHeard,
)
from companion.method.deciding import decide, in_the_air
from companion.method.progress import begin
from companion.method.tracker import Tracker
from companion.method.weights import Weights
from companion.vocabulary import MovedBy, Role, SentenceKind, StepFunction, StepMode
from tests.method.meetings import METHODS, started

INCIDENT = {step.id: index for index, step in enumerate(METHODS["incident"].steps)}


def _tracker(method: str = "incident", *, at: str = "", led: bool = True) -> Tracker:
    progress = begin(started(method))
    tracker = Tracker(progress.steps, progress.planned, led=led)
    if at:
        index = [step.id for step in progress.steps].index(at)
        tracker.fold(StepEntered(at=0.0, step=index, by=MovedBy.HAND))
    return tracker


def _say(
    tracker: Tracker,
    at: float,
    function: StepFunction | None = None,
    *,
    move: StepMove = StepMove.TO,
    role: Role = Role.BEGELEIDER,
    p: float = 0.95,
    sure: float = 0.95,
) -> None:
    announced = StepAnnounced(
        at=at,
        until=at + 3,
        probability=p,
        move=move,
        function=function,
        function_probability=sure if function else 0.0,
    )
    tracker.fold(announced, role)


def _turn(
    tracker: Tracker,
    at: float,
    role: Role | None,
    *,
    voice: int = 1,
    seconds: float = 6.0,
    question: bool = False,
    advice: bool = False,
) -> None:
    tracker.fold(TurnHeard(at=at, until=at + seconds, voice=voice, role=role, sure=True), role)
    if question:
        asked = QuestionHeard(at=at, until=at + 2, label=SentenceKind.OPEN, probability=0.9)
        tracker.fold(asked, role)
    if advice:
        given_ = AdviceHeard(at=at, until=at + 2, label=SentenceKind.ADVIES, probability=0.9)
        tracker.fold(given_, role)


def _entered(tracker: Tracker, now: float) -> list[int]:
    events = decide(tracker, StepMode.AUTOMATISCH, None, now)
    for event in events:
        tracker.fold(event)
    return [event.step for event in events if isinstance(event, StepEntered)]


def _best(tracker: Tracker) -> int:
    return max(range(len(tracker.belief)), key=tracker.belief.__getitem__)


def test_the_announced_next_step_is_entered_after_a_moment() -> None:
    tracker = _tracker(at="vragen")
    _say(tracker, 100, StepFunction.BEELD)
    assert _entered(tracker, 104) == []
    assert _entered(tracker, 108) == [INCIDENT["perceptie"]]


def test_a_step_may_be_skipped_when_its_name_is_clear() -> None:
    tracker = _tracker(at="vragen")
    _say(tracker, 100, StepFunction.ADVIES, sure=0.98)
    assert _entered(tracker, 110) == [INCIDENT["advies"]]


def test_an_unclear_name_means_the_next_step() -> None:
    tracker = _tracker(at="vragen")
    _say(tracker, 100, StepFunction.ADVIES, sure=0.3)
    assert _best(tracker) == INCIDENT["perceptie"]


def test_the_group_may_go_back() -> None:
    tracker = _tracker(at="advies")
    _say(tracker, 100, StepFunction.VRAGEN, move=StepMove.BACK)
    assert _entered(tracker, 110) == [INCIDENT["vragen"]]


def test_naming_the_present_step_moves_nothing() -> None:
    tracker = _tracker(at="vragen")
    _say(tracker, 100, StepFunction.VRAGEN)
    assert _entered(tracker, 110) == []


def test_of_two_steps_with_one_purpose_the_nearest_to_come_is_meant() -> None:
    tracker = _tracker("socratisch", at="herformuleren")
    _say(tracker, 100, StepFunction.WAARDEREN)
    assert tracker.steps[_best(tracker)].id == "probleem-waarderen"


def test_a_case_that_sounds_like_procedure_moves_nothing() -> None:
    tracker = _tracker()
    _turn(tracker, 10, Role.BEGELEIDER)
    for number in range(3):
        _turn(tracker, 60.0 + 40 * number, Role.INBRENGER, seconds=30)
        _say(tracker, 80.0 + 40 * number, move=StepMove.NEXT, role=Role.INBRENGER, p=0.7)
        assert _entered(tracker, 95.0 + 40 * number) == []


def test_a_member_leads_where_there_is_no_begeleider() -> None:
    led, alone = _tracker(at="vragen"), _tracker(at="vragen", led=False)
    for tracker in (led, alone):
        _say(tracker, 100, StepFunction.BEELD, role=Role.DEELNEMER, p=0.7)
    assert alone.belief[INCIDENT["perceptie"]] > led.belief[INCIDENT["perceptie"]]


def test_the_opening_words_do_not_leave_the_first_step() -> None:
    tracker = _tracker()
    _say(tracker, 1, StepFunction.VRAGEN)
    assert _entered(tracker, 10) == []


def test_an_overview_of_steps_is_no_jump_to_the_last_of_them() -> None:
    tracker = _tracker(at="introductie")
    _turn(tracker, 50, Role.INBRENGER, seconds=60)
    for at, function in ((120, "vragen"), (123, "beeld"), (126, "advies")):
        _say(tracker, at, StepFunction(function))
    assert _best(tracker) == INCIDENT["vragen"]


def test_saying_the_next_step_aloud_after_the_key_does_not_move_twice() -> None:
    tracker = _tracker(at="vragen")
    tracker.fold(StepEntered(at=100, step=INCIDENT["perceptie"], by=MovedBy.HAND))
    _say(tracker, 102, move=StepMove.NEXT)
    assert _entered(tracker, 118) == []


def test_the_hand_wins_and_rests_speech() -> None:
    tracker = _tracker(at="vragen")
    _say(tracker, 100, StepFunction.BEELD)
    tracker.fold(StepEntered(at=103, step=INCIDENT["analyse"], by=MovedBy.HAND))
    assert _entered(tracker, 125) == []
    assert _best(tracker) == INCIDENT["analyse"]


def test_withdrawn_before_it_was_entered() -> None:
    tracker = _tracker(at="vragen")
    _say(tracker, 100, StepFunction.BEELD)
    _say(tracker, 103, move=StepMove.WITHDRAWN)
    assert _entered(tracker, 112) == []
    assert _best(tracker) == INCIDENT["vragen"]


def test_withdrawn_after_it_was_entered_goes_back() -> None:
    tracker = _tracker(at="vragen")
    _say(tracker, 100, StepFunction.BEELD)
    assert _entered(tracker, 108) == [INCIDENT["perceptie"]]
    _say(tracker, 112, move=StepMove.WITHDRAWN)
    events = decide(tracker, StepMode.AUTOMATISCH, None, 115)
    assert events == [MoveUndone(at=115)]


def test_after_a_withdrawal_the_real_announcement_still_counts() -> None:
    tracker = _tracker(at="vragen")
    _say(tracker, 100, StepFunction.BEELD)
    assert _entered(tracker, 108)
    _say(tracker, 112, move=StepMove.WITHDRAWN)
    assert decide(tracker, StepMode.AUTOMATISCH, None, 115)
    tracker.fold(MoveUndone(at=115))
    _say(tracker, 160, StepFunction.BEELD)
    assert _entered(tracker, 168) == [INCIDENT["perceptie"]]


@pytest.mark.parametrize(
    "lesson",
    [MoveUndone(at=110), ProposalClosed(at=110, step=2, how="refused")],
    ids=["undone", "refused"],
)
def test_a_correction_teaches(lesson: AnyEvent) -> None:
    taught, naive = _tracker(at="vragen"), _tracker(at="vragen")
    _say(taught, 100, StepFunction.BEELD)
    assert _entered(taught, 108)
    taught.fold(lesson)
    for tracker in (taught, naive):
        _say(tracker, 140, StepFunction.BEELD)
    assert taught.belief[INCIDENT["perceptie"]] < naive.belief[INCIDENT["perceptie"]] / 1.5


def test_an_unannounced_step_shows_in_who_speaks_after_whom() -> None:
    """Members talk among themselves while the inbrenger is silent: the group gossips."""
    tracker = _tracker("roddel", at="casus")
    moved: list[int] = []
    for number in range(20):
        _turn(tracker, 10.0 * number, Role.DEELNEMER, voice=number % 3)
        moved += _entered(tracker, 10.0 * number + 8)
    assert moved == [1]


def test_advice_after_advice_shows_the_advice_round() -> None:
    tracker = _tracker(at="analyse")
    moved: list[int] = []
    for number in range(20):
        _turn(tracker, 10.0 * number, Role.DEELNEMER, voice=number % 3, advice=True)
        moved += _entered(tracker, 10.0 * number + 8)
    assert moved[:1] == [INCIDENT["advies"]]


def test_one_early_advice_moves_nothing() -> None:
    tracker = _tracker(at="vragen")
    _turn(tracker, 50, Role.DEELNEMER, advice=True)
    _turn(tracker, 60, Role.INBRENGER)
    assert _entered(tracker, 70) == []
    assert tracker.belief[INCIDENT["vragen"]] > 0.8


def test_question_and_answer_keep_the_group_in_its_question_round() -> None:
    tracker = _tracker(at="vragen")
    for number in range(60):
        asks = number % 2 == 0
        role = Role.DEELNEMER if asks else Role.INBRENGER
        _turn(tracker, 10.0 * number, role, voice=number % 3, question=asks)
        assert _entered(tracker, 10.0 * number + 8) == []


def test_a_long_silence_speaks_for_a_step_in_which_people_write() -> None:
    tracker = _tracker("socratisch", at="casus")
    before = tracker.belief[1]
    _turn(tracker, 120, Role.BEGELEIDER)
    assert tracker.belief[1] > before * 2


def test_by_hand_nothing_is_decided() -> None:
    tracker = _tracker(at="vragen")
    _say(tracker, 100, StepFunction.BEELD)
    assert decide(tracker, StepMode.HAND, None, 110) == []


def test_a_step_change_is_in_the_air_until_it_is_made_or_old() -> None:
    tracker = _tracker(at="vragen")
    assert not in_the_air(tracker, 100)
    _say(tracker, 100, StepFunction.BEELD)
    assert in_the_air(tracker, 102)
    assert not in_the_air(tracker, 140)


def test_the_weights_can_be_changed() -> None:
    careful = msgspec.structs.replace(Weights(), sure_next=0.999)
    progress = begin(started())
    tracker = Tracker(progress.steps, progress.planned, weights=careful)
    tracker.fold(StepEntered(at=0, step=1, by=MovedBy.HAND))
    _say(tracker, 100, StepFunction.BEELD)
    assert _entered(tracker, 110) == []


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(METHODS)),
    st.lists(
        st.tuples(
            st.sampled_from(["turn", "say", "silence"]),
            st.sampled_from([None, *Role]),
            st.sampled_from(list(StepMove)),
            st.one_of(st.none(), st.sampled_from(list(StepFunction))),
            st.floats(0, 1),
        ),
        max_size=30,
    ),
)
def test_the_belief_stays_a_belief(
    method: str,
    heard: list[tuple[str, Role | None, StepMove, StepFunction | None, float]],
) -> None:
    tracker = _tracker(method)
    now = 0.0
    for what, role, move, function, p in heard:
        now += 100 if what == "silence" else 9
        if what == "turn":
            _turn(tracker, now, role, question=p > 0.5)
        elif what == "say":
            _say(tracker, now, function, move=move, role=role or Role.DEELNEMER, p=p, sure=p)
        _entered(tracker, now + 5)
        assert sum(tracker.belief) == pytest.approx(1, abs=0.01)
        assert all(0 <= mass <= 1.001 for mass in tracker.belief)
        assert 0 <= tracker.here < len(tracker.steps)
