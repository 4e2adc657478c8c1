from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from companion.audio.frame import Samples
from companion.errors import ModelError
from companion.events import (
    AnyFinding,
    ListeningProblem,
    ListeningReported,
    ListeningState,
    TurnHeard,
)
from companion.listening.analysis import Analysis
from companion.listening.backlog import Backlog, Waiting
from companion.listening.condition import Condition
from companion.listening.understanding import Understanding
from companion.speech.heard import Heard
from companion.speech.transcriber import Recognised, Transcriber
from companion.speech.utterances import Utterance
from companion.vocabulary import Role


class _Echo:
    quick = False

    def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:
        type(self).quick = quick
        return Recognised("" if samples[0] < 0.2 else "Wat deed dat met je?", -0.3)


@dataclass
class _Noting:
    said: list[object] = field(default_factory=list)

    def enter(self, step: int) -> None:
        self.said.append(step)

    def tie(self, voice: int, role: Role | None) -> None:
        self.said.append((voice, role))

    def forget(self, since: float, until: float) -> None:
        self.said.append(("forget", since, until))

    def analyse(self, heard: Heard) -> list[AnyFinding]:
        self.said.append(heard.text)
        return [TurnHeard(at=heard.at, until=heard.until)]


def _missing_model() -> Transcriber:
    raise ModelError("model.missing", "Speech model base: model.bin is missing")


def _missing_language() -> Analysis:
    raise ModelError("language.missing", "The Dutch pipeline is missing")


@dataclass
class _Scene:
    analysis: _Noting = field(default_factory=_Noting)
    sent: list[AnyFinding] = field(default_factory=list)
    backlog: Backlog = field(default_factory=Backlog)
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        condition = Condition(self.sent.append)
        condition.update(open=True)
        self.understanding = Understanding(
            _Echo,
            lambda: self.analysis,
            self.backlog,
            condition,
            self.sent.append,
            failed=lambda: self.failures.append("failed"),
        )

    def say(self, at: float, level: float = 0.5) -> None:
        sound = np.full(32_000, level, np.float32)
        self.backlog.put(Waiting(Utterance(at, at + 2.0, sound), 100.0))

    def run(self) -> None:
        self.backlog.close()
        self.understanding._run()

    def reports(self) -> list[ListeningReported]:
        return [finding for finding in self.sent if isinstance(finding, ListeningReported)]


def test_utterance_becomes_findings_in_meeting_time() -> None:
    scene = _Scene()
    scene.say(1.0)
    scene.run()
    assert TurnHeard(at=101.0, until=103.0) in scene.sent
    assert scene.reports()[-1].words == 5


def test_words_that_are_not_believed_reach_no_analysis() -> None:
    scene = _Scene()
    scene.say(1.0, level=0.1)
    scene.run()
    assert scene.analysis.said == []
    assert scene.reports()[-1].words == 0


def test_order_takes_effect_before_the_next_utterance() -> None:
    scene = _Scene()
    scene.understanding.tell(lambda analysis: analysis.enter(2))
    scene.understanding.tell(lambda analysis: analysis.tie(1, Role.INBRENGER))
    scene.say(1.0)
    scene.run()
    assert scene.analysis.said == [2, (1, Role.INBRENGER), "Wat deed dat met je?"]


def test_end_is_told_after_the_last_utterance() -> None:
    scene = _Scene()
    scene.say(1.0)
    scene.run()
    assert isinstance(scene.sent[-1], ListeningReported)
    assert scene.sent[-1].problem is ListeningProblem.SOURCE_ENDED
    assert scene.sent[-1].state is ListeningState.OFF


def test_missing_speech_model_is_a_state_and_closes_the_source() -> None:
    scene = _Scene()
    scene.understanding.load_transcriber = _missing_model
    scene.run()
    assert scene.reports()[-1].problem is ListeningProblem.MODEL_MISSING
    assert scene.failures == ["failed"]


def test_missing_language_model_is_told_apart() -> None:
    scene = _Scene()
    scene.understanding.load_analysis = _missing_language
    scene.run()
    assert scene.reports()[-1].problem is ListeningProblem.LANGUAGE_MISSING


def test_far_behind_recognition_is_quick() -> None:
    scene = _Scene()
    scene.say(1.0)
    scene.backlog.tell_time(109.0)
    scene.run()
    assert _Echo.quick


def test_on_time_recognition_is_good() -> None:
    scene = _Scene()
    scene.say(1.0)
    scene.backlog.tell_time(104.0)
    scene.run()
    assert not _Echo.quick


def test_draft_that_came_true_is_told_once() -> None:
    scene = _Scene()
    draft = Waiting(Utterance(1.0, 3.0, np.full(32_000, 0.5, np.float32)), 100.0)
    scene.backlog.offer(draft)
    done = threading.Thread(target=scene.understanding._run)
    done.start()
    _until(lambda: scene.backlog._busy is draft)
    scene.say(1.0)
    scene.backlog.close()
    done.join(timeout=20)
    assert scene.analysis.said == ["Wat deed dat met je?"]


def test_draft_after_which_the_speaker_went_on_is_not_told() -> None:
    scene = _Scene()
    draft = Waiting(Utterance(1.0, 3.0, np.full(32_000, 0.5, np.float32)), 100.0)
    scene.backlog.offer(draft)
    done = threading.Thread(target=scene.understanding._run)
    done.start()
    _until(lambda: scene.backlog._busy is draft)
    scene.backlog.offer(None)
    scene.backlog.close()
    done.join(timeout=20)
    assert scene.analysis.said == []


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(2_000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it never came")


def test_forgotten_stretch_reaches_no_analysis_and_what_came_before_does() -> None:
    scene = _Scene()
    scene.say(1.0)
    scene.say(5.0)
    scene.understanding.forget(104.0, 110.0)
    scene.say(9.0)
    scene.run()
    turns = [finding.at for finding in scene.sent if isinstance(finding, TurnHeard)]
    assert turns == [101.0]


def test_analysis_forgets_at_once_though_nothing_more_is_said() -> None:
    scene = _Scene()
    scene.say(1.0)
    scene.run()
    scene.understanding.forget(60.0, 120.0)
    assert scene.analysis.said[-1] == ("forget", 60.0, 120.0)
