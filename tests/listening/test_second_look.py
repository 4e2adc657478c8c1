from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
import pytest

from companion.audio.frame import SAMPLE_RATE, Samples
from companion.errors import ModelError
from companion.listening import second_look as module
from companion.listening.backlog import Waiting
from companion.listening.second_look import Looked, SecondLook
from companion.speech.heard import Heard
from companion.speech.transcriber import Phrase, Recognised, Transcriber
from companion.speech.utterances import AFTER, BEFORE, Utterance
from companion.vocabulary import Role


@dataclass
class _Recogniser:
    """Hears a phrase every five seconds, once `open`."""

    open: threading.Event = field(default_factory=threading.Event)
    heard: list[float] = field(default_factory=list)

    def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:
        assert not quick
        assert self.open.wait(timeout=20)
        seconds = len(samples) / SAMPLE_RATE
        self.heard.append(seconds)
        starts = range(0, max(int(seconds), 1), 5)
        words = [f"wat doet nummer {start} hier?" for start in starts]
        phrases = [Phrase(s, min(s + 4.0, seconds), w) for s, w in zip(starts, words, strict=True)]
        return Recognised(" ".join(words), -0.3, 0.0, tuple(phrases))


def _said(at: float, until: float, origin: float = 0.0) -> Waiting:
    seconds = until - at + BEFORE + AFTER
    sound = np.full(round(seconds * SAMPLE_RATE), 0.5, np.float32)
    return Waiting(Utterance(at, until, sound), origin)


def _look(pace: float = 0.0) -> tuple[SecondLook, _Recogniser]:
    recogniser = _Recogniser()
    recogniser.open.set()
    look = SecondLook(lambda: recogniser, pace)
    look.start()
    return look, recogniser


def _spans(looked: list[Looked]) -> list[tuple[float, float]]:
    return [(one.at, one.until) for one in looked]


def test_utterances_are_looked_at_together() -> None:
    look, recogniser = _look()
    for second in (1, 6, 11, 16, 21):
        look.add(_said(second, second + 4, origin=100.0), None)
    assert _spans(list(look.finish())) == [(101.0, 120.0), (121.0, 125.0)]
    assert len(recogniser.heard) == 2


def test_phrase_is_said_by_who_was_heard_there_at_first() -> None:
    look, _ = _look()
    first = Heard(at=1, until=5, text="a", voice=1, role=Role.INBRENGER, sure=True)
    second = Heard(at=6, until=10, text="b", voice=2)
    look.add(_said(1, 5), first)
    look.add(_said(6, 10), second)
    (looked,) = look.finish()
    assert [(h.voice, h.role, h.sure) for h in looked.heard] == [
        (1, Role.INBRENGER, True),
        (2, None, False),
    ]


def test_block_belongs_to_one_step_and_one_opening_of_the_source() -> None:
    look, _ = _look()
    look.add(_said(1, 3), None)
    look.enter(1)
    look.add(_said(4, 6), None)
    look.add(_said(1, 2, origin=50.0), None)
    looked = list(look.finish())
    assert [one.step for one in looked] == [0, 1, 1]
    assert _spans(looked) == [(1.0, 3.0), (4.0, 6.0), (51.0, 52.0)]


def test_what_it_cannot_keep_up_with_stays_as_it_was() -> None:
    look, recogniser = _look(pace=1.0)
    recogniser.open.clear()
    for number in range(10):
        look.enter(number)
        look.add(_said(10 * number + 1, 10 * number + 5), None)
    look.enter(10)
    recogniser.open.set()
    done = list(look.finish())
    assert 1 <= len(done) <= 3, "one at work, one waiting"
    assert done[0].step == 0


def test_looks_that_are_not_believed_change_nothing() -> None:
    class _Credits:
        def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:  # noqa: ARG002
            return Recognised("Ondertiteld door de Amara.org gemeenschap", -0.2)

    look = SecondLook(_Credits, 0.0)
    look.start()
    look.add(_said(1, 5), None)
    assert list(look.finish()) == []


def test_without_a_model_nothing_is_corrected_and_nothing_waits() -> None:
    def load() -> Transcriber:
        raise ModelError("model.missing", "Speech model base: model.bin is missing")

    look = SecondLook(load, 0.0)
    look.start()
    for number in range(5):
        look.enter(number)
        look.add(_said(10 * number + 1, 10 * number + 5), None)
    assert list(look.finish()) == []


def test_end_of_a_live_recording_does_not_wait_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A listener that gives no sign for some seconds is taken for hung."""
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    look, recogniser = _look(pace=1.0)
    recogniser.open.clear()
    for number in range(3):
        look.enter(number)
        look.add(_said(10 * number + 1, 10 * number + 5), None)
    assert list(look.finish()) == []
    recogniser.open.set()


def test_what_is_forgotten_is_neither_looked_at_nor_told() -> None:
    look, recogniser = _look(pace=1.0)
    recogniser.open.clear()
    for second in (1, 6, 11, 16, 21):  # the first block is in work, the last is still open
        look.add(_said(second, second + 4), None)
    look.forget(0.0, 30.0)
    recogniser.open.set()
    for second in (31, 36, 41, 46, 51):
        look.add(_said(second, second + 4), None)
    told = list(look.finish())
    assert told
    assert all(one.at >= 30.0 for one in told)
    assert not any(heard.at < 30.0 for one in told for heard in one.heard)
