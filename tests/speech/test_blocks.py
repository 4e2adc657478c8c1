from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.audio.frame import SAMPLE_RATE
from companion.speech.blocks import LONGEST, Block, Blocks
from companion.speech.utterances import AFTER, BEFORE, Utterance


def _said(at: float, until: float, value: float = 0.5, *, whole: bool = True) -> Utterance:
    before, after = min(BEFORE, at), AFTER if whole else 0.0
    sound = np.full(round((until - at + before + after) * SAMPLE_RATE), value, np.float32)
    return Utterance(at, until, sound, whole)


def _blocks(*said: Utterance) -> list[Block]:
    blocks = Blocks()
    done = [block for one in said if (block := blocks.add(one))]
    return [*done, *([last] if (last := blocks.finish()) else [])]


def test_utterances_are_joined_until_the_block_is_full() -> None:
    said = [_said(10 * n + 1, 10 * n + 8) for n in range(5)]
    assert [len(block.utterances) for block in _blocks(*said)] == [2, 2, 1]


def test_long_silence_begins_another_block() -> None:
    assert [len(b.utterances) for b in _blocks(_said(1, 2), _said(4, 5), _said(21, 22))] == [2, 1]


def test_nothing_said_is_no_block() -> None:
    assert Blocks().finish() is None


def test_place_in_the_sound_is_a_moment_of_the_source() -> None:
    (block,) = _blocks(_said(10, 12), _said(15, 16))
    assert block.starts == pytest.approx((0.3, 0.3 + 2 + 0.2 + 0.3))
    assert block.moment(0.3) == pytest.approx(10.0)
    assert block.moment(1.3) == pytest.approx(11.0)
    assert block.moment(2.4) == 12.0
    assert block.moment(2.8) == pytest.approx(15.0)
    assert block.moment(9.0) == 16.0


def test_what_two_parts_of_long_speech_share_is_there_once() -> None:
    one, two = _said(10, 18, whole=False), _said(18, 20)
    (block,) = _blocks(one, two)
    assert block.seconds == pytest.approx(BEFORE + 10 + AFTER, abs=0.01)
    assert block.moment(BEFORE + 9) == pytest.approx(19.0, abs=0.01)


@given(st.lists(st.tuples(st.floats(0.2, 12), st.floats(0.6, 20)), min_size=1, max_size=30))
def test_every_utterance_is_in_one_block_in_order(said: list[tuple[float, float]]) -> None:
    now, utterances = 1.0, []
    for seconds, pause in said:
        utterances.append(_said(now, now + seconds))
        now += seconds + pause
    blocks = _blocks(*utterances)
    assert list(itertools.chain.from_iterable(b.utterances for b in blocks)) == utterances
    for block in blocks:
        assert block.seconds <= LONGEST
        times = [block.moment(second / 2) for second in range(2 * int(block.seconds))]
        assert times == sorted(times)
        assert len(block.starts) == len(block.utterances)
