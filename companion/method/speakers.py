"""Whose voice is whose, as far as people and the listener said, and corrections. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, overload

import msgspec

from companion.events import (
    TurnHeard,
    VoiceSampled,
    VoiceSampling,
    VoicesMerged,
    VoicesReported,
)
from companion.method.tally import Spoken

Stretch: TypeAlias = tuple[float, float, int | None, int | None]
"""From, until, the voice it was, the voice it is."""


@dataclass
class Speakers:
    """What was said about voices beside their ties."""

    merged: dict[int, int] = field(default_factory=dict)
    """The voice that another one counts as."""
    learning: bool | None = None
    """None: voices are not told apart."""
    sampling: int | None = None
    """The member who gives a sample now."""
    sampled_seconds: float = 0.0
    sampled: dict[int, float] = field(default_factory=dict)
    """Voices known by a sample, with the moment at which it was enough."""

    def fold(self, event: VoicesMerged | VoicesReported | VoiceSampling | VoiceSampled) -> None:
        """Take in one event."""
        match event:
            case VoicesMerged():
                self._merge(event.voice, event.into)
            case VoicesReported():
                self.learning = event.learning
            case VoiceSampling():
                self.sampling, self.sampled_seconds = event.member, 0.0
            case VoiceSampled():
                self.sampled_seconds = event.seconds
                if event.enough:
                    self.sampled[event.voice] = event.at

    def forget(self, since: float) -> None:
        """A sample that was given since then is no longer one."""
        self.sampled = {voice: at for voice, at in self.sampled.items() if at < since}

    @overload
    def of(self, voice: int) -> int: ...
    @overload
    def of(self, voice: None) -> None: ...
    @overload
    def of(self, voice: int | None) -> int | None: ...
    def of(self, voice: int | None) -> int | None:
        """The voice that this one counts as."""
        return voice if voice is None else self.merged.get(voice, voice)

    def counted_as(self, voice: int) -> list[int]:
        """The voices that count as this one."""
        return [other for other, into in self.merged.items() if into == voice]

    def _merge(self, voice: int, into: int) -> None:
        """`into` may itself count as another; the same number takes them apart again."""
        if voice == into:
            self.merged.pop(voice, None)
            return
        into = self.merged.get(into, into)
        self.merged[voice] = into
        for other in self.counted_as(voice):
            self.merged[other] = into
        self.merged.pop(into, None)


def relabelled(heard: Sequence[Spoken], stretches: Sequence[Stretch]) -> list[Spoken]:
    """What was heard, with the voices that it turned out to be.

    A question or advice goes with the stretch that holds its middle; a turn is cut where
    a stretch cuts it. The role goes with the voice: a person's tie gives it another.
    """
    ordered = sorted(stretches, key=lambda stretch: stretch[0])
    return [part for finding in heard for part in _parts(finding, ordered)]


def _parts(finding: Spoken, stretches: Sequence[Stretch]) -> Iterator[Spoken]:
    mine = [s for s in stretches if s[0] < finding.until and s[1] > finding.at]
    mine = [s for s in mine if s[2] == finding.voice]
    if not mine:
        yield finding
        return
    if not isinstance(finding, TurnHeard):
        middle = (finding.at + finding.until) / 2
        voice = next((s[3] for s in mine if s[0] <= middle < s[1]), finding.voice)
        yield _given(finding, finding.at, finding.until, voice)
        return
    here = finding.at
    for begin, end, _, voice in mine:
        if begin > here:
            yield _given(finding, here, begin, finding.voice)
        here = max(here, begin)
        yield _given(finding, here, min(end, finding.until), voice)
        here = min(end, finding.until)
    if here < finding.until:
        yield _given(finding, here, finding.until, finding.voice)


def _given(finding: Spoken, at: float, until: float, voice: int | None) -> Spoken:
    role = finding.role if voice == finding.voice else None
    return msgspec.structs.replace(finding, at=at, until=until, voice=voice, role=role)
