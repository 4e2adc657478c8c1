"""An utterance to words that are believed, live and from a recording alike."""

from __future__ import annotations

import bisect
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec

from companion.audio.frame import Frame
from companion.audio.level import measure
from companion.audio.recording import open_recording
from companion.speech.blocks import Block, Blocks
from companion.speech.gates import refuse, too_quiet
from companion.speech.heard import Heard
from companion.speech.transcriber import Phrase, Recognised, Transcriber
from companion.speech.utterances import BEFORE, Utterance, Utterances

_EARLY = 0.3
"""Seconds by which a phrase's middle may seem to lie before its utterance."""

Progress = Callable[[float], None]
"""Called with the seconds of the recording that are done."""
Listening = Callable[[Frame, bool], None]
"""Called with all sound and whether somebody speaks in it, before what was said comes out."""


def recognise(
    utterance: Utterance, transcriber: Transcriber, *, origin: float = 0.0, quick: bool = False
) -> Heard | None:
    """The words of `utterance`, whose source began at `origin` of the meeting.

    None where the gates don't believe that somebody said them.
    """
    if too_quiet(measure(utterance.samples)):
        return None
    recognised = transcriber.recognise(utterance.samples, quick=quick)
    if refuse(recognised, utterance.seconds):
        return None
    return Heard(
        at=origin + utterance.at,
        until=origin + utterance.until,
        text=recognised.text,
        logprob=recognised.logprob,
    )


def recognise_block(
    block: Block, transcriber: Transcriber, *, origin: float = 0.0
) -> list[Heard] | None:
    """The phrases of `block` as they are believed; None: the whole of it is not."""
    if too_quiet(measure(block.samples)):
        return None
    recognised = transcriber.recognise(block.samples)
    if refuse(recognised, block.spoken):
        return None
    phrases = recognised.phrases or (Phrase(0.0, block.seconds, recognised.text),)
    heard = (_phrase(phrase, block, recognised, origin) for phrase in phrases)
    return [phrase for phrase in heard if phrase]


def _phrase(phrase: Phrase, block: Block, whole: Recognised, origin: float) -> Heard | None:
    at, until = block.moment(phrase.at), block.moment(phrase.until - BEFORE)
    alone = Recognised(phrase.text, whole.logprob, whole.no_speech)
    if refuse(alone, max(phrase.until - phrase.at, until - at)):
        return None
    return Heard(
        at=origin + at,
        until=origin + max(until, at),
        text=phrase.text,
        logprob=whole.logprob,
    )


def hear_block(block: Block, transcriber: Transcriber) -> list[Heard]:
    """What is said in each utterance of `block`; by themselves where the whole is not believed."""
    phrases = recognise_block(block, transcriber)
    if phrases is not None:
        return _by_utterance(phrases, block)
    heard = (recognise(utterance, transcriber) for utterance in block.utterances)
    return [one for one in heard if one]


def _by_utterance(phrases: Iterable[Heard], block: Block) -> list[Heard]:
    """Phrases of one utterance joined: a turn is what is said between two pauses, as live."""
    starts = [utterance.at - _EARLY for utterance in block.utterances]

    def number(phrase: Heard) -> int:
        return bisect.bisect_right(starts, (phrase.at + phrase.until) / 2)

    return [_joined(list(these)) for _, these in itertools.groupby(phrases, number)]


def _joined(phrases: Sequence[Heard]) -> Heard:
    text = " ".join(phrase.text for phrase in phrases)
    return msgspec.structs.replace(phrases[0], until=phrases[-1].until, text=text)


def hear_recording(
    path: Path,
    transcriber: Transcriber,
    *,
    at_once: int = 1,
    progress: Progress | None = None,
    listen: Listening | None = None,
) -> Iterator[Heard]:
    """Everything said in a recording, in order, as fast as `at_once` threads can.

    Recognised by the block, as the second look does live: there is no hurry, and no other
    way makes fewer mistakes. RecordingError where the file is no usable recording, before
    anything is decoded.
    """
    recording = open_recording(path)
    return _ordered(_cut(recording.frames(), listen), transcriber, at_once, progress)


def _cut(frames: Iterator[Frame], listen: Listening | None = None) -> Iterator[tuple[float, Block]]:
    """Each block when it is whole, with the seconds of the recording that were read."""
    utterances, blocks = Utterances(), Blocks()
    heard = 0.0
    for frame in frames:
        heard = frame.until
        for utterance in utterances.feed(frame):
            if block := blocks.add(utterance):
                yield heard, block
        if listen:
            listen(frame, utterances.voiced)
    for utterance in utterances.finish():
        if block := blocks.add(utterance):
            yield heard, block
    if block := blocks.finish():
        yield heard, block


def _ordered(
    cut: Iterator[tuple[float, Block]],
    transcriber: Transcriber,
    at_once: int,
    progress: Progress | None,
) -> Iterator[Heard]:
    """Recognise side by side, yield in order; at most a few blocks are held."""
    waiting: deque[tuple[float, Future[list[Heard]]]] = deque()

    def oldest() -> Iterator[Heard]:
        seconds, future = waiting.popleft()
        heard = future.result()
        if progress:
            progress(seconds)
        yield from heard

    with ThreadPoolExecutor(at_once, thread_name_prefix="recognition") as pool:
        try:
            for seconds, block in cut:
                waiting.append((seconds, pool.submit(hear_block, block, transcriber)))
                while len(waiting) > 2 * at_once or (waiting and waiting[0][1].done()):
                    yield from oldest()
            while waiting:
                yield from oldest()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
