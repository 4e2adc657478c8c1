from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest

from companion.audio.frame import SAMPLE_RATE, Frame, Samples
from companion.speech.activity import CHUNK, Activity
from companion.speech.utterances import Utterance, Utterances


class _LoudIsSpeech(Activity):
    """The probability of speech is the chunk's peak."""

    def probabilities(self, frame: Frame) -> Iterator[tuple[Samples, float]]:
        for chunk, _ in super().probabilities(frame):
            yield chunk, float(np.abs(chunk).max())


def _sound(*parts: tuple[float, float]) -> Samples:
    return np.concatenate([np.full(round(s * SAMPLE_RATE), v, np.float32) for s, v in parts])


def _frames(sound: Samples, at: float = 0.0, block: int = 1_600) -> list[Frame]:
    return [Frame(sound[i : i + block], at + i / SAMPLE_RATE) for i in range(0, len(sound), block)]


def _cut(frames: list[Frame]) -> list[Utterance]:
    utterances = Utterances(activity=_LoudIsSpeech())
    found = [u for frame in frames for u in utterances.feed(frame)]
    return [*found, *utterances.finish()]


def test_utterance_has_its_own_sound_with_a_margin() -> None:
    (one,) = _cut(_frames(_sound((2.0, 0.0), (1.0, 0.8), (2.0, 0.0))))
    assert one.at == pytest.approx(2.0, abs=0.04)
    assert one.until == pytest.approx(3.0, abs=0.04)
    loud = np.flatnonzero(one.samples)
    assert len(loud) == SAMPLE_RATE
    assert loud[0] / SAMPLE_RATE == pytest.approx(0.3, abs=0.05)
    assert (len(one.samples) - loud[-1]) / SAMPLE_RATE == pytest.approx(0.2, abs=0.05)


def test_second_utterance_does_not_bring_the_first() -> None:
    _, two = _cut(_frames(_sound((1.0, 0.9), (0.8, 0.0), (1.0, 0.7), (1.0, 0.0))))
    assert set(np.unique(two.samples)) == {np.float32(0.0), np.float32(0.7)}


def test_long_speech_loses_no_sample_between_its_parts() -> None:
    ramp = np.linspace(0.6, 0.9, 30 * SAMPLE_RATE, dtype=np.float32)
    parts = _cut(_frames(ramp))
    assert len(parts) >= 3
    for one, two in itertools.pairwise(parts):
        assert one.until == two.at
        assert two.samples[0] <= one.samples[-1]


def test_open_utterance_ends_with_the_stream() -> None:
    (one,) = _cut(_frames(_sound((1.0, 0.0), (1.0, 0.8))))
    assert one.until == pytest.approx(2.0, abs=0.04)


def test_hole_in_the_stream_ends_the_utterance_and_time_goes_on_behind_it() -> None:
    before = _frames(_sound((1.0, 0.8)))
    after = _frames(_sound((1.0, 0.8), (1.0, 0.0)), at=31.0)
    one, two = _cut([*before, *after])
    assert one.until == pytest.approx(1.0, abs=0.04)
    assert (two.at, two.until) == pytest.approx((31.0, 32.0), abs=0.04)


def test_no_more_sound_is_held_than_may_be_needed() -> None:
    utterances = Utterances(activity=_LoudIsSpeech())
    for frame in _frames(_sound((60.0, 0.0))):
        assert not list(utterances.feed(frame))
    assert len(utterances._kept) * CHUNK / SAMPLE_RATE < 0.5
    assert utterances.silent_for == pytest.approx(60.0, abs=0.1)


def test_draft_is_the_utterance_that_the_pause_completes() -> None:
    utterances = Utterances(activity=_LoudIsSpeech())
    drafts, found = [], []
    for frame in _frames(_sound((1.0, 0.0), (1.0, 0.8), (1.0, 0.0))):
        found += list(utterances.feed(frame))
        drafts.append(utterances.draft)
    (one,) = found
    draft = next(draft for draft in drafts if draft)
    assert {id(d) for d in drafts if d} == {id(draft)}
    assert (draft.at, draft.until) == (one.at, one.until)
    assert np.array_equal(draft.samples, one.samples)
    assert drafts[-1] is None


def test_draft_is_gone_when_the_speaker_goes_on() -> None:
    utterances = Utterances(activity=_LoudIsSpeech())
    drafts = []
    for frame in _frames(_sound((1.0, 0.8), (0.35, 0.0), (1.0, 0.8))):
        assert not list(utterances.feed(frame))
        drafts.append(utterances.draft)
    assert drafts[12] is not None
    assert drafts[-1] is None


def test_draft_that_another_voice_completed_shares_no_speech_with_what_follows() -> None:
    utterances = Utterances(activity=_LoudIsSpeech())
    draft = None
    for frame in _frames(_sound((1.0, 0.9), (0.4, 0.0), (1.0, 0.7))):
        assert not list(utterances.feed(frame))
        draft = utterances.draft or draft
    assert draft is not None
    resumed = utterances.resumed(draft)
    assert resumed is not None
    assert float(resumed.max()) == pytest.approx(0.7)
    assert len(resumed) == pytest.approx(SAMPLE_RATE, abs=CHUNK)
    assert list(utterances.end_with(draft)) == [draft]
    assert not utterances.holds(draft)
    (rest,) = [u for f in _frames(_sound((1.0, 0.0)), at=2.4) for u in utterances.feed(f)]
    assert set(np.unique(rest.samples)) == {np.float32(0.0), np.float32(0.7)}
    assert (rest.at, rest.until) == pytest.approx((1.4, 2.4), abs=0.07)


def test_draft_of_an_utterance_that_is_over_ends_nothing() -> None:
    utterances = Utterances(activity=_LoudIsSpeech())
    draft = None
    for frame in _frames(_sound((1.0, 0.9), (0.8, 0.0), (1.0, 0.7))):
        list(utterances.feed(frame))
        draft = utterances.draft or draft
    assert draft is not None
    assert utterances.resumed(draft) is None
    assert not list(utterances.end_with(draft))
