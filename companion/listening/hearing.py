"""What is done with the sound of one open source: level, utterances, holes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from companion.audio.frame import Frame, Samples
from companion.audio.level import measure
from companion.events import Gap, GapCause, LevelMeasured
from companion.listening.backlog import Backlog, Waiting
from companion.listening.condition import Condition
from companion.listening.outlet import Send
from companion.listening.own_sound import OwnSound
from companion.listening.turn_taking import TurnTaking
from companion.listening.voicing import Voicing
from companion.speech.utterances import Utterance, Utterances

_LEVEL_EVERY = 0.25
_HOLE = 0.1
"""Seconds that a frame may start late before sound counts as lost."""


@dataclass
class Hearing:
    """Takes frames; `origin` is the meeting time at which their source began."""

    origin: float
    backlog: Backlog
    condition: Condition
    send: Send
    voicing: Voicing | None = None
    own_sound: OwnSound = field(default_factory=OwnSound)
    heard: float = 0.0
    """Seconds of the source so far."""
    _utterances: Utterances = field(default_factory=Utterances)
    _unmeasured: list[Samples] = field(default_factory=list)
    _measured: float = 0.0
    _turns: TurnTaking | None = None
    _offered: Utterance | None = None

    def __post_init__(self) -> None:
        if self.voicing and self.backlog.pace:
            self._turns = TurnTaking(self._utterances, self.voicing)

    @property
    def now(self) -> float:
        """Meeting time of the newest sound."""
        return self.origin + self.heard

    @property
    def silent_for(self) -> float:
        """Seconds since speech was last heard."""
        return self._utterances.silent_for

    def take(self, frame: Frame) -> None:
        """The next frame of the source."""
        missing = frame.at - self.heard
        if missing > _HOLE:
            self.send(Gap(at=self.origin + frame.at, seconds=missing, cause=GapCause.BEHIND))
        frame = self.own_sound.silenced(frame, self.origin)
        self._hand_over(self._utterances.feed(frame))
        if self._turns:
            self._hand_over(self._turns.ended())
        self._offer()
        if self.voicing:
            at, speech = self.origin + frame.at, self._utterances.voiced
            self.voicing.take(frame.samples, at, speech=speech)
        self.heard = frame.until
        self.backlog.tell_time(self.now)
        self.condition.at = self.now
        self._tell_level(frame)

    def finish(self) -> None:
        """The source ends or is closed: hand over what was being said."""
        if self.voicing:
            self.voicing.pause()
        self._hand_over(self._utterances.finish())

    def _hand_over(self, utterances: Iterable[Utterance]) -> None:
        for utterance in utterances:
            for lost in self.backlog.put(Waiting(utterance, self.origin)):
                self.send(Gap(at=lost.until, seconds=lost.until - lost.at, cause=GapCause.BEHIND))

    def _offer(self) -> None:
        """Let recognition begin while the pause may still turn out to be none."""
        source = self._turns or self._utterances
        draft = source.draft if self.backlog.pace else None
        if draft is not self._offered:
            self._offered = draft
            self.backlog.offer(Waiting(draft, self.origin) if draft else None)

    def _tell_level(self, frame: Frame) -> None:
        self._unmeasured.append(frame.samples)
        if self.heard - self._measured < _LEVEL_EVERY:
            return
        level = measure(np.concatenate(self._unmeasured))
        self._unmeasured, self._measured = [], self.heard
        self.send(
            LevelMeasured(
                at=self.now,
                rms_db=round(level.rms_db, 1),
                peak_db=round(level.peak_db, 1),
                speech=self._utterances.speaking,
            )
        )
