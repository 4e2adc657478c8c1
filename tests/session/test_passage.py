from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.clock import VirtualClock
from companion.events import GapCause
from companion.session.passage import MeetingTime, Missed, Reading, machine_slept, missed

_START = Reading(now=100.0, wall=5000.0, slept=0.0)


def _after(now: float, wall: float, slept: float | None) -> Reading:
    return Reading(100.0 + now, 5000.0 + wall, slept)


def test_ordinary_second_is_nothing() -> None:
    assert missed(_START, _after(1.0, 1.0, 0.0)) is None


def test_late_look_is_nothing_where_sleep_is_known() -> None:
    assert missed(_START, _after(300.0, 300.0, 0.0)) is None


def test_sleep_is_added_to_meeting_time() -> None:
    assert missed(_START, _after(1.0, 601.0, 600.0)) == Missed(600.0, 600.0, GapCause.SUSPENDED)


def test_clock_that_is_set_during_sleep_counts_the_sleep() -> None:
    assert missed(_START, _after(1.0, 7000.0, 600.0)) == Missed(600.0, 600.0, GapCause.SUSPENDED)


@pytest.mark.parametrize("jump", [3600.0, -3600.0])
def test_set_clock_moves_nothing(jump: float) -> None:
    found = missed(_START, _after(1.0, 1.0 + jump, 0.0))
    assert found == Missed(0.0, 0.0, GapCause.CLOCK_JUMP)


def test_where_sleep_is_unknown_a_forward_jump_counts_as_sleep() -> None:
    before = Reading(100.0, 5000.0, None)
    assert missed(before, _after(1.0, 601.0, None)) == Missed(600.0, 600.0, GapCause.SUSPENDED)
    assert missed(before, _after(1.0, -99.0, None)) == Missed(0.0, 0.0, GapCause.CLOCK_JUMP)


def test_where_the_clock_counts_sleep_a_long_silence_is_sleep() -> None:
    before = Reading(100.0, 5000.0, None)
    assert missed(before, _after(600.0, 600.0, None)) == Missed(0.0, 600.0, GapCause.SUSPENDED)


@given(st.lists(st.tuples(st.floats(0.1, 20), st.sampled_from([0.0, 5.0, 900.0])), max_size=20))
def test_meeting_time_is_time_awake_and_asleep(stretches: list[tuple[float, float]]) -> None:
    clock, slept = VirtualClock(), 0.0
    time = MeetingTime(clock, slept=lambda: slept)
    gaps = 0.0
    for awake, asleep in stretches:
        clock.advance(awake)
        slept += asleep
        clock.epoch += asleep
        gap = time.look()
        gaps += gap.seconds if gap else 0.0
    assert time.now() == pytest.approx(sum(a + s for a, s in stretches))
    assert gaps == pytest.approx(slept)


def test_this_machine_says_how_long_it_slept() -> None:
    slept = machine_slept()
    assert slept is None or slept >= -0.1
