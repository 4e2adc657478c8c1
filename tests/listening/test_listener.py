from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import soundfile

from companion.audio.frame import Samples
from companion.errors import ModelError
from companion.events import (
    AnyFinding,
    LevelMeasured,
    ListeningProblem,
    ListeningReported,
    ListeningState,
    TurnHeard,
)
from companion.listening.analysis import Analysis
from companion.listening.link import (
    Finish,
    Forget,
    HearAgain,
    InStep,
    Listen,
    StopHearing,
    VoiceRole,
)
from companion.listening.listener import Listener
from companion.resources import bundled
from companion.speech.heard import Heard
from companion.speech.transcriber import Recognised, Transcriber
from companion.vocabulary import Role


@dataclass
class _Language:
    """The language part: notes what it is told, and gives each utterance's turn."""

    told: list[object] = field(default_factory=list)

    def enter(self, step: int) -> None:
        self.told.append(step)

    def tie(self, voice: int, role: Role | None) -> None:
        self.told.append((voice, role))

    def forget(self, since: float, until: float) -> None:
        self.told.append(("forget", since, until))

    def analyse(self, heard: Heard) -> list[AnyFinding]:
        return [TurnHeard(at=heard.at, until=heard.until)]


class _Recogniser:
    def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:  # noqa: ARG002
        return Recognised("Wat deed dat met je?", -0.3)


@dataclass
class _Scene:
    load: Callable[[Listen], Transcriber] = lambda _: _Recogniser()
    language: _Language = field(default_factory=_Language)
    sent: list[AnyFinding] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self.listener = Listener(self.send, self.load, self._load_language)

    def _load_language(self, _order: Listen) -> Analysis:
        return self.language

    def send(self, finding: AnyFinding) -> None:
        with self.changed:
            self.sent.append(finding)
            self.changed.notify_all()

    def until(self, holds: Callable[[AnyFinding], bool]) -> AnyFinding:
        with self.changed:
            assert self.changed.wait_for(lambda: any(map(holds, self.sent)), timeout=30)
            return next(finding for finding in self.sent if holds(finding))

    def until_state(self, state: ListeningState) -> None:
        self.until(lambda f: isinstance(f, ListeningReported) and f.state is state)

    def levels(self) -> list[float]:
        return [f.at for f in self.sent if isinstance(f, LevelMeasured)]


@pytest.fixture(scope="module")
def opening(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The first 12 seconds of the demo."""
    demo = bundled("models/demo/incident.opus")
    rate = soundfile.info(demo).samplerate
    sound, _ = soundfile.read(demo, dtype="float32", stop=12 * rate)
    path: Path = tmp_path_factory.mktemp("recording") / "opening.wav"
    soundfile.write(path, sound, rate)
    return str(path)


@pytest.fixture
def scene() -> Iterator[_Scene]:
    scene = _Scene()
    yield scene
    scene.listener.follow(Finish())


def test_recording_is_heard_to_its_end(scene: _Scene, opening: str) -> None:
    scene.listener.follow(Listen(source=opening, speech_model="base", speed=0, starts_at=30.0))
    scene.until_state(ListeningState.OFF)
    turns = [finding for finding in scene.sent if isinstance(finding, TurnHeard)]
    assert turns
    assert all(30.0 < turn.at < turn.until <= 42.1 for turn in turns)


def test_pause_closes_the_source_and_hearing_goes_on_where_it_was(
    scene: _Scene, opening: str
) -> None:
    scene.listener.follow(Listen(source=opening, speech_model="base", speed=6.0))
    scene.until(lambda f: isinstance(f, LevelMeasured) and f.at > 2.0)
    scene.listener.follow(StopHearing())
    scene.until_state(ListeningState.PAUSED)
    before = scene.levels()
    scene.listener.follow(HearAgain(starts_at=500.0))
    scene.until_state(ListeningState.OFF)
    after = scene.levels()[len(before) :]
    assert min(after) >= 500.0
    assert max(before) + max(after) - 500.0 == pytest.approx(12.0, abs=0.6)


def test_paused_listener_hears_nothing(scene: _Scene, opening: str) -> None:
    scene.listener.follow(Listen(source=opening, speech_model="base", speed=6.0))
    scene.until(lambda f: isinstance(f, LevelMeasured))
    scene.listener.follow(StopHearing())
    assert not [t for t in threading.enumerate() if t.name == "ears"]


def test_part_of_a_recording_is_skipped_after_a_restart(scene: _Scene, opening: str) -> None:
    scene.listener.follow(Listen(source=opening, speech_model="base", speed=0, source_from=10.0))
    scene.until_state(ListeningState.OFF)
    assert max(scene.levels()) <= 2.01


def test_step_and_roles_reach_the_language_part(scene: _Scene, opening: str) -> None:
    scene.listener.follow(Listen(source=opening, speech_model="base", speed=0, step=3))
    scene.listener.follow(InStep(step=4))
    scene.listener.follow(VoiceRole(voice=1, role=Role.INBRENGER))
    scene.until_state(ListeningState.OFF)
    assert scene.language.told[0] == 3
    assert set(scene.language.told) <= {3, 4, (1, Role.INBRENGER)}


def test_second_listen_has_no_effect(scene: _Scene, opening: str) -> None:
    scene.listener.follow(Listen(source=opening, speech_model="base", speed=6.0))
    scene.listener.follow(Listen(source="other.wav", speech_model="base", speed=6.0))
    scene.until_state(ListeningState.OFF)
    assert max(scene.levels()) > 11.0


def test_nothing_is_told_of_what_must_be_forgotten(scene: _Scene, opening: str) -> None:
    scene.listener.follow(Listen(source=opening, speech_model="base", speed=6.0))
    scene.until(lambda f: isinstance(f, TurnHeard))
    scene.listener.follow(Forget(since=0.0, until=60.0))
    before = len(scene.sent)
    scene.until_state(ListeningState.OFF)
    assert not [finding for finding in scene.sent[before:] if isinstance(finding, TurnHeard)]
    assert scene.language.told[-1] == ("forget", 0.0, 60.0)


def test_instruction_before_listen_has_no_effect(scene: _Scene) -> None:
    scene.listener.follow(InStep(step=1))
    scene.listener.follow(HearAgain(starts_at=1.0))
    assert not [t for t in threading.enumerate() if t.name == "ears"]


def test_missing_model_closes_the_source_for_good(opening: str) -> None:
    def missing(_order: Listen) -> Transcriber:
        raise ModelError("model.missing", "Speech model base: model.bin is missing")

    scene = _Scene(missing)
    scene.listener.follow(Listen(source=opening, speech_model="base", speed=1.0))
    report = scene.until(lambda f: isinstance(f, ListeningReported) and bool(f.problem))
    assert isinstance(report, ListeningReported)
    assert report.problem is ListeningProblem.MODEL_MISSING
    scene.listener.follow(HearAgain(starts_at=9.0))
    assert not [t for t in threading.enumerate() if t.name == "ears"]


def test_recording_that_is_gone_is_a_state(scene: _Scene) -> None:
    scene.listener.follow(Listen(source="gone.wav", speech_model="base"))
    report = scene.until(lambda f: isinstance(f, ListeningReported) and bool(f.problem))
    assert isinstance(report, ListeningReported)
    assert report.problem is ListeningProblem.SOURCE_ENDED
