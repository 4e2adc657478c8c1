"""When another voice goes on after a short pause, what was said before it is complete.

People answer each other sooner than the pause that ends an utterance. So the draft of a pause
is held until half a second of speech tells whether the same voice goes on after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from companion.audio.frame import SAMPLE_RATE, Samples
from companion.speech.utterances import AFTER, Utterance, Utterances
from companion.speech.voice_network import Network

ENOUGH = 0.5
"""Seconds of speech that are waited for: 0.75 s knows little better and comes later."""
_LEAST = 0.3
"""Seconds of speech to compare, where there is no more before the next pause."""
_BEFORE = 1.5
"""Seconds of what was said before it that are compared with."""
_PATIENCE = 2.0
"""Seconds after a draft in which it must be known: recognition waits for that."""
_SAME = 0.42
"""Cosine from which half a second of speech is of the voice before it. Under it lie, by room,
0.64 to 0.76 of such turns and 0.14 to 0.32 of the pauses within a sentence."""


@dataclass(eq=False)
class Comparison:
    """Two stretches of speech, and whether they are of two voices; None: not known yet."""

    before: Samples
    after: Samples
    differ: bool | None = None


def differ(comparison: Comparison, network: Network) -> bool:
    """Whether `network` hears two voices."""
    before, after = network.embed(comparison.before), network.embed(comparison.after)
    return float(before @ after) < _SAME


class Voices(Protocol):
    """Who can tell voices apart, beside all else."""

    def compare(self, comparison: Comparison) -> None:
        """Set `differ`, now or a little later."""
        ...


@dataclass
class TurnTaking:
    """Looks, frame by frame, at how the last pause of the open utterance ended."""

    utterances: Utterances
    voices: Voices
    draft: Utterance | None = None
    """What this pause, or another voice after it, completes; None: nothing."""
    _asked: Comparison | None = None

    def ended(self) -> Iterator[Utterance]:
        """The utterance that another voice has ended; call it after each frame."""
        draft, pausing = self.draft, self.utterances.draft
        late = draft is not None and self.utterances.now - draft.until > _PATIENCE
        if draft is None or draft is pausing or late or not self.utterances.holds(draft):
            self._hold(pausing)
            return
        if self._asked is None:
            self._ask(draft, least=_LEAST if pausing else ENOUGH)
        if self._asked is None:
            if pausing:  # what was heard was no speech, or too short to have a voice
                self._hold(pausing)
            return
        if self._asked.differ is None:
            return
        if self._asked.differ:
            yield from self.utterances.end_with(draft)
        self._hold(self.utterances.draft)

    def _hold(self, draft: Utterance | None) -> None:
        self.draft, self._asked = draft, None

    def _ask(self, draft: Utterance, least: float) -> None:
        after = self.utterances.resumed(draft)
        if after is None or len(after) < least * SAMPLE_RATE:
            return
        spoken = draft.samples[: len(draft.samples) - round(AFTER * SAMPLE_RATE)]
        before = spoken[-round(_BEFORE * SAMPLE_RATE) :]
        self._asked = Comparison(before, after[: round(ENOUGH * SAMPLE_RATE)])
        if len(before) < _LEAST * SAMPLE_RATE:
            self._asked.differ = False
        else:
            self.voices.compare(self._asked)
