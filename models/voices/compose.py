"""Meetings composed from actors' clips: turns, overlaps, a room and its noise, and the truth."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from companion.audio.frame import SAMPLE_RATE, Samples
from models.voices.actors import Actor, speech_of

STEP = 0.01
"""Seconds of one cell of the truth."""
Truth: TypeAlias = NDArray[np.bool_]
"""(speakers, cells): who speaks in every 10 ms."""
SAMPLE_SECONDS = 7.0


@dataclass(frozen=True)
class Talk:
    """How much people speak at once."""

    overlaps: float
    """Share of turns that begin before the last one ends."""
    backchannels: float
    """Share of turns with a short clip of another voice over it."""


TALKS = {"little": Talk(0.04, 0.04), "usual": Talk(0.15, 0.12), "much": Talk(0.35, 0.30)}


@dataclass(frozen=True)
class Room:
    """Noise in dB below speech and the echo's decay in seconds; None: dry and silent."""

    name: str
    snr: float | None = None
    decay: float = 0.0


ROOMS = (Room("dry"), Room("room, 20 dB", 20.0, 0.35), Room("room, 10 dB", 10.0, 0.5))


@dataclass(frozen=True, eq=False)
class Meeting:
    """Sound with its truth; `samples` are the spans in which each speaker gave a sample."""

    actors: list[str]
    room: str
    sound: Samples = field(repr=False)
    truth: Truth = field(repr=False)
    samples: list[tuple[float, float]]

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.sound) / SAMPLE_RATE


@dataclass
class _Table:
    """Places clips on the time line, a track for each speaker."""

    speakers: int
    length: int
    tracks: NDArray[np.float32] = field(init=False)
    truth: Truth = field(init=False)
    now: int = 0

    def __post_init__(self) -> None:
        self.tracks = np.zeros((self.speakers, self.length), np.float32)
        cells = round(self.length / SAMPLE_RATE / STEP)
        self.truth = np.zeros((self.speakers, cells), np.bool_)

    def place(self, who: int, clip: Samples, start: int) -> int:
        """Put a clip of `who` at sample `start`; where it ends."""
        clip = clip[: max(self.length - start, 0)]
        self.tracks[who, start : start + len(clip)] += clip
        first = round(start / SAMPLE_RATE / STEP)
        awake = speech_of(clip)[: self.truth.shape[1] - first]
        self.truth[who, first : first + len(awake)] |= awake
        return start + len(clip)


def compose(
    people: list[Actor], room: Room, seconds: float, seed: int, talk: Talk = TALKS["usual"]
) -> Meeting:
    """A meeting of `people`; the first round is one turn of each, as for giving a sample."""
    draw = np.random.default_rng(seed)
    clips = [_shuffled(person, draw) for person in people]
    table = _Table(len(people), round(seconds * SAMPLE_RATE))
    spans = []
    for who in range(len(people)):
        began = table.now / SAMPLE_RATE
        _turn(table, who, clips[who], SAMPLE_SECONDS)
        spans.append((began, table.now / SAMPLE_RATE))
        table.now += round(0.8 * SAMPLE_RATE)
    _talk(table, clips, draw, talk)
    sound = _in_room(table.tracks, room, draw)
    return Meeting([person.name for person in people], room.name, sound, table.truth, spans)


class _Shuffled:
    """Clips of one person in random order, again from the start when they run out."""

    def __init__(self, person: Actor, draw: np.random.Generator) -> None:
        self._clips = person.clips()
        self._order = [int(i) for i in draw.permutation(len(self._clips))]
        self._next = 0

    def take(self, longest: float = 12.0) -> Samples:
        """The next clip; one that is no longer than `longest` seconds."""
        for _ in self._order:
            clip = self._clips[self._order[self._next % len(self._order)]]()
            self._next += 1
            if 0.3 * SAMPLE_RATE < len(clip) <= longest * SAMPLE_RATE:
                return clip
        raise ValueError("no clip is short enough")


def _shuffled(person: Actor, draw: np.random.Generator) -> _Shuffled:
    return _Shuffled(person, draw)


def _turn(table: _Table, who: int, clips: _Shuffled, seconds: float) -> None:
    until = table.now + seconds * SAMPLE_RATE
    while table.now < min(until, table.length):
        table.now = table.place(who, clips.take(), table.now)
        table.now += round(0.25 * SAMPLE_RATE)


def _talk(table: _Table, clips: list[_Shuffled], draw: np.random.Generator, talk: Talk) -> None:
    """Turns of unequal people until the time is over."""
    people = len(clips)
    eager = draw.dirichlet(np.full(people, 2.5)) * 0.8 + 0.2 / people
    who = 0
    while table.now < table.length - SAMPLE_RATE:
        others = eager.copy()
        others[who] = 0
        who = int(draw.choice(people, p=others / others.sum()))
        gap = draw.normal(0.45, 0.3)
        if draw.random() < talk.overlaps:
            gap = -draw.uniform(0.3, 1.5)
        table.now = max(0, table.now + round(gap * SAMPLE_RATE))
        began = table.now
        _turn(table, who, clips[who], float(draw.exponential(6.0)) + 1.0)
        if draw.random() < talk.backchannels:
            other = int(draw.choice([p for p in range(people) if p != who]))
            start = round(draw.uniform(began, table.now))
            table.place(other, clips[other].take(1.6), start)


def _in_room(tracks: NDArray[np.float32], room: Room, draw: np.random.Generator) -> Samples:
    """Every speaker at a place of their own, then the noise of the room."""
    mixed = np.zeros(tracks.shape[1], np.float32)
    for track in tracks:
        wet = _echoed(track, room.decay, draw) if room.decay else track
        mixed += wet * float(10 ** (draw.uniform(-4, 4) / 20))
    if room.snr is not None:
        hum = np.convolve(draw.standard_normal(len(mixed)), np.ones(8) / 8, mode="same")
        spoken = np.sqrt(np.mean(mixed[np.abs(mixed) > 1e-3] ** 2))
        mixed += np.asarray(hum / hum.std() * spoken * 10 ** (-room.snr / 20), np.float32)
    return np.asarray(np.clip(mixed, -1, 1), np.float32)


def _echoed(track: Samples, decay: float, draw: np.random.Generator) -> Samples:
    length = round(decay * SAMPLE_RATE)
    echo = draw.standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
    echo *= draw.uniform(0.5, 1.0) / np.sqrt(np.sum(echo**2))  # as loud as, or under, the voice
    echo[0] = 1.0
    size = 1 << (len(track) + length).bit_length()
    wet = np.fft.irfft(np.fft.rfft(track, size) * np.fft.rfft(echo, size), size)
    return np.asarray(wet[: len(track)], np.float32)
