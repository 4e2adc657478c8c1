"""From second looks to corrected counts, in the thread of the understanding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import msgspec

from companion.events import AdviceHeard, AnyFinding, QuestionHeard, SpanRevised
from companion.listening.analysis import Analysis
from companion.listening.backlog import Waiting
from companion.listening.second_look import Looked, SecondLook
from companion.speech.heard import Heard
from companion.vocabulary import Role

Say = Callable[[Iterable[AnyFinding]], None]


@dataclass
class Correcting:
    """Gives every second look to an analysis of its own, which knows what was said before."""

    look: SecondLook
    analysis: Analysis
    say: Say

    def enter(self, step: int) -> None:
        """The group is in this step now."""
        self.look.enter(step)

    def tie(self, voice: int, role: Role | None) -> None:
        """From now on this voice has that role; None: none that is known."""
        self.analysis.tie(voice, role)

    def add(self, waiting: Waiting, heard: Heard | None) -> None:
        """An utterance, and what was heard in it at first; tells what is ready by now."""
        self.look.add(waiting, heard)
        self._tell(self.look.ready())

    def forget(self, since: float, until: float) -> None:
        """What was said between these moments is no longer known, nor looked at again."""
        self.look.forget(since, until)
        self.analysis.forget(since, until)

    def finish(self) -> None:
        """Nothing more comes: look at the rest and tell it."""
        self._tell(self.look.finish())

    def _tell(self, looked: Iterator[Looked]) -> None:
        for one in looked:
            self.say(self._corrections(one))

    def _corrections(self, looked: Looked) -> Iterator[AnyFinding]:
        yield SpanRevised(at=looked.at, until=looked.until)
        self.analysis.enter(looked.step)
        for heard in looked.heard:
            for finding in self.analysis.analyse(heard):
                if isinstance(finding, QuestionHeard | AdviceHeard):
                    yield msgspec.structs.replace(finding, revised=True)
