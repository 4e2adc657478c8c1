"""`replay` and `analyse`: from a file to the report."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from companion.events import MeetingStarted, StepAnnounced, VoicesRelabelled
from companion.replaying.opening import opening, role_of, step_hints
from companion.replaying.report import report
from companion.replaying.run import Replay, Understanding
from companion.replaying.transcript import Line, read_transcript
from companion.speech.heard import Heard
from companion.vocabulary import Method, StepFunction, StepMode


class Recording(Protocol):
    """A recording that is heard as its utterances are asked for."""

    @property
    def utterances(self) -> Iterator[Heard]:
        """In order; once."""
        ...

    @property
    def corrections(self) -> Sequence[VoicesRelabelled]:
        """Whose voice it was after all, complete when all is heard."""
        ...

    @property
    def seconds(self) -> float:
        """Its length, known for sure when all is heard."""
        ...


@dataclass(frozen=True)
class Choices:
    """What the owner of a file may choose; None: see to it yourself."""

    mode: StepMode = StepMode.AUTOMATISCH
    minutes: float | None = None
    """The time that the group had; None: the method's own."""
    open_actions: int | None = None
    """Actions still open from last time; None: a look-back belongs if one is announced."""


Understands = Callable[[MeetingStarted], Understanding]
"""Makes the language part for one meeting."""
SURE = 0.5


def analyser_for(language_model: str) -> Understands:
    """The real language part; spaCy loads when the first meeting asks for it."""

    def make(started: MeetingStarted) -> Understanding:
        from companion.analysis.analyser import Analyser  # noqa: PLC0415 - loads spaCy

        return Analyser(language_model, steps=step_hints(started))

    return make


def replay_transcript(
    path: Path,
    method: Method,
    understands: Understands,
    choices: Choices,
) -> dict[str, Any]:
    """The report on a timed transcript; TranscriptError for a file that can't be read."""
    lines = read_transcript(path)
    voices = {name: number for number, name in enumerate(dict.fromkeys(x.speaker for x in lines))}
    heard = [_heard(line, voices) for line in lines]
    began = time.perf_counter()

    def run(actions: int) -> Replay:
        started = opening(
            method,
            speakers=[name for name in voices if name],
            minutes=choices.minutes,
            mode=choices.mode,
            open_actions=actions,
        )
        replay = Replay(started, understands(started))
        replay.hear(heard)
        replay.end(max(line.end for line in lines))
        return replay

    done = decide_look_back(method, run, choices.open_actions)
    return report(
        done,
        {number: name for name, number in voices.items() if name},
        audio_seconds=done.duration,
        wall_seconds=time.perf_counter() - began,
    )


def decide_look_back(
    method: Method, run: Callable[[int], Replay], open_actions: int | None
) -> Replay:
    """Run with the look-back; when none was held and nobody had said, run again without."""
    if open_actions is not None or not any(step.look_back for step in method.steps):
        return run(open_actions or 0)
    with_it = run(1)
    return with_it if _look_back_held(with_it) else run(0)


def _look_back_held(replay: Replay) -> bool:
    """A look-back was announced before the group had moved on to its second step."""
    visits = replay.meeting.record.progress.visits
    moved = visits[1].since if len(visits) > 1 else replay.duration
    early = itertools.takewhile(lambda event: event.at <= moved, replay.events)
    return any(
        isinstance(event, StepAnnounced)
        and event.function is StepFunction.TERUGBLIK
        and event.probability >= SURE
        for event in early
    )


def _heard(line: Line, voices: dict[str, int]) -> Heard:
    return Heard(
        at=line.start,
        until=line.end,
        text=line.text,
        voice=voices[line.speaker] if line.speaker else None,
        role=role_of(line.speaker),
        sure=bool(line.speaker),
    )


def analyse_recording(
    recording: Recording,
    method: Method,
    understands: Understands,
    choices: Choices,
) -> dict[str, Any]:
    """The report on a recording, heard as it comes."""
    began = time.perf_counter()
    heard: list[Heard] = []
    source = recording.utterances

    def kept() -> Iterable[Heard]:
        yield from heard
        for utterance in source:
            heard.append(utterance)
            yield utterance

    def run(actions: int) -> Replay:
        started = opening(method, minutes=choices.minutes, mode=choices.mode, open_actions=actions)
        replay = Replay(started, understands(started))
        replay.hear(kept())
        replay.correct(recording.corrections)
        replay.end(recording.seconds)
        return replay

    done = decide_look_back(method, run, choices.open_actions)
    return report(
        done, {}, audio_seconds=recording.seconds, wall_seconds=time.perf_counter() - began
    )
