from __future__ import annotations

import pytest

from companion.events import LevelMeasured, TurnHeard, VoicesRelabelled
from companion.listening.alignment import Alignment


def test_smallest_difference_is_the_delay() -> None:
    alignment = Alignment()
    for at, now in ((1.0, 4.0), (2.0, 4.5), (3.0, 6.0)):
        alignment.measured(at, now)
    assert alignment.delay == 2.5
    assert alignment.put_right(TurnHeard(at=1.0, until=2.0, voice=3)) == TurnHeard(
        at=3.5, until=4.5, voice=3
    )
    level = LevelMeasured(at=1.0, rms_db=-30.0, peak_db=-20.0)
    assert alignment.put_right(level).at == 3.5


def test_nothing_is_moved_before_the_first_measurement() -> None:
    turn = TurnHeard(at=1.0, until=2.0)
    assert Alignment().put_right(turn) is turn


def test_recording_that_is_fed_faster_than_the_clock_is_not_moved_back() -> None:
    alignment = Alignment()
    alignment.measured(10.0, 2.0)
    assert alignment.delay == 0.0


def test_stretches_of_a_correction_move_with_what_they_correct() -> None:
    alignment = Alignment()
    alignment.measured(1.0, 3.5)
    correction = VoicesRelabelled(at=9.0, stretches=((1.0, 2.0, None, 3), (4.0, 5.0, 3, 1)))
    assert alignment.put_right(correction) == VoicesRelabelled(
        at=11.5, stretches=((3.5, 4.5, None, 3), (6.5, 7.5, 3, 1))
    )


def _measured(alignment: Alignment, first: float, last: float, late: float, ppm: float) -> None:
    """Four measurements a second of a device whose clock is slow by `ppm` in a million."""
    for quarter in range(round(first * 4), round(last * 4)):
        way = 0.004 * (quarter % 7)
        alignment.measured(quarter / 4, quarter / 4 * (1 + ppm / 1e6) + late + way)


@pytest.mark.parametrize("ppm", [100.0, -100.0])
def test_clock_of_the_device_does_not_drift_away_in_two_hours(ppm: float) -> None:
    alignment = Alignment()
    _measured(alignment, 0, 7200, 3.0, ppm)
    turn = alignment.put_right(TurnHeard(at=7199.0, until=7200.0))
    assert abs(turn.at - (7199.0 * (1 + ppm / 1e6) + 3.0)) < 0.05


def test_sound_that_the_system_lost_moves_what_follows_and_not_what_was_before() -> None:
    alignment = Alignment()
    _measured(alignment, 0, 100, 1.0, 0.0)
    _measured(alignment, 100, 200, 3.5, 0.0)
    assert alignment.put_right(TurnHeard(at=50.0, until=51.0)).at == 51.0
    assert alignment.put_right(TurnHeard(at=190.0, until=191.0)).at == 193.5
    correction = VoicesRelabelled(at=199.0, stretches=((50.0, 51.0, 1, 2),))
    moved = alignment.put_right(correction)
    assert isinstance(moved, VoicesRelabelled)
    assert moved.stretches == ((51.0, 52.0, 1, 2),)


def test_busy_half_minute_is_no_lost_sound() -> None:
    alignment = Alignment()
    _measured(alignment, 0, 100, 1.0, 0.0)
    _measured(alignment, 100, 128, 2.0, 0.0)
    assert alignment.delay == 1.0


def test_moment_of_the_meeting_is_the_one_of_the_listener_that_it_would_be_put_right_to() -> None:
    alignment = Alignment()
    assert alignment.theirs(9.0) == 9.0
    for at in (1.0, 40.0, 80.0, 120.0):
        alignment.measured(at, at + (2.0 if at < 60 else 2.5))
    for at in (3.0, 50.0, 130.0):
        turn = alignment.put_right(TurnHeard(at=at, until=at + 1.0))
        assert alignment.theirs(turn.at) == pytest.approx(at)
