"""What was heard, in words: exists only inside the listener process."""

from __future__ import annotations

import msgspec

from companion.vocabulary import Role


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """One utterance with its text. Times are seconds of meeting time."""

    at: float
    until: float
    text: str = msgspec.field(default="")
    voice: int | None = None
    role: Role | None = None
    sure: bool = False
    """The voice is certain enough to be named."""
    logprob: float = 0.0
    """Mean log probability of the tokens, as the recogniser gives it; 0 for typed text."""
    rising: float | None = None
    """Final pitch against the utterance's own median, in semitones; None: not measured."""
