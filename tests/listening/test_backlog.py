from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.listening.backlog import MOST_LAG, Backlog, Waiting
from companion.speech.utterances import Utterance


def _said(at: float, until: float, origin: float = 0.0) -> Waiting:
    return Waiting(Utterance(at, until, np.zeros(0, np.float32)), origin)


def test_oldest_comes_first() -> None:
    backlog = Backlog()
    one, two = _said(0, 1), _said(2, 3)
    backlog.put(one)
    backlog.put(two)
    assert backlog.take() is one
    assert backlog.take() is two


def test_times_are_of_the_meeting() -> None:
    waiting = _said(1.0, 2.0, origin=600.0)
    assert (waiting.at, waiting.until) == (601.0, 602.0)


def test_lag_is_how_long_ago_the_oldest_was_said() -> None:
    backlog = Backlog()
    assert backlog.lag == 0.0
    backlog.put(_said(0, 1))
    backlog.tell_time(5.0)
    assert backlog.lag == 4.0
    backlog.take()
    assert backlog.lag == 4.0, "what is being recognised still lags"


def test_nothing_waiting_is_no_lag() -> None:
    backlog = Backlog()
    backlog.put(_said(0, 1))
    backlog.take()
    backlog.tell_time(60.0)
    backlog.close()
    assert backlog.take() is None
    assert backlog.lag == 0.0


def test_faster_feed_counts_lag_in_real_time() -> None:
    backlog = Backlog(pace=4.0)
    backlog.put(_said(0, 1))
    backlog.tell_time(9.0)
    assert backlog.lag == 2.0


def test_over_fifteen_seconds_behind_the_oldest_is_given_up() -> None:
    backlog = Backlog()
    old, older = _said(4, 6), _said(1, 3)
    backlog.put(older)
    backlog.put(old)
    backlog.tell_time(20.0)
    assert backlog.put(_said(18, 20)) == [older]
    assert backlog.take() is old


def test_what_is_being_recognised_and_the_newest_are_kept() -> None:
    backlog = Backlog()
    backlog.put(_said(0, 1))
    backlog.take()
    backlog.tell_time(99.0)
    assert backlog.put(_said(2, 3)) == []


def test_recording_without_pace_waits_and_loses_nothing() -> None:
    backlog = Backlog(pace=0.0)
    said = [_said(i * 60, i * 60 + 1) for i in range(40)]
    dropped: list[Waiting] = []

    def feed() -> None:
        for waiting in said:
            dropped.extend(backlog.put(waiting))
        backlog.close()

    feeder = threading.Thread(target=feed)
    feeder.start()
    taken = list(iter(backlog.take, None))
    feeder.join()
    assert taken == said
    assert dropped == []


def test_close_lets_a_waiting_feeder_go() -> None:
    backlog = Backlog(pace=0.0)
    feeder = threading.Thread(target=lambda: [backlog.put(_said(i, i + 1)) for i in range(9)])
    feeder.start()
    backlog.close()
    feeder.join(timeout=20)
    assert not feeder.is_alive()


@given(st.lists(st.tuples(st.floats(0.1, 12), st.floats(0, 8), st.booleans()), max_size=60))
def test_nothing_is_lost_unaccounted_and_little_is_held(
    said: list[tuple[float, float, bool]],
) -> None:
    backlog = Backlog()
    now, gone = 0.0, 0
    for put, (seconds, silence, take) in enumerate(said, start=1):
        waiting = _said(now, now + seconds)
        now += seconds + silence
        backlog.tell_time(now)
        gone += len(backlog.put(waiting))
        if take and backlog.take():
            gone += 1
        held = list(backlog._waiting)
        assert put == gone + len(held)
        assert all(now - one.until <= MOST_LAG + 1e-6 for one in held[:-1])


def test_clock_of_the_sound_goes_back_for_a_new_stretch() -> None:
    backlog = Backlog()
    backlog.tell_time(500.0)
    backlog.tell_time(20.0)
    backlog.put(_said(10, 19))
    assert backlog.lag == pytest.approx(1.0)


def test_draft_is_taken_when_nothing_else_waits() -> None:
    backlog = Backlog()
    draft, older = _said(5, 6), _said(1, 2)
    backlog.put(older)
    backlog.offer(draft)
    assert backlog.take() is older
    assert backlog.take() is draft


def test_draft_is_taken_once() -> None:
    backlog = Backlog()
    draft = _said(5, 6)
    backlog.offer(draft)
    assert backlog.take() is draft
    backlog.close()
    assert not backlog.stands(draft)
    assert backlog.take() is None


def test_draft_that_comes_true_is_not_done_again() -> None:
    backlog = Backlog()
    draft = _said(5, 6)
    backlog.offer(draft)
    backlog.take()
    backlog.put(_said(5, 6))
    assert backlog.stands(draft)
    backlog.close()
    assert backlog.take() is None


def test_draft_that_came_to_nothing_does_not_stand() -> None:
    backlog = Backlog()
    draft, longer = _said(5, 6), _said(5, 8)
    backlog.offer(draft)
    backlog.take()
    backlog.offer(None)
    assert not backlog.stands(draft)
    backlog.put(longer)
    assert backlog.take() is longer
    assert backlog.stands(longer)


def test_draft_that_nobody_took_is_an_utterance_like_any() -> None:
    backlog = Backlog()
    backlog.offer(_said(5, 6))
    whole = _said(5, 6)
    backlog.put(whole)
    assert backlog.take() is whole


def test_over_five_seconds_late_it_is_behind() -> None:
    backlog = Backlog()
    backlog.put(_said(0, 1))
    backlog.tell_time(5.9)
    assert not backlog.behind
    backlog.tell_time(6.1)
    assert backlog.behind


def test_what_must_be_forgotten_is_neither_kept_nor_taken_in_later() -> None:
    backlog = Backlog(pace=10.0)
    before, inside, after = _said(0, 9), _said(10, 15), _said(21, 25)
    backlog.put(before)
    backlog.put(inside)
    backlog.forget(10.0, 20.0)
    backlog.put(_said(18, 23))
    backlog.put(after)
    backlog.close()
    assert [backlog.take(), backlog.take(), backlog.take()] == [before, after, None]


def test_what_is_being_recognised_when_it_must_be_forgotten_was_not_said() -> None:
    backlog = Backlog()
    draft, whole = _said(10, 15), _said(1, 3)
    backlog.put(whole)
    assert backlog.take() is whole
    backlog.forget(0.0, 5.0)
    assert not backlog.stands(whole)
    backlog.offer(draft)
    assert backlog.take() is draft
    backlog.forget(10.0, 20.0)
    assert not backlog.stands(draft)
