"""A composed meeting through the listener's own parts, and how far what came out is right."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from companion.audio.frame import SAMPLE_RATE, Frame, Samples
from companion.events import AnyFinding, TurnHeard, VoiceSampled, VoicesRelabelled
from companion.listening.voicing import Voicing
from companion.method.speakers import relabelled
from companion.session.voice_showing import margin_of
from companion.speech.utterances import Utterances
from companion.speech.voice_clustering import assign
from companion.speech.voice_network import Embedding, VoiceNetwork
from models.voices.compose import STEP, Meeting

LEARNT = 120.0
"""Seconds after which shares are held to their target."""
_FRAME = SAMPLE_RATE // 10
_RECOGNISED = 0.8
"""Seconds after an utterance at which it is told, as recognition takes them."""
_LEAST_VOICE = 5.0
"""Seconds of speech from which a voice counts as one."""
_AT_ONCE, _LONG_AT_ONCE = 0.2, 0.3
"""Seconds of speech at once that make a flag right, and that should have had one."""


@dataclass
class TimedNetwork:
    """The network, with each stretch embedded once, and the processor time of its thread."""

    network: VoiceNetwork
    known: dict[bytes, Embedding] = field(default_factory=dict)
    windows: int = 0
    seconds: float = 0.0
    """Of processor time in the voices' thread, embedding and grouping alike."""

    def embed(self, samples: Samples) -> Embedding:
        """As the network does."""
        key = samples.tobytes()
        if key not in self.known:
            self.known[key] = self.network.embed(samples)
            self.windows += 1
        self.seconds = time.thread_time()
        return self.known[key]


@dataclass(frozen=True)
class Flags:
    """The flag for speech at once: by time in cells of 10 ms, and by turn and stretch."""

    both: int
    flagged: int
    hit: int
    """Cells that are both."""
    turns: int
    """Turns with a flag."""
    right: int
    """Those in which there is speech at once."""
    stretches: int
    """Stretches of speech at once."""
    found: int
    """Those in a flagged turn."""


@dataclass(frozen=True)
class Outcome:
    """Points are hundredths of all speech after the first two minutes."""

    share_error: float
    """Mean over the speakers."""
    largest: float
    covered: float
    """Share of the speakers whose share was off by no more than was said."""
    margin: float
    """What was said: by how much a share may be off."""
    voices: int
    at_once: float
    """Per cent of speech of one person with another's voice, as first told."""
    after: float
    """The same when everything was corrected."""
    overlap: Flags


def hear(meeting: Meeting, network: TimedNetwork, *, samples: bool) -> list[AnyFinding]:
    """What the listener tells of a meeting: turns, corrections and samples, in order."""
    told: list[AnyFinding] = []
    voicing = Voicing(lambda: network, told.append, pace=0)
    voicing.start()
    utterances = Utterances()
    waiting: list[tuple[float, TurnHeard]] = []
    spans = list(enumerate(meeting.samples)) if samples else []
    for frame in _frames(meeting.sound):
        while spans and frame.at >= spans[0][1][0]:
            voicing.sample(spans.pop(0)[0])
        for utterance in utterances.feed(frame):
            turn = TurnHeard(at=utterance.at, until=utterance.until)
            waiting.append((frame.until + _RECOGNISED, turn))
        voicing.take(frame.samples, frame.at, speech=utterances.voiced)
        while waiting and waiting[0][0] <= frame.until:
            _tell(voicing, waiting.pop(0)[1])
    voicing.pause()
    waiting += [(0.0, TurnHeard(at=u.at, until=u.until)) for u in utterances.finish()]
    for _, turn in waiting:
        _tell(voicing, turn)
    return told


def _tell(voicing: Voicing, turn: TurnHeard) -> None:
    voicing.voice_of(turn.at, turn.until)
    voicing.tell([turn])


def _frames(sound: Samples) -> Iterator[Frame]:
    for first in range(0, len(sound) - _FRAME, _FRAME):
        yield Frame(sound[first : first + _FRAME], first / SAMPLE_RATE)


def sampled(told: list[AnyFinding]) -> int:
    """How many samples were long enough."""
    return sum(1 for f in told if isinstance(f, VoiceSampled) and f.enough)


def judge(meeting: Meeting, told: list[AnyFinding]) -> Outcome:
    """What was told, at once and corrected, against the truth."""
    first = [f for f in told if isinstance(f, TurnHeard)]
    turns = list(first)
    for correction in told:
        if isinstance(correction, VoicesRelabelled):
            turns = [t for t in relabelled(turns, correction.stretches) if isinstance(t, TurnHeard)]
    truth = meeting.truth
    after = _cells(turns, truth.shape[1])
    voices = sorted({int(v) for v in after[after >= 0]})
    owner = _owners(truth, after, voices)
    late = np.arange(truth.shape[1]) * STEP >= LEARNT
    true_share = truth[:, late].sum(axis=1) / truth[:, late].sum()
    heard = (after >= 0) & late
    share = np.array([(heard & (after == v)).sum() / max(heard.sum(), 1) for v in owner])
    off = np.abs(share - true_share)
    margin = margin_of([turn for turn in turns if turn.until > LEARNT])
    return Outcome(
        share_error=float(off.mean() * 100),
        largest=float(off.max() * 100),
        covered=float((off <= margin).mean()),
        margin=margin * 100,
        voices=sum(1 for v in voices if (heard & (after == v)).sum() * STEP >= _LEAST_VOICE),
        at_once=_wrong(truth, _cells(first, truth.shape[1]), owner, late),
        after=_wrong(truth, after, owner, late),
        overlap=_overlap(truth, turns, late),
    )


def _cells(turns: list[TurnHeard], count: int) -> NDArray[np.intp]:
    """The voice in every 10 ms; -1: none, -2: somebody who is not known."""
    cells = np.full(count, -1)
    for turn in turns:
        voice = -2 if turn.voice is None else turn.voice
        cells[round(turn.at / STEP) : round(turn.until / STEP)] = voice
    return cells


def _owners(truth: NDArray[np.bool_], cells: NDArray[np.intp], voices: list[int]) -> list[int]:
    """The voice of each speaker, so that most is right; -9: none is left for them."""
    if not voices:
        return [-9] * len(truth)
    gains = np.array([[(row & (cells == v)).sum() for v in voices] for row in truth], np.float64)
    return [voices[column] if column >= 0 else -9 for column in assign(gains)]


def _wrong(
    truth: NDArray[np.bool_],
    cells: NDArray[np.intp],
    owner: list[int],
    late: NDArray[np.bool_],
) -> float:
    """Per cent of the speech of one person, where speech was heard, that is another's."""
    base = (truth.sum(axis=0) == 1) & (cells != -1) & late
    right = sum(int((row & base & (cells == v)).sum()) for row, v in zip(truth, owner, strict=True))
    return 100 * (1 - right / max(int(base.sum()), 1))


def _overlap(truth: NDArray[np.bool_], turns: list[TurnHeard], late: NDArray[np.bool_]) -> Flags:
    both = (truth.sum(axis=0) > 1) & late
    spans = [_span(turn) for turn in turns if turn.overlap and turn.until > LEARNT]
    flagged = np.zeros(len(both), np.bool_)
    for span in spans:
        flagged[span] = True
    flagged &= late
    edges = np.flatnonzero(np.diff(np.concatenate(([0], both, [0]))))
    stretches = [
        slice(begin, end)
        for begin, end in zip(edges[::2], edges[1::2], strict=True)
        if (end - begin) * STEP >= _LONG_AT_ONCE
    ]
    return Flags(
        both=int(both.sum()),
        flagged=int(flagged.sum()),
        hit=int((both & flagged).sum()),
        turns=len(spans),
        right=sum(1 for span in spans if both[span].sum() * STEP >= _AT_ONCE),
        stretches=len(stretches),
        found=sum(1 for stretch in stretches if flagged[stretch].any()),
    )


def _span(turn: TurnHeard) -> slice:
    return slice(round(turn.at / STEP), round(turn.until / STEP))
