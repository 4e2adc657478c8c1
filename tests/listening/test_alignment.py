from __future__ import annotations

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
