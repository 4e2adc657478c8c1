from __future__ import annotations

import itertools

import numpy as np
import pytest

from companion.audio.frame import SAMPLE_RATE
from companion.speech.voice_windows import HOP, WINDOW, VoiceWindows, Window

_PIECE = 0.1


def _windows(*stretches: tuple[float, bool]) -> list[Window]:
    """Windows over (seconds, speech) after each other; the sound counts its own samples."""
    cut = VoiceWindows()
    found: list[Window] = []
    at = 0.0
    for seconds, speech in stretches:
        for _ in range(round(seconds / _PIECE)):
            first = round(at * SAMPLE_RATE)
            samples = np.arange(first, first + SAMPLE_RATE // 10, dtype=np.float32)
            found += cut.feed(samples, at, speech=speech)
            at += _PIECE
    return found + list(cut.finish())


def test_windows_speak_for_all_of_a_stretch_and_for_nothing_twice() -> None:
    found = _windows((5.0, True))
    assert found[0].at == pytest.approx(0.0)
    assert found[-1].until == pytest.approx(5.0)
    for one, two in itertools.pairwise(found):
        assert one.until == pytest.approx(two.at)


def test_window_holds_the_sound_around_what_it_speaks_for() -> None:
    found = _windows((1.0, False), (5.0, True))
    for window in found:
        assert window.samples is not None
        begin, end = window.samples[0] / SAMPLE_RATE, (window.samples[-1] + 1) / SAMPLE_RATE
        assert end - begin == pytest.approx(WINDOW, abs=0.001)
        assert begin - 0.001 <= window.at <= window.until <= end + 0.001
    starts = [w.samples[0] / SAMPLE_RATE for w in found if w.samples is not None]
    assert starts[1] - starts[0] == pytest.approx(HOP)


def test_short_pause_does_not_break_a_stretch_and_a_longer_one_does() -> None:
    assert len(_windows((0.6, True), (0.2, False), (0.6, True))) == 1
    apart = _windows((0.6, True), (0.6, False), (0.6, True))
    assert [window.at for window in apart] == pytest.approx([0.0, 1.2])
    assert [window.until for window in apart] == pytest.approx([0.6, 1.8])


def test_silence_after_speech_belongs_to_no_window() -> None:
    assert _windows((2.0, True), (1.0, False))[-1].until == pytest.approx(2.0)


@pytest.mark.parametrize(("seconds", "told"), [(0.3, False), (0.9, True)])
def test_what_is_too_short_to_tell_a_voice_by_has_no_sound(seconds: float, told: bool) -> None:  # noqa: FBT001
    (window,) = _windows((seconds, True))
    assert (window.samples is not None) is told
    assert not window.whole


def test_silence_has_no_windows() -> None:
    assert _windows((3.0, False)) == []


def test_a_hole_in_the_sound_ends_the_stretch() -> None:
    cut = VoiceWindows()
    sound = np.ones(SAMPLE_RATE, np.float32)
    assert list(cut.feed(sound, 0.0, speech=True)) == []
    (window,) = cut.feed(sound, 9.0, speech=True)
    assert (window.at, window.until) == pytest.approx((0.0, 1.0))


def test_held_sound_stays_bounded() -> None:
    cut = VoiceWindows()
    for i in range(600):
        list(cut.feed(np.ones(1600, np.float32), i * 0.1, speech=True))
    assert sum(len(piece) for piece in cut._sound) < 4 * WINDOW * SAMPLE_RATE
