"""From utterances to findings, in a thread of its own: recognition, gates, analysis."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from companion.errors import ModelError
from companion.events import AnyFinding, ListeningProblem
from companion.listening.backlog import Backlog
from companion.listening.condition import Condition
from companion.listening.outlet import Send
from companion.listening.voicing import Voicing
from companion.speech.heard import Heard
from companion.speech.recognition import recognise
from companion.speech.transcriber import Transcriber
from companion.vocabulary import Role


class Analysis(Protocol):
    """What the listener asks of the language part."""

    def enter(self, step: int) -> None:
        """The group is in this step now."""
        ...

    def tie(self, voice: int, role: Role | None) -> None:
        """From now on this voice has that role; None: none that is known."""
        ...

    def analyse(self, heard: Heard) -> list[AnyFinding]:
        """The findings of one utterance, its turn among them."""
        ...


Order = Callable[[Analysis], None]
"""Something to tell the analysis, between two utterances."""

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
    _orders: queue.SimpleQueue[Order] = field(default_factory=queue.SimpleQueue)

    def start(self) -> None:
        """Load the models, then begin; both in a thread of its own."""
        threading.Thread(target=self._run, name="understanding", daemon=True).start()

    def tell(self, order: Order) -> None:
        """Hand the analysis an order; it takes effect before the next utterance."""
        self._orders.put(order)

    def _run(self) -> None:
        try:
            transcriber = self.load_transcriber()
            analysis = self.load_analysis()
        except ModelError as error:
            self.failed()
            self.condition.fail(_PROBLEMS.get(error.code, ListeningProblem.LANGUAGE_MISSING))
            return
        self.condition.update(ready=True)
        while waiting := self.backlog.take():
            while not self._orders.empty():
                self._orders.get()(analysis)
            heard = recognise(
                waiting.utterance, transcriber, origin=waiting.origin, quick=self.backlog.behind
            )
            if self.backlog.stands(waiting) and heard:
                self._tell(heard, analysis)
                self.condition.add_words(len(heard.text.split()))
            self.condition.update(lag=self.backlog.lag)
        self.condition.update(ended=True)

    def _tell(self, heard: Heard, analysis: Analysis) -> None:
        """Send the findings, with their voices where these are told apart."""
        if self.voicing is None:
            for finding in analysis.analyse(heard):
                self.send(finding)
            return
        voice, sure = self.voicing.voice_of(heard.at, heard.until)
        heard = msgspec.structs.replace(heard, voice=voice, sure=sure)
        self.voicing.tell(analysis.analyse(heard))
