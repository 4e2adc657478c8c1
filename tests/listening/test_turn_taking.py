"""How a short pause ends, against voices that are told apart by how loud they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from companion.audio.frame import SAMPLE_RATE, Frame, Samples
from companion.errors import ModelError
from companion.listening.backlog import Backlog
from companion.listening.condition import Condition
from companion.listening.hearing import Hearing
from companion.listening.turn_taking import Comparison, TurnTaking
from companion.listening.voicing import Voicing
from companion.speech.activity import Activity
from companion.speech.utterances import Utterance, Utterances
from companion.speech.voice_network import Network


class _LoudIsSpeech(Activity):
    """The probability of speech is 1 from a level on."""

    def probabilities(self, frame: Frame) -> Iterator[tuple[Samples, float]]:
        for chunk, _ in super().probabilities(frame):
            yield chunk, float(np.abs(chunk).max() > 0.1)


@dataclass
class _ByLevel:
    """Answers when told to, as often as asked."""

    at_once: bool = True
    asked: list[Comparison] = field(default_factory=list)

    def compare(self, comparison: Comparison) -> None:
        self.asked.append(comparison)
        if self.at_once:
            self.answer()

    def answer(self) -> None:
        for one in self.asked:
            one.differ = bool(abs(np.median(one.before) - np.median(one.after)) > 0.1)


@dataclass
class _Table:
    voices: _ByLevel = field(default_factory=_ByLevel)
    now: float = 0.0
    ended: list[Utterance] = field(default_factory=list)
    completed: list[Utterance] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.utterances = Utterances(activity=_LoudIsSpeech())
        self.turns = TurnTaking(self.utterances, self.voices)

    def draft(self) -> Utterance | None:
        return self.turns.draft

    def speak(self, seconds: float, level: float) -> None:
        for _ in range(round(seconds * 20)):
            samples = np.full(SAMPLE_RATE // 20, level, np.float32)
            self.completed += self.utterances.feed(Frame(samples, self.now))
            self.ended += self.turns.ended()
            self.now += 0.05


def test_another_voice_ends_the_utterance_after_half_a_second() -> None:
    table = _Table()
    table.speak(1.5, 0.8)
    table.speak(0.3, 0.0)
    held = table.draft()
    assert held is not None
    table.speak(0.45, 0.4)
    assert table.draft() is held
    assert table.ended == []
    table.speak(0.25, 0.4)
    assert table.ended == [held]
    assert held.until == pytest.approx(1.5, abs=0.07)
    assert table.draft() is None
    table.speak(1.0, 0.0)
    assert [one.at for one in table.completed] == [pytest.approx(1.8, abs=0.07)]


def test_the_same_voice_goes_on_with_its_utterance() -> None:
    table = _Table()
    for _ in range(3):
        table.speak(1.5, 0.8)
        table.speak(0.3, 0.0)
    table.speak(1.0, 0.0)
    assert table.ended == []
    assert [one.at for one in table.completed] == [pytest.approx(0.0, abs=0.07)]
    assert len(table.voices.asked) == 2


def test_short_answer_is_compared_when_it_is_over() -> None:
    table = _Table()
    table.speak(1.5, 0.8)
    table.speak(0.3, 0.0)
    table.speak(0.4, 0.4)
    assert table.voices.asked == []
    table.speak(0.3, 0.0)
    assert len(table.ended) == 1
    answer = table.draft()
    assert answer is not None
    assert answer.at == pytest.approx(1.8, abs=0.07)


def test_knock_in_a_pause_has_no_voice() -> None:
    table = _Table()
    table.speak(1.5, 0.8)
    table.speak(0.3, 0.0)
    table.speak(0.1, 0.4)
    table.speak(0.3, 0.0)
    assert table.voices.asked == []
    assert table.draft() is table.utterances.draft
    table.speak(0.5, 0.0)
    assert table.ended == []
    assert len(table.completed) == 1


def test_answer_that_comes_after_the_utterance_is_over_changes_nothing() -> None:
    table = _Table(_ByLevel(at_once=False))
    table.speak(1.5, 0.8)
    table.speak(0.3, 0.0)
    table.speak(0.6, 0.4)
    table.speak(0.8, 0.0)
    table.voices.answer()
    table.speak(0.3, 0.0)
    assert len(table.voices.asked) == 1
    assert table.ended == []
    assert len(table.completed) == 1
    assert table.draft() is None


def test_the_draft_is_held_until_the_answer_comes() -> None:
    table = _Table(_ByLevel(at_once=False))
    table.speak(1.5, 0.8)
    table.speak(0.3, 0.0)
    held = table.draft()
    table.speak(1.0, 0.4)
    assert table.draft() is held
    table.voices.answer()
    table.speak(0.05, 0.4)
    assert table.ended == [held]


def test_nobody_waits_for_an_answer_for_long() -> None:
    table = _Table(_ByLevel(at_once=False))
    table.speak(1.5, 0.8)
    table.speak(0.3, 0.0)
    table.speak(1.5, 0.4)
    assert table.draft() is not None
    table.speak(0.5, 0.4)
    assert table.draft() is None
    table.voices.answer()
    table.speak(0.5, 0.4)
    assert table.ended == []


class _Decided(Voicing):
    """Says at once what it was told to say."""

    other = True

    def compare(self, comparison: Comparison) -> None:
        comparison.differ = self.other


def _no_network() -> Network:
    raise ModelError("model.missing", "It is never loaded here")


@pytest.mark.parametrize("other", [True, False])
def test_what_is_heard_is_handed_over_where_another_voice_goes_on(*, other: bool) -> None:
    voices, backlog = _Decided(_no_network, lambda _: None), Backlog()
    voices.other = other
    hearing = Hearing(
        60.0,
        backlog,
        Condition(lambda _: None),
        lambda _: None,
        voices,
        _utterances=Utterances(activity=_LoudIsSpeech()),
    )
    taken = None
    for tenth, level in enumerate([0.8] * 15 + [0.0] * 3 + [0.4] * 8):
        hearing.take(Frame(np.full(SAMPLE_RATE // 10, level, np.float32), tenth / 10))
        if tenth == 17:
            taken = backlog.take()  # the draft, while it pauses
    assert taken is not None
    assert (taken.at, taken.until) == pytest.approx((60.0, 61.5), abs=0.07)
    assert backlog.stands(taken) is other
    hearing.finish()
    backlog.close()
    rest = backlog.take()
    assert rest is not None
    assert rest.at == pytest.approx(61.8 if other else 60.0, abs=0.07)
    assert backlog.take() is None
