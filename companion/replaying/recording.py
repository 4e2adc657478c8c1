"""A recording at full speed: opened, recognised, and how far it has come."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from companion.audio.frame import Frame
from companion.audio.recording import open_recording
from companion.events import AnyFinding, VoicesRelabelled
from companion.listening.voicing import Voicing
from companion.settings import Settings
from companion.speech.heard import Heard
from companion.speech.recognition import hear_recording
from companion.speech.voice_network import VoiceNetwork
from companion.speech.whisper import Whisper, available_cores

_SAY_EVERY = 5.0
"""Seconds between two lines of progress."""


class Recording:
    """A recording that is being heard; RecordingError or ModelError before anything is."""

    def __init__(self, path: Path, model: Path, say: Callable[[str], None]) -> None:
        self._known = open_recording(path).seconds
        self._done = 0.0
        self._say = say
        self._began = self._said = time.monotonic()
        cores = available_cores()
        whisper = Whisper(model, at_once=cores)
        self.corrections: list[VoicesRelabelled] = []
        self._voicing = Voicing(VoiceNetwork, self._correct, pace=0)
        self._voicing.start()
        self.utterances: Iterator[Heard] = self._named(
            hear_recording(
                path, whisper, at_once=cores, progress=self._progress, listen=self._listen
            )
        )

    @property
    def seconds(self) -> float:
        """Its length: by the header, else as far as it was heard."""
        return self._known if self._known is not None else self._done

    def _listen(self, frame: Frame, speech: bool) -> None:  # noqa: FBT001 - a callback
        self._voicing.take(frame.samples, frame.at, speech=speech)

    def _named(self, heard: Iterator[Heard]) -> Iterator[Heard]:
        """With the voice that each seems to be; `corrections` says what it turned out to be."""
        for one in heard:
            voice, sure = self._voicing.voice_of(one.at, one.until)
            yield msgspec.structs.replace(one, voice=voice, sure=sure)

    def _correct(self, finding: AnyFinding) -> None:
        if isinstance(finding, VoicesRelabelled):
            self.corrections.append(finding)

    def _progress(self, done: float) -> None:
        self._done = max(self._done, done)
        now = time.monotonic()
        if now - self._said < _SAY_EVERY or not done:
            return
        self._said = now
        left = ""
        if self._known:
            seconds = (now - self._began) / done * max(self._known - done, 0.0)
            left = f" of {self._known / 60:.0f} min, about {seconds:.0f} s to go"
        self._say(f"{done / 60:.1f}{left}")


def model_folder(name: str, settings: Settings) -> Path:
    """Where the speech model `name` lies: a folder of the user's own, or a fetched one."""
    own = Path(name)
    return own if own.is_absolute() and own.is_dir() else settings.models_dir / name
