from __future__ import annotations

import numpy as np

from companion.audio.frame import Frame
from companion.listening.own_sound import OwnSound


def _frame(at: float) -> Frame:
    return Frame(np.full(1600, 0.5, np.float32), at)


def test_sound_is_heard_while_the_page_is_silent() -> None:
    assert OwnSound().silenced(_frame(3.0), 10.0).samples.any()


def test_own_sound_and_its_echo_are_not_heard_and_time_goes_on() -> None:
    own = OwnSound()
    own.begins(13.0, 2.0)
    for at in (3.0, 4.9, 5.5):
        silent = own.silenced(_frame(at), 10.0)
        assert not silent.samples.any()
        assert (silent.at, silent.seconds) == (at, 0.1)
    assert own.silenced(_frame(5.7), 10.0).samples.any()


def test_second_sound_does_not_shorten_the_first() -> None:
    own = OwnSound()
    own.begins(0.0, 5.0)
    own.begins(1.0, 0.5)
    assert not own.silenced(_frame(4.0), 0.0).samples.any()


def test_page_can_not_close_the_ears_for_long() -> None:
    own = OwnSound()
    own.begins(0.0, 1e9)
    assert own.silenced(_frame(31.0), 0.0).samples.any()
