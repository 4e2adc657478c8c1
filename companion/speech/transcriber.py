"""What the program asks of a speech recogniser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from companion.audio.frame import Samples


@dataclass(frozen=True)
class Phrase:
    """Words that belong together, with their place in the sound in seconds."""

    at: float
    until: float
    text: str


@dataclass(frozen=True)
class Recognised:
    """What a recogniser made of one utterance, before the gates."""

    text: str = ""
    logprob: float = 0.0
    """Mean log probability of the tokens."""
    no_speech: float = 0.0
    """Probability that nobody spoke."""
    phrases: tuple[Phrase, ...] = ()
    """The text with its times, as far as the recogniser knows them."""


class Transcriber(Protocol):
    """Speech to text for one utterance of at most 30 s of 16 kHz mono; safe from any thread."""

    def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:
        """The words of `samples`; `quick`: less well, for who is behind."""
        ...
