"""What the listener asks of the language part."""

from __future__ import annotations

from typing import Protocol

from companion.events import AnyFinding
from companion.speech.heard import Heard
from companion.vocabulary import Role


class Analysis(Protocol):
    """Listens along in one meeting; utterances come in the order in which they were said."""

    def enter(self, step: int) -> None:
        """The group is in this step now."""
        ...

    def tie(self, voice: int, role: Role | None) -> None:
        """From now on this voice has that role; None: none that is known."""
        ...

    def forget(self, since: float, until: float) -> None:
        """What was said between these moments is no longer known."""
        ...

    def analyse(self, heard: Heard) -> list[AnyFinding]:
        """The findings of one utterance, its turn among them."""
        ...
