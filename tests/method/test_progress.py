from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.events import (
    AnyEvent,
    Gap,
    GapCause,
    MeetingEnded,
    MeetingPaused,
    MeetingResumed,
    MoveUndone,
    PlanChanged,
    StepEntered,
)
from companion.method.clock import clock_view, lengths, spent, step_at
from companion.method.progress import NOT_LIVED, Progress, advance, begin
from companion.vocabulary import MovedBy
from tests.method.meetings import started


def _after(*events: AnyEvent) -> Progress:
    progress = begin(started())
    for event in events:
        progress = advance(progress, event)
    return progress


def _enter(at: float, step: int, by: MovedBy = MovedBy.HAND) -> StepEntered:
    return StepEntered(at=at, step=step, by=by)


def test_a_meeting_begins_in_its_first_step() -> None:
    clock = clock_view(_after(), 60)
    assert (clock.step, clock.elapsed, clock.remaining) == (0, 60, 120)


def test_the_clock_counts_the_present_step() -> None:
    clock = clock_view(_after(_enter(100, 1)), 160)
    assert (clock.step, clock.elapsed, clock.meeting_elapsed) == (1, 60, 160)


def test_behind_is_the_projected_end_past_the_agreed_one() -> None:
    clock = clock_view(_after(), 300)
    assert clock.remaining == -120
    assert clock.behind == 120


def test_ahead_is_negative() -> None:
    assert clock_view(_after(_enter(60, 1)), 60).behind == -120


def test_a_pause_does_not_count() -> None:
    progress = _after(MeetingPaused(at=50), MeetingResumed(at=80))
    assert clock_view(progress, 100).elapsed == 70


def test_while_paused_the_clock_stands_still() -> None:
    clock = clock_view(_after(MeetingPaused(at=50)), 500)
    assert clock.elapsed == 50
    assert clock.paused


@pytest.mark.parametrize("cause", sorted(NOT_LIVED))
def test_time_not_lived_through_is_a_gap(cause: GapCause) -> None:
    progress = _after(Gap(at=100, seconds=40, cause=cause))
    assert clock_view(progress, 100).elapsed == 60
    assert lengths(progress, 100).gap == 40


@pytest.mark.parametrize("cause", sorted(set(GapCause) - NOT_LIVED))
def test_time_not_heard_was_lived_through(cause: GapCause) -> None:
    progress = _after(Gap(at=100, seconds=40, cause=cause))
    assert clock_view(progress, 100).elapsed == 100


def test_a_gap_inside_a_pause_stays_pause() -> None:
    progress = _after(MeetingPaused(at=50), Gap(at=100, seconds=30, cause=GapCause.SUSPENDED))
    assert lengths(progress, 120).pause == 70
    assert lengths(progress, 120).gap == 0


def test_an_undone_move_gives_its_time_back() -> None:
    progress = _after(_enter(100, 1), MoveUndone(at=130))
    assert clock_view(progress, 150).elapsed == 150
    assert spent(progress, 150)[1] == 0


def test_undo_takes_back_one_move_at_a_time() -> None:
    progress = _after(_enter(100, 1), _enter(200, 2), MoveUndone(at=210))
    assert progress.step == 1
    assert advance(progress, MoveUndone(at=220)).step == 0


def test_going_back_goes_on_with_the_time_of_before() -> None:
    progress = _after(_enter(100, 1), _enter(200, 0))
    assert clock_view(progress, 230).elapsed == 130


def test_a_step_heard_late_begins_where_it_was_said() -> None:
    progress = _after(_enter(100, 1), _enter(90, 2, MovedBy.HEARD))
    assert progress.visits[-1].since == 100
    assert step_at(progress, 99) == 0


def test_changed_minutes_can_be_undone() -> None:
    plan = begin(started()).planned
    longer = (plan[0] + 60, *plan[1:])
    progress = _after(PlanChanged(at=1, seconds=longer, why="minute"))
    assert progress.planned == longer
    back = advance(progress, PlanChanged(at=2, seconds=progress.earlier_plans[-1], why="undo"))
    assert back.planned == plan
    assert back.earlier_plans == ()


def test_the_agreed_end_stays_when_minutes_are_added() -> None:
    plan = begin(started()).planned
    progress = _after(PlanChanged(at=1, seconds=(plan[0] + 60, *plan[1:]), why="minute"))
    assert clock_view(progress, 10).behind == 60


def test_after_the_end_nothing_moves() -> None:
    progress = _after(MeetingEnded(at=100), _enter(110, 2), MeetingPaused(at=120))
    assert clock_view(progress, 500).meeting_elapsed == 100
    assert progress.step == 0


moments = st.floats(-50, 5000)
time_events = st.one_of(
    st.builds(StepEntered, at=moments, step=st.integers(-1, 8), by=st.sampled_from(list(MovedBy))),
    st.builds(MoveUndone, at=moments),
    st.builds(MeetingPaused, at=moments),
    st.builds(MeetingResumed, at=moments),
    st.builds(MeetingEnded, at=moments),
    st.builds(Gap, at=moments, seconds=st.floats(-10, 3000), cause=st.sampled_from(list(GapCause))),
)


@given(st.lists(time_events, max_size=30), moments)
def test_no_order_of_events_breaks_the_arithmetic_of_time(
    events: list[AnyEvent], now: float
) -> None:
    progress = _after(*events)
    amounts = lengths(progress, now)
    assert amounts.running + amounts.pause + amounts.gap == pytest.approx(amounts.length, abs=1e-6)
    assert min(amounts.running, amounts.pause, amounts.gap, amounts.length) >= 0
    assert sum(spent(progress, now)) == pytest.approx(amounts.running, abs=1e-6)
    since = [stretch.since for stretch in progress.stretches]
    assert since == sorted(set(since))
    assert [v.since for v in progress.visits] == sorted(v.since for v in progress.visits)


@given(st.lists(time_events, max_size=20), st.integers(0, 5))
def test_undo_restores_the_visits_of_before(events: list[AnyEvent], step: int) -> None:
    before = _after(*events)
    moved = advance(before, _enter(before.last, step))
    if moved.visits != before.visits:
        assert advance(moved, MoveUndone(at=moved.last)).visits == before.visits


plans = st.lists(st.floats(30, 3600), min_size=6, max_size=6).map(tuple)


@given(st.lists(plans, min_size=1, max_size=8))
def test_undo_restores_the_minutes_of_before_change_by_change(
    changes: list[tuple[float, ...]],
) -> None:
    stages = [begin(started())]
    for at, seconds in enumerate(changes):
        stages.append(advance(stages[-1], PlanChanged(at=float(at), seconds=seconds, why="set")))
    progress = stages[-1]
    for at, before in enumerate(reversed(stages[:-1]), len(changes)):
        undone = PlanChanged(at=float(at), seconds=progress.earlier_plans[-1], why="undo")
        progress = advance(progress, undone)
        assert progress.planned == before.planned
    assert progress.earlier_plans == ()
