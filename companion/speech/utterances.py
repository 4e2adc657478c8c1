"""Frames in, utterances out: voice activity, segmenting and the sound that belongs to it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from companion.audio.frame import SAMPLE_RATE, Frame, Samples
from companion.speech.activity import CHUNK_SECONDS, Activity
from companion.speech.segmentation import Segmenter, Span

BEFORE = 0.3
"""Seconds kept before speech was noticed: the network wakes late on soft consonants."""
AFTER = 0.2
"""Seconds kept after the last speech."""

_VOICED = 0.15
"""Seconds after speech that still belong to it."""


@dataclass(frozen=True, eq=False)
class Utterance:
    """A stretch of speech with its sound; times in seconds of the source.

    `samples` start up to 0.3 s before `at` and go on up to 0.2 s after `until`.
    """

    at: float
    until: float
    samples: Samples = field(repr=False)
    whole: bool = True

    @property
    def seconds(self) -> float:
        """How long the speech lasts."""
        return self.until - self.at


@dataclass
class Utterances:
    """Cuts a stream of frames into utterances; holds no more sound than the open one."""

    segmenter: Segmenter = field(default_factory=Segmenter)
    activity: Activity = field(default_factory=Activity)
    _kept: deque[Samples] = field(default_factory=deque)
    _kept_until: float = 0.0
    _draft: Utterance | None = None

    @property
    def speaking(self) -> bool:
        """Somebody is speaking now, as far as known."""
        return self.segmenter.speaking

    @property
    def voiced(self) -> bool:
        """Somebody speaks at this very moment, pauses left out: what a voice is told by."""
        return self.speaking and self.silent_for < _VOICED

    @property
    def silent_for(self) -> float:
        """Seconds of the source since speech was last heard."""
        return self.segmenter.silent_for

    @property
    def now(self) -> float:
        """Seconds of the source so far."""
        return self.segmenter.now

    @property
    def draft(self) -> Utterance | None:
        """The open utterance as it will be if the present pause lasts; None: nobody pauses.

        The same object for the whole of a pause; the utterance that the pause completes
        has the same times and sound.
        """
        span = self.segmenter.draft
        if span is None:
            self._draft = None
        elif self._draft is None or (self._draft.at, self._draft.until) != (span.at, span.until):
            self._draft = self._cut(span)
        return self._draft

    def holds(self, draft: Utterance) -> bool:
        """Whether `draft` is the beginning of the utterance that is open."""
        return self.segmenter.opened == draft.at

    def resumed(self, draft: Utterance) -> Samples | None:
        """The sound of the speech after the pause of `draft`, so far; None: there is none."""
        span = self.segmenter.resumed(draft.until) if self.holds(draft) else None
        return None if span is None else self._sound(span.at, span.until)

    def end_with(self, draft: Utterance) -> Iterator[Utterance]:
        """`draft`, as an utterance: what was said after its pause is another one's beginning."""
        if self.holds(draft) and self.segmenter.end_at(draft.until):
            yield draft

    def feed(self, frame: Frame) -> Iterator[Utterance]:
        """The utterances that `frame` completes."""
        if frame.at - self._heard_until() > CHUNK_SECONDS:
            yield from self.finish()
            self._jump(frame.at)
        for chunk, probability in self.activity.probabilities(frame):
            self._kept.append(chunk)
            self._kept_until += CHUNK_SECONDS
            span = self.segmenter.process(CHUNK_SECONDS, probability)
            if span:
                yield self._cut(span)
            self._forget()

    def finish(self) -> Iterator[Utterance]:
        """What was still open when the stream ended or broke."""
        span = self.segmenter.finish()
        if span:
            yield self._cut(span)

    def _heard_until(self) -> float:
        return self._kept_until + self.activity.waiting

    def _jump(self, at: float) -> None:
        self.activity.reset()
        self._kept.clear()
        self._kept_until = at
        self.segmenter.skip_to(at)

    def _cut(self, span: Span) -> Utterance:
        after = AFTER if span.whole else 0.0
        sound = self._sound(span.at - BEFORE, span.until + after)
        return Utterance(span.at, span.until, sound, span.whole)

    def _sound(self, at: float, until: float) -> Samples:
        """What is kept of the sound between two moments."""
        sound = np.concatenate(self._kept)
        begin = self._kept_until - len(sound) / SAMPLE_RATE
        first, last = (round((moment - begin) * SAMPLE_RATE) for moment in (at, until))
        return sound[max(0, first) : max(0, last)]

    def _forget(self) -> None:
        """Drop sound that no utterance can need any more."""
        opened = self.segmenter.opened
        needed = (self._kept_until if opened is None else opened) - BEFORE
        begin = self._kept_until - len(self._kept) * CHUNK_SECONDS
        while self._kept and begin + CHUNK_SECONDS <= needed:
            self._kept.popleft()
            begin += CHUNK_SECONDS
