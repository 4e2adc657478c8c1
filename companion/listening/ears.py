"""Listening, from opening a source to closing it, in a thread that never waits for recognition."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

from companion.audio.microphone import refresh_devices
from companion.errors import MicrophoneError, RecordingError
from companion.events import Gap, GapCause, ListeningProblem
from companion.listening.backlog import Backlog
from companion.listening.condition import Condition
from companion.listening.hearing import Hearing
from companion.listening.outlet import Send
from companion.listening.own_sound import OwnSound
from companion.listening.sources import Source
from companion.listening.voicing import Voicing

_REOPEN_EVERY = 2.0
_TIMEOUT = 0.25
_LOOK_EVERY = 0.05
_NOTICEABLE = 1.0
"""Seconds without a microphone that are worth a Gap."""
_CLOSES = frozenset({ListeningProblem.MICROPHONE_LOST, ListeningProblem.MICROPHONE_CHANGED})


@dataclass
class Ears:
    """Hears one source until told to stop.

    A device (`live`) that is lost is opened again until it is there; meeting time went
    on meanwhile, and what was missed is a Gap. When another device took its place the
    ears close and stay closed. A recording waits until it can be understood, which a
    room does not; one that ends closes the backlog.
    """

    open_source: Callable[[], Source]
    starts_at: float
    backlog: Backlog
    condition: Condition
    send: Send
    live: bool
    voicing: Voicing | None = None
    own_sound: OwnSound = field(default_factory=OwnSound)
    heard: float = 0.0
    """Seconds of the source so far; of the last opening, if it was opened again."""
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="ears", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the source; returns when it is closed."""
        self._stop.set()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        if self.live:
            self._hear_device()
        else:
            self._hear_recording()

    def _hear_recording(self) -> None:
        while not self.condition.ready:
            if self._stop.wait(_LOOK_EVERY):
                return
        try:
            self._hear(self.open_source(), self.starts_at)
        except RecordingError:
            self.condition.update(problem=ListeningProblem.SOURCE_ENDED)
        if not self._stop.is_set():
            self.backlog.close()

    def _hear_device(self) -> None:
        began = time.monotonic()
        until: float | None = None
        while not self._stop.is_set():
            source = self._try_open()
            if source is None:
                until = self.starts_at if until is None else until
                self._stop.wait(_REOPEN_EVERY)
                continue
            origin = self.starts_at + time.monotonic() - began
            if until is not None and origin - until > _NOTICEABLE:
                self.send(Gap(at=origin, seconds=origin - until, cause=GapCause.MICROPHONE))
            until = self._hear(source, origin)

    def _try_open(self) -> Source | None:
        try:
            return self.open_source()
        except MicrophoneError:
            self.condition.update(problem=ListeningProblem.NO_MICROPHONE)
        try:
            refresh_devices()
        except MicrophoneError:  # no PortAudio either: it may be installed while we wait
            return None
        return None

    def _hear(self, source: Source, origin: float) -> float:
        """Hear `source` until it ends, is lost or is no longer wanted; its last meeting time."""
        hearing = Hearing(
            origin, self.backlog, self.condition, self.send, self.voicing, self.own_sound
        )
        self.condition.update(open=True)
        problem = ListeningProblem.NONE
        with closing(source):
            while not (self._stop.is_set() or source.ended):
                frame = source.read(_TIMEOUT)
                if frame:
                    hearing.take(frame)
                    self.heard = hearing.heard
                problem = source.problem()
                self.condition.update(
                    problem=problem, silent_for=hearing.silent_for, lag=self.backlog.lag
                )
                if problem in _CLOSES:
                    break
        hearing.finish()
        if problem is ListeningProblem.MICROPHONE_CHANGED:
            self._stop.set()  # nobody agreed to this one: HearAgain says that they do
        return hearing.now
