from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile

from companion.audio.frame import Samples
from companion.errors import RecordingError
from companion.resources import bundled
from companion.speech.blocks import Block, Blocks
from companion.speech.recognition import hear_block, hear_recording, recognise
from companion.speech.transcriber import Phrase, Recognised
from companion.speech.utterances import Utterance


class _Measuring:
    """Says how long what it heard was, in words."""

    def __init__(self) -> None:
        self.at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        self._met = threading.Barrier(2)

    def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:
        self.quick = quick
        with self._lock:
            self._now += 1
            self.at_once = max(self.at_once, self._now)
        text = f"dit duurde {len(samples)} monsters"
        with self._lock:
            self._now -= 1
        return Recognised(text, -0.2)


class _Meeting(_Measuring):
    """Answers the first two only when both are being recognised at the same time."""

    def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:
        if not self._met.broken and self.at_once < 2:
            self._met.wait(timeout=20)
            self.at_once = 2
        return super().recognise(samples, quick=quick)


_DEMO = bundled("models/demo/incident.opus")


@pytest.fixture(scope="module")
def minute(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 50 seconds of the demo."""
    rate = soundfile.info(_DEMO).samplerate
    sound, _ = soundfile.read(_DEMO, dtype="float32", stop=50 * rate)
    path = tmp_path_factory.mktemp("recording") / "minute.wav"
    soundfile.write(path, sound, rate)
    return path


def test_utterances_come_in_order_whatever_the_threads(minute: Path) -> None:
    one = list(hear_recording(minute, _Measuring(), at_once=1))
    two = list(hear_recording(minute, _Measuring(), at_once=3))
    assert len(one) >= 2
    assert one == two
    assert [heard.at for heard in one] == sorted(heard.at for heard in one)


def test_two_are_recognised_side_by_side(minute: Path) -> None:
    transcriber = _Meeting()
    assert list(hear_recording(minute, transcriber, at_once=2))
    assert transcriber.at_once == 2


def test_progress_is_told_in_seconds_of_the_recording(minute: Path) -> None:
    told: list[float] = []
    list(hear_recording(minute, _Measuring(), progress=told.append))
    assert told == sorted(told)
    assert 40 < told[-1] <= 51


def test_bad_file_is_refused_at_the_call(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="no such file"):
        hear_recording(tmp_path / "gone.wav", _Measuring())


def test_caller_may_stop_early(minute: Path) -> None:
    hearing = hear_recording(minute, _Measuring(), at_once=2)
    assert next(hearing).at > 0
    hearing.close()  # type: ignore[attr-defined]


def test_recording_of_silence_gives_nothing(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros(16_000 * 5), 16_000)
    assert list(hear_recording(tmp_path / "a.wav", _Measuring())) == []


def _utterance(level: float) -> Utterance:
    return Utterance(1.0, 3.0, np.full(32_000, level, np.float32))


def test_too_soft_to_understand_is_not_even_tried() -> None:
    class _Never(_Measuring):
        def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:
            raise AssertionError(len(samples), quick)

    assert recognise(_utterance(0.0001), _Never()) is None


def test_refused_words_do_not_come_through() -> None:
    class _Credits(_Measuring):
        def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:  # noqa: ARG002
            return Recognised("Ondertiteld door de Amara.org gemeenschap", -0.2)

    assert recognise(_utterance(0.1), _Credits()) is None


def test_times_are_of_the_meeting() -> None:
    heard = recognise(_utterance(0.1), _Measuring(), origin=100.0)
    assert heard is not None
    assert (heard.at, heard.until, heard.logprob) == (101.0, 103.0, -0.2)


def test_who_is_behind_asks_for_quick_work() -> None:
    transcriber = _Measuring()
    recognise(_utterance(0.1), transcriber, quick=True)
    assert transcriber.quick


def test_block_that_is_not_believed_is_heard_utterance_by_utterance() -> None:
    class _GoesRound(_Measuring):
        """Loops in a long sound."""

        def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:
            if len(samples) > 40_000:
                return Recognised("nee " * 40, -0.2)
            return super().recognise(samples, quick=quick)

    blocks = Blocks()
    for at in (1.0, 4.0):
        assert blocks.add(Utterance(at, at + 2.0, np.full(35_000, 0.1, np.float32))) is None
    block = blocks.finish()
    assert block
    heard = hear_block(block, _GoesRound())
    assert [(one.at, one.until) for one in heard] == [(1.0, 3.0), (4.0, 6.0)]


def _two_utterances() -> Block:
    blocks = Blocks()
    for at in (101.0, 111.0):
        blocks.add(Utterance(at, at + 2.0, np.full(40_000, 0.1, np.float32)))
    block = blocks.finish()
    assert block
    return block


def test_phrases_are_at_their_moments() -> None:
    class _Phrases(_Measuring):
        def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:
            text = super().recognise(samples, quick=quick).text
            parts = (Phrase(0.3, 2.4, "een twee"), Phrase(2.8, 4.9, "drie vier"))
            return Recognised(text, -0.2, 0.0, parts)

    first, second = hear_block(_two_utterances(), _Phrases())
    assert [first.text, second.text] == ["een twee", "drie vier"]
    assert [first.at, second.at] == pytest.approx([101.0, 111.0])
    assert first.until <= 103.0
    assert second.until <= 113.0


def test_phrases_between_two_pauses_are_one_turn() -> None:
    class _Phrases(_Measuring):
        def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:
            text = super().recognise(samples, quick=quick).text
            marks = ((0.3, 1.2, "een"), (1.2, 2.4, "twee"), (2.8, 4.9, "drie"))
            return Recognised(text, -0.2, 0.0, tuple(Phrase(*mark) for mark in marks))

    first, second = hear_block(_two_utterances(), _Phrases())
    assert [first.text, second.text] == ["een twee", "drie"]
    assert first.at == pytest.approx(101.0)
    assert 102.5 < first.until <= 103.0
    assert second.at == pytest.approx(111.0)
