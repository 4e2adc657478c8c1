"""From utterances to findings, in a thread of its own: recognition, gates, analysis."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from companion.errors import ModelError
from companion.events import AnyFinding, ListeningProblem
from companion.listening.analysis import Analysis
from companion.listening.backlog import Backlog, Waiting
from companion.listening.condition import Condition
from companion.listening.correcting import Correcting
from companion.listening.outlet import Send
from companion.listening.second_look import SecondLook
from companion.listening.voicing import Voicing
from companion.speech.heard import Heard
from companion.speech.recognition import recognise
from companion.speech.transcriber import Transcriber
from companion.vocabulary import Role


class Told(Protocol):
    """What is told where the group is and who is who."""

    def enter(self, step: int) -> None:
        """The group is in this step now."""
        ...

    def tie(self, voice: int, role: Role | None) -> None:
        """From now on this voice has that role; None: none that is known."""
        ...


Order = Callable[[Told], None]
"""Something to tell between two utterances."""
Forget = Callable[[float, float], None]
"""Lets go of what was said between two moments."""

_PROBLEMS = {
    "model.missing": ListeningProblem.MODEL_MISSING,
    "model.damaged": ListeningProblem.MODEL_DAMAGED,
}


@dataclass
class Understanding:
    """Takes the backlog one by one until it is closed and empty."""

    load_transcriber: Callable[[], Transcriber]
    load_analysis: Callable[[], Analysis]
    backlog: Backlog
    condition: Condition
    send: Send
    failed: Callable[[], None]
    """Called when a model can't be loaded: there is no use in hearing."""
    voicing: Voicing | None = None
    look: SecondLook | None = None
    """Corrects the counts later; None: they stay as they were heard at first."""
    _orders: queue.SimpleQueue[Order] = field(default_factory=queue.SimpleQueue)
    _forget: list[Forget] = field(default_factory=list)
    """What remembers."""
    _thinking: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        """Load the models, then begin; both in a thread of its own."""
        threading.Thread(target=self._run, name="understanding", daemon=True).start()

    def tell(self, order: Order) -> None:
        """Hand the analysis an order; it takes effect before the next utterance."""
        self._orders.put(order)

    def forget(self, since: float, until: float) -> None:
        """Let go, at once, of what was said between these moments."""
        self.backlog.forget(since, until)
        with self._thinking:
            for forget in self._forget:
                forget(since, until)

    def _run(self) -> None:
        try:
            transcriber = self.load_transcriber()
            analysis = self.load_analysis()
        except ModelError as error:
            self.failed()
            self.condition.fail(_PROBLEMS.get(error.code, ListeningProblem.LANGUAGE_MISSING))
            return
        correcting = self._correcting()
        self.condition.update(ready=True)
        self._remembers(analysis, correcting)
        while waiting := self.backlog.take():
            with self._thinking:
                self._obey(analysis, correcting)
            heard = recognise(
                waiting.utterance, transcriber, origin=waiting.origin, quick=self.backlog.behind
            )
            stood = self.backlog.stands(waiting)  # waits; an order to forget must not
            with self._thinking:
                if stood and self.backlog.stands(waiting):
                    self._hear(waiting, heard, analysis, correcting)
            self.condition.update(lag=self.backlog.lag)
        if correcting:
            correcting.finish()
        self.condition.update(ended=True)

    def _remembers(self, analysis: Analysis, correcting: Correcting | None) -> None:
        with self._thinking:
            self._forget.append(analysis.forget)
            if correcting:
                self._forget.append(correcting.forget)

    def _correcting(self) -> Correcting | None:
        if self.look is None:
            return None
        self.look.start()
        return Correcting(self.look, self.load_analysis(), self._say)

    def _obey(self, analysis: Analysis, correcting: Correcting | None) -> None:
        while not self._orders.empty():
            order = self._orders.get()
            order(analysis)
            if correcting:
                order(correcting)

    def _hear(
        self,
        waiting: Waiting,
        heard: Heard | None,
        analysis: Analysis,
        correcting: Correcting | None,
    ) -> None:
        if heard:
            if self.voicing:
                voice, sure = self.voicing.voice_of(heard.at, heard.until)
                heard = msgspec.structs.replace(heard, voice=voice, sure=sure)
            self._say(analysis.analyse(heard))
            self.condition.add_words(len(heard.text.split()))
        if correcting:
            correcting.add(waiting, heard)

    def _say(self, findings: Iterable[AnyFinding]) -> None:
        """Send findings, with their voices where these are told apart."""
        if self.voicing:
            self.voicing.tell(findings)
            return
        for finding in findings:
            self.send(finding)
