"""Recognition that is slower than speech, on a clock that a test moves."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from companion.listening.backlog import BEHIND, MOST_LAG, Backlog, Waiting
from companion.speech.utterances import Utterance

_SPEECH, _EVERY = 3.0, 3.5
_SOUND = np.zeros(1, np.float32)


@dataclass
class _Hour:
    """People speak for 3 of every 3.5 seconds; recognition takes so long for each."""

    good: float
    quick: float
    backlog: Backlog = field(default_factory=Backlog)
    done: int = 0
    hasty: int = 0
    dropped: int = 0
    put: int = 0
    most_lag: float = 0.0
    most_held: int = 0

    def pass_by(self) -> None:
        free_at, taken = 0.0, None
        for number in range(int(3600 / _EVERY)):
            now = number * _EVERY + _SPEECH
            while self.backlog._waiting and free_at <= now:
                self.backlog.tell_time(max(free_at, self.backlog._waiting[0].until))
                hasty = self.backlog.behind
                taken = self.backlog.take()
                self.done, self.hasty = self.done + 1, self.hasty + hasty
                free_at = max(free_at, now - _EVERY) + (self.quick if hasty else self.good)
            self.backlog.tell_time(now)
            said = Waiting(Utterance(now - _SPEECH, now, _SOUND), 0.0)
            self.dropped += len(self.backlog.put(said))
            self.put += 1
            self.most_lag = max(self.most_lag, self.backlog.lag)
            self.most_held = max(self.most_held, len(self.backlog._waiting))
        assert taken


def test_in_time_everything_is_recognised_well() -> None:
    hour = _Hour(good=2.0, quick=1.0)
    hour.pass_by()
    assert (hour.dropped, hour.hasty) == (0, 0)
    assert hour.most_lag < BEHIND


def test_a_little_too_slow_is_made_up_by_quick_work_and_nothing_is_lost() -> None:
    hour = _Hour(good=4.5, quick=2.5)
    hour.pass_by()
    assert hour.dropped == 0
    assert 0 < hour.hasty < hour.done
    assert hour.most_lag < MOST_LAG


@pytest.mark.parametrize("slow", [5.0, 9.0, 30.0])
def test_far_too_slow_drops_the_oldest_and_holds_little(slow: float) -> None:
    hour = _Hour(good=slow * 1.5, quick=slow)
    hour.pass_by()
    assert hour.dropped > 0
    assert hour.put == hour.done + hour.dropped + len(hour.backlog._waiting)
    assert hour.most_held <= MOST_LAG / _EVERY + 2
    assert hour.most_lag <= MOST_LAG + slow * 1.5 + _EVERY
