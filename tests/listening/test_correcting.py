from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from companion.audio.frame import Samples
from companion.events import AdviceHeard, AnyFinding, QuestionHeard, SpanRevised, TurnHeard
from companion.listening.backlog import Waiting
from companion.listening.correcting import Correcting
from companion.listening.second_look import SecondLook
from companion.speech.heard import Heard
from companion.speech.transcriber import Recognised
from companion.speech.utterances import Utterance
from companion.vocabulary import Role, SentenceKind


class _Echo:
    def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:  # noqa: ARG002
        return Recognised("Wat deed dat met je?", -0.3)


@dataclass
class _Analysis:
    told: list[object] = field(default_factory=list)

    def enter(self, step: int) -> None:
        self.told.append(step)

    def tie(self, voice: int, role: Role | None) -> None:
        self.told.append((voice, role))

    def forget(self, since: float, until: float) -> None:
        self.told.append(("forget", since, until))

    def analyse(self, heard: Heard) -> list[AnyFinding]:
        self.told.append(heard.text)
        at, until = heard.at, heard.until
        return [
            TurnHeard(at=at, until=until),
            QuestionHeard(at=at, until=until, label=SentenceKind.OPEN, probability=0.9),
            AdviceHeard(at=at, until=until, label=SentenceKind.ADVIES, probability=0.8),
        ]


def _correcting() -> tuple[Correcting, _Analysis, list[AnyFinding]]:
    said: list[AnyFinding] = []
    analysis = _Analysis()

    def say(findings: Iterable[AnyFinding]) -> None:
        said.extend(findings)

    look = SecondLook(_Echo, 0.0)
    look.start()
    return Correcting(look, analysis, say), analysis, said


def _waiting(at: float) -> Waiting:
    return Waiting(Utterance(at, at + 3.5, np.full(64_000, 0.5, np.float32)), 0.0)


def test_questions_and_advice_are_said_again_after_what_is_taken_back() -> None:
    correcting, _, said = _correcting()
    correcting.add(_waiting(1.0), None)
    assert said == [], "the block is not full"
    correcting.finish()
    taken, question, advice = said
    assert taken == SpanRevised(at=1.0, until=4.5)
    assert isinstance(question, QuestionHeard)
    assert isinstance(advice, AdviceHeard)
    assert question.revised
    assert advice.revised
    assert all(1.0 <= one.at < 4.5 for one in said)


def test_analysis_is_in_the_step_in_which_it_was_said() -> None:
    correcting, analysis, _ = _correcting()
    correcting.enter(2)
    correcting.add(_waiting(1.0), None)
    correcting.enter(3)
    correcting.tie(1, Role.INBRENGER)
    correcting.finish()
    assert analysis.told == [(1, Role.INBRENGER), 2, "Wat deed dat met je?"]
