from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from companion.speech.segmentation import Segmenter, Span

_PIECE = 0.1


def _spans(segmenter: Segmenter, probabilities: Sequence[float]) -> list[Span]:
    found = [segmenter.process(_PIECE, p) for p in probabilities]
    found.append(segmenter.finish())
    return [span for span in found if span]


def _times(spans: list[Span]) -> list[tuple[float, float]]:
    return [(round(span.at, 2), round(span.until, 2)) for span in spans]


def test_speech_between_silences_is_one_utterance() -> None:
    assert _times(_spans(Segmenter(), [0] * 10 + [1] * 20 + [0] * 10)) == [(1.0, 3.0)]


def test_it_is_told_when_the_pause_is_long_enough_and_not_before() -> None:
    segmenter = Segmenter(pause=0.5)
    for _ in range(10):
        assert segmenter.process(_PIECE, 1) is None
    told = [segmenter.process(_PIECE, 0) is not None for _ in range(5)]
    assert told == [False, False, False, False, True]


def test_short_pause_does_not_split() -> None:
    assert _times(_spans(Segmenter(pause=0.5), [1] * 10 + [0] * 4 + [1] * 10 + [0] * 9)) == [
        (0.0, 2.4)
    ]


def test_long_pause_splits() -> None:
    spans = _spans(Segmenter(pause=0.5), [1] * 10 + [0] * 6 + [1] * 10 + [0] * 9)
    assert _times(spans) == [(0.0, 1.0), (1.6, 2.6)]


def test_click_is_no_utterance() -> None:
    assert _spans(Segmenter(least=0.2), [0] * 5 + [1] + [0] * 10) == []


def test_weak_syllable_does_not_end_speech_nor_begin_it() -> None:
    assert _times(_spans(Segmenter(), [1] * 5 + [0.4] * 10 + [1] * 5 + [0] * 9)) == [(0.0, 2.0)]
    assert _spans(Segmenter(), [0.4] * 30) == []


def test_end_of_the_stream_ends_the_utterance() -> None:
    assert _times(_spans(Segmenter(), [0] * 5 + [1] * 10)) == [(0.5, 1.5)]


def test_long_utterance_is_cut_in_its_clearest_dip() -> None:
    speech = [1.0] * 80 + [0.1] * 3 + [1.0] * 17 + [0.6] + [1.0] * 60 + [0.0] * 9
    first, second = _spans(Segmenter(longest=12), speech)
    assert 8.0 < first.until <= 8.3
    assert not first.whole
    assert second.at == first.until
    assert second.whole


def test_speech_without_any_dip_is_cut_before_the_limit() -> None:
    spans = _spans(Segmenter(longest=12), [1.0] * 300)
    assert all(span.until - span.at <= 12.0 + 1e-6 for span in spans)
    assert spans[0].until - spans[0].at > 11.5


def test_limit_reached_in_a_short_silence_ends_the_utterance_there() -> None:
    assert _times(_spans(Segmenter(pause=1.5), [1.0] * 112 + [0.0] * 30)) == [(0.0, 11.2)]


def test_stream_that_was_broken_goes_on_at_its_own_time() -> None:
    segmenter = Segmenter()
    segmenter.process(1.0, 1)
    assert segmenter.finish() == Span(0.0, 1.0)
    segmenter.skip_to(60.0)
    assert segmenter.silent_for == 0.0
    segmenter.process(1.0, 1)
    assert segmenter.finish() == Span(60.0, 61.0)


_PROBABILITIES = st.lists(
    st.tuples(st.integers(1, 60), st.sampled_from([0.0, 0.2, 0.4, 0.6, 1.0])), max_size=40
).map(lambda runs: [p for length, p in runs for _ in range(length)])


@given(_PROBABILITIES, st.floats(0.2, 1.5))
def test_utterances_come_in_order_never_overlap_and_are_never_too_long(
    probabilities: list[float], pause: float
) -> None:
    until = 0.0
    for span in _spans(Segmenter(pause=pause, longest=12), probabilities):
        assert until - 1e-6 <= span.at < span.until
        assert span.until - span.at <= 12 + 1e-6
        until = span.until
    assert until <= len(probabilities) * _PIECE + 1e-6


@given(_PROBABILITIES)
def test_no_clear_speech_is_left_out(probabilities: list[float]) -> None:
    segmenter = Segmenter(least=0.0)
    spans = _spans(segmenter, probabilities)
    for number, probability in enumerate(probabilities):
        middle = (number + 0.5) * _PIECE
        if probability >= segmenter.enters:
            assert any(span.at <= middle <= span.until for span in spans)


@given(_PROBABILITIES)
def test_an_open_utterance_is_never_older_than_its_pause(
    probabilities: list[float],
) -> None:
    segmenter = Segmenter()
    for probability in probabilities:
        segmenter.process(_PIECE, probability)
        assert segmenter.speaking == (segmenter.opened is not None)
        assert not segmenter.speaking or segmenter.silent_for < segmenter.pause


def _paused(segmenter: Segmenter) -> None:
    """A second of speech, a short pause, and speech again."""
    for probability in [1.0] * 10 + [0.0] * 3 + [0.4] + [1.0] * 4:
        assert segmenter.process(_PIECE, probability) is None


def test_utterance_can_be_ended_at_a_pause_that_is_over() -> None:
    segmenter = Segmenter()
    _paused(segmenter)
    resumed = segmenter.resumed(1.0)
    assert resumed is not None
    assert _times([resumed]) == [(1.4, 1.8)]
    ended = segmenter.end_at(1.0)
    assert ended is not None
    assert _times([ended]) == [(0.0, 1.0)]
    assert _times(_spans(segmenter, [1.0] * 2 + [0.0] * 9)) == [(1.4, 2.0)]


def test_pause_that_nobody_spoke_after_ends_nothing_by_itself() -> None:
    segmenter = Segmenter()
    for probability in [1.0] * 10 + [0.0] * 3 + [0.4]:
        segmenter.process(_PIECE, probability)
    assert segmenter.resumed(1.0) is None
    assert segmenter.end_at(1.0) is None
    assert segmenter.opened == 0.0


def test_what_follows_is_as_long_as_any_other_utterance_before_it_is_cut() -> None:
    segmenter = Segmenter()
    _paused(segmenter)
    segmenter.end_at(1.0)
    first, *_ = _spans(segmenter, [1.0] * 130)
    assert 11.5 < first.until - first.at <= 12.0 or not first.whole
    assert first.at > 1.3
