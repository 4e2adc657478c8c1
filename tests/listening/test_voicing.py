"""Voices beside recognition, against a network that hears who speaks in the sound's level."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import msgspec
import numpy as np

from companion.audio.frame import SAMPLE_RATE, Samples
from companion.errors import ModelError
from companion.events import (
    AnyFinding,
    TurnHeard,
    VoiceSampled,
    VoicesRelabelled,
    VoicesReported,
)
from companion.listening.turn_taking import Comparison
from companion.listening.voicing import Voicing
from companion.speech.voice_clustering import unit
from companion.speech.voice_network import Embedding, Network
from companion.vocabulary import Role

_DRAW = np.random.default_rng(11)
_PEOPLE = unit(np.asarray(_DRAW.standard_normal((6, 192)) + 0.3, np.float32))


class _Ear:
    """Person n speaks at level n; every window a little different."""

    def embed(self, samples: Samples) -> Embedding:
        person = round(float(samples.mean()) * 10)
        noisy = _PEOPLE[person] + 0.04 * _DRAW.standard_normal((1, 192))
        return np.asarray(unit(np.asarray(noisy, np.float32))[0], np.float32)


@dataclass
class _Table:
    """A table at which people speak in turn."""

    network: Network = field(default_factory=_Ear)
    sent: list[AnyFinding] = field(default_factory=list)
    now: float = 0.0

    def __post_init__(self) -> None:
        self.voicing = Voicing(lambda: self.network, self.sent.append, pace=0)
        self.voicing.start()

    def speak(self, *people: int, seconds: float = 3.0) -> None:
        for person in people:
            began = self.now
            self.sound(person, seconds)
            turn = TurnHeard(at=began, until=began + seconds)
            self.voicing.voice_of(turn.at, turn.until)
            self.voicing.tell([turn])

    def sound(self, person: int, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self._sound(person / 10, speech=True)
        for _ in range(6):
            self._sound(0.0, speech=False)

    def _sound(self, level: float, *, speech: bool) -> None:
        samples = np.full(SAMPLE_RATE // 10, level, np.float32)
        self.voicing.take(samples, self.now, speech=speech)
        self.now += 0.1

    def turns(self) -> list[int | None]:
        return [f.voice for f in self.sent if isinstance(f, TurnHeard)]

    def of_kind(self, kind: type[AnyFinding]) -> list[AnyFinding]:
        return [f for f in self.sent if isinstance(f, kind)]


def test_people_who_are_known_are_named_at_once() -> None:
    table = _Table()
    table.speak(1, 2, 1, 2, 3, 3, 3, 1, 2, 3)
    assert table.turns()[-3:] == [1, 2, 3]


def test_first_words_are_nobodys_and_corrected_when_the_voices_are_known() -> None:
    table = _Table()
    table.speak(1, 2, 1, 2, 1, 2)
    assert table.turns()[0] is None
    stretches = [
        stretch
        for found in table.sent
        if isinstance(found, VoicesRelabelled)
        for stretch in found.stretches
    ]
    assert any(at < 0.1 and was is None and now == 1 for at, _, was, now in stretches)


def test_correction_never_comes_before_what_it_corrects() -> None:
    table = _Table()
    table.speak(*[1, 2, 3, 4] * 4, seconds=2.0)
    told: list[TurnHeard] = []
    for finding in table.sent:
        if isinstance(finding, TurnHeard):
            told.append(finding)
        elif isinstance(finding, VoicesRelabelled):
            for at, until, was, _ in finding.stretches:
                mine = [t for t in told if t.at < until and t.until > at]
                assert all(t.voice in {was, None} or t.until - at < 0.5 for t in mine[:1])
                told = [t for t in told if t not in mine]


def test_learning_is_told_and_ends_after_two_minutes() -> None:
    table = _Table()
    table.speak(*[1, 2] * 20)
    reports = [f for f in table.sent if isinstance(f, VoicesReported)]
    assert reports[0].learning
    assert not reports[-1].learning
    assert reports[-1].at >= 120.0
    assert reports[-1].voices == (1, 2)


def test_role_of_a_tied_voice_goes_with_its_turns_and_can_be_taken_off() -> None:
    table = _Table()
    table.speak(1, 2, 1, 2)
    table.voicing.tie(2, Role.INBRENGER)
    table.speak(2)
    table.voicing.tie(2, None)
    table.speak(2)
    tied, free = [f for f in table.sent if isinstance(f, TurnHeard)][-2:]
    assert (tied.voice, tied.role) == (2, Role.INBRENGER)
    assert (free.voice, free.role) == (2, None)


def test_five_seconds_of_a_member_are_a_sample() -> None:
    table = _Table()
    table.voicing.sample(3)
    table.speak(1, 1)
    found = [f for f in table.sent if isinstance(f, VoiceSampled)]
    assert [f.enough for f in found] == [False] * (len(found) - 1) + [True]
    assert (found[-1].member, found[-1].voice) == (3, 1)
    assert found[-1].seconds >= 5.0
    table.speak(2)
    assert [f for f in table.sent if isinstance(f, VoiceSampled)] == found


def test_who_cuts_in_does_not_count_for_the_sample() -> None:
    table = _Table()
    table.voicing.sample(0)
    table.speak(1, 2, 1)
    table.speak(1)
    table.speak(1)
    assert [f for f in table.sent if isinstance(f, VoiceSampled) and f.enough]
    assert table.turns()[-1] == 1


def test_sample_is_of_the_sound_at_the_tap_however_late_it_is_looked_at() -> None:
    release = threading.Event()

    class Late(_Ear):
        def embed(self, samples: Samples) -> Embedding:
            release.wait(30)
            return super().embed(samples)

    table = _Table(Late())
    for member, person in enumerate((1, 2)):
        table.voicing.sample(member)
        table.sound(person, 7.0)
    release.set()
    table.speak(1, 2)
    enough = [f for f in table.sent if isinstance(f, VoiceSampled) and f.enough]
    assert [(f.member, f.voice) for f in enough] == [(0, 1), (1, 2)]
    assert table.turns() == [1, 2]


def test_stopped_sample_asks_for_nothing_more() -> None:
    table = _Table()
    table.voicing.sample(0)
    table.voicing.sample(None)
    table.speak(1, 1, 1)
    assert not table.of_kind(VoiceSampled)


def test_voice_of_a_forgotten_stretch_is_not_known_and_what_comes_late_of_it_is_not_learnt() -> (
    None
):
    release = threading.Event()
    ear = _Ear()

    class Late:
        def embed(self, samples: Samples) -> Embedding:
            release.wait(30)
            return ear.embed(samples)

    table = _Table(Late())
    table.sound(1, 6.0)
    since = table.now + 2.0
    table.now = since
    table.sound(2, 6.0)
    table.voicing.forget(since, table.now)
    release.set()
    table.now += 10.0
    table.speak(1, 2)
    assert table.turns() == [1, None]


def test_without_the_network_findings_go_on_without_voices() -> None:
    sent: list[AnyFinding] = []
    voicing = Voicing(_no_network, sent.append, pace=0)
    voicing.start()
    for i in range(400):
        voicing.take(np.ones(1600, np.float32), i * 0.1, speech=i % 30 < 25)
    turn = TurnHeard(at=0.0, until=2.0)
    assert voicing.voice_of(0.0, 2.0) == (None, False)
    voicing.tell([turn])
    assert sent == [turn]


def test_live_a_slow_network_makes_nobody_wait() -> None:
    release = threading.Event()

    class Slow:
        def embed(self, samples: Samples) -> Embedding:
            release.wait(30)
            return _Ear().embed(samples)

    voicing = Voicing(Slow, lambda _: None, pace=1.0)
    voicing.start()
    began = time.monotonic()
    for i in range(2000):
        voicing.take(np.full(1600, 0.1, np.float32), i * 0.1, speech=i % 30 < 25)
    assert voicing.voice_of(0.0, 2.0) == (None, False)
    assert time.monotonic() - began < 20  # 200 s of sound, were it to wait for the network
    release.set()


def test_nothing_that_is_sent_holds_an_embedding() -> None:
    table = _Table()
    table.voicing.sample(0)
    table.speak(*[1, 2, 3] * 8)
    for finding in table.sent:
        assert len(msgspec.json.encode(finding)) < 64 * 1024
        for stretch in getattr(finding, "stretches", ()):
            assert len(stretch) == 4
        assert not any(isinstance(v, np.ndarray) for v in msgspec.structs.asdict(finding).values())


def test_two_stretches_of_speech_are_compared() -> None:
    table = _Table()
    for before, after, differ in ((1, 1, False), (1, 2, True), (3, 3, False)):
        comparison = Comparison(_level(before, 1.5), _level(after, 0.5))
        table.voicing.compare(comparison)
        assert _answered(comparison) is differ


def test_without_the_network_no_voice_differs() -> None:
    voicing = Voicing(_no_network, lambda _: None)
    voicing.start()
    comparison = Comparison(_level(1, 1.5), _level(2, 0.5))
    voicing.compare(comparison)
    assert _answered(comparison) is False


def _no_network() -> Network:
    raise ModelError("model.missing", "The voice network is missing")


def _level(person: int, seconds: float) -> Samples:
    return np.full(round(seconds * SAMPLE_RATE), person / 10, np.float32)


def _answered(comparison: Comparison) -> bool | None:
    until = time.monotonic() + 10
    while comparison.differ is None and time.monotonic() < until:
        time.sleep(0.01)
    return comparison.differ
