"""Where utterances begin and end, in seconds and probabilities; it never sees a sample."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True)
class Span:
    """An utterance from `at` to `until`, in seconds of the stream."""

    at: float
    until: float
    whole: bool = True
    """False: it was cut because it lasted long; the speaker went on."""


@dataclass
class Segmenter:
    """Takes (seconds, probability of speech) piece by piece and says where utterances are.

    Spans come in order, don't overlap, and none is longer than `longest`.
    """

    pause: float = 0.6
    """Seconds without speech that end an utterance: shorter ones cut sentences in two, which
    costs words (0.5 s: 5 % more wrong), longer ones make every answer late."""
    least: float = 0.2
    """Seconds of speech under which a sound is no utterance."""
    longest: float = 12.0
    """An utterance is cut before it lasts longer than this."""
    enters: float = 0.5
    """Probability from which speech begins."""
    leaves: float = 0.35
    """Probability under which speech stops: lower, so that a weak syllable doesn't split."""

    draft_after: float = 0.2
    """Seconds without speech after which the utterance may be over: `draft` shows it."""

    now: float = 0.0
    _start: float | None = None
    _spoken: float = 0.0
    _last_speech: float = 0.0
    _pieces: list[tuple[float, float]] = field(default_factory=list)
    """(end, probability) of the pieces of the open utterance."""

    @property
    def speaking(self) -> bool:
        """An utterance is open."""
        return self._start is not None

    @property
    def opened(self) -> float | None:
        """Where the open utterance began; None: none is open."""
        return self._start

    @property
    def silent_for(self) -> float:
        """Seconds since speech was last heard."""
        return self.now - self._last_speech

    def process(self, seconds: float, probability: float) -> Span | None:
        """Take the next piece; the utterance that it completes, if any."""
        begins, self.now = self.now, self.now + seconds
        speech = probability >= (self.leaves if self.speaking else self.enters)
        if speech:
            self._last_speech = self.now
            if self._start is None:
                self._open(begins)
            self._spoken += seconds
        if self._start is None:
            return None
        self._pieces.append((self.now, probability))
        if self.silent_for >= self.pause:
            return self._close(self._last_speech)
        if self.now - self._start + seconds > self.longest:
            return self._cut() if speech else self._close(self._last_speech)
        return None

    @property
    def draft(self) -> Span | None:
        """The utterance that this pause will complete if it lasts; None: there is none."""
        paused = self._start is not None and self.silent_for >= self.draft_after
        if self._start is None or not paused or self._spoken < self.least:
            return None
        return Span(self._start, self._last_speech)

    def resumed(self, since: float) -> Span | None:
        """The speech of the open utterance after its pause that began at `since`, so far."""
        for (at, _), (_, probability) in pairwise(self._pieces):
            if at >= since and probability >= self.enters:
                return Span(at, self._last_speech)
        return None

    def end_at(self, until: float) -> Span | None:
        """End the open utterance at its pause that began at `until`; speech after it goes on."""
        start, speech = self._start, self.resumed(until)
        if start is None or speech is None:
            return None
        self._start, self._spoken = speech.at, speech.until - speech.at
        self._pieces = [piece for piece in self._pieces if piece[0] > speech.at]
        return Span(start, until)

    def finish(self) -> Span | None:
        """The stream ends here: what was still open."""
        return None if self._start is None else self._close(self._last_speech)

    def skip_to(self, seconds: float) -> None:
        """The stream was broken and goes on at `seconds`; call finish() before."""
        self.now = seconds
        self._last_speech = seconds

    def _open(self, at: float) -> None:
        self._start, self._spoken, self._pieces = at, 0.0, []

    def _close(self, until: float) -> Span | None:
        start, enough = self._start, self._spoken >= self.least
        self._start, self._pieces = None, []
        return Span(start, until) if start is not None and enough and until > start else None

    def _cut(self) -> Span:
        """Somebody is speaking: cut in the clearest dip of the second half and go on from there."""
        start = self._start or 0.0
        half = start + (self.now - start) / 2
        late = [piece for piece in self._pieces if piece[0] > half]
        at = min(late, key=lambda piece: (round(piece[1], 1), -piece[0]))[0]
        self._start = at
        self._pieces = [piece for piece in self._pieces if piece[0] > at]
        self._spoken = self.least  # the speaker goes on: what follows counts, however short
        return Span(start, at, whole=False)
