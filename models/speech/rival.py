"""RealtimeSTT hears the same recording in real time: what a user would pick instead.

Runs with the interpreter of its own environment, so nothing of ours is imported. All is as its
documentation has it for sound that comes from elsewhere (`feed_audio`, and `text` in a loop);
only the model, the language, the device and the compute type are chosen, and what is given
as JSON.

    PYTHON -P models/speech/rival.py recording.wav folder-of-the-model [settings]
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import wave
from collections import deque
from importlib import import_module, metadata
from typing import Any, TextIO

_PACKAGE = "RealtimeSTT"
_BLOCK, _RATE = 512, 16_000
"""Samples that its voice activity takes at a time, as from its microphone; a second."""
_PATIENCE = 60.0
"""Seconds after the recording in which the last texts may come."""
_SHOWN = (
    "language",
    "device",
    "compute_type",
    "beam_size",
    "batch_size",
    "post_speech_silence_duration",
    "deactivity_silence_confirmation_duration",
    "pre_recording_buffer_duration",
    "min_length_of_recording",
    "faster_whisper_vad_filter",
    "enable_realtime_transcription",
    "early_transcription_on_silence",
)
"""Settings to print, by the names of its documentation."""


class Rival:
    """Its recorder, and the stretches that it recorded and has not told the words of."""

    def __init__(self, model: str, wishes: dict[str, Any], out: TextIO) -> None:
        self.recorder: Any = import_module(_PACKAGE).AudioToTextRecorder(
            model=model,
            language="nl",
            device="cpu",
            compute_type="int8",
            use_microphone=False,
            spinner=False,
            no_log_file=True,
            on_recording_start=self._start,
            on_recording_stop=self._stop,
            **wishes,
        )
        self._out = out
        self._began = self._at = self._stopped = 0.0
        self._waiting: deque[tuple[float, float]] = deque()

    def hear(self, path: str) -> None:
        """Play the recording; each text as it comes."""
        with wave.open(path) as recording:
            sound = recording.readframes(recording.getnframes())
        self._began = time.monotonic()
        self._say(began=self._began, program=self._name(), settings=self._settings())
        threading.Thread(target=self._play, args=(sound,)).start()
        while not self.recorder.is_shut_down:
            self.recorder.text(self._tell)

    def _play(self, sound: bytes) -> None:
        """Give each block when a microphone would have, then silence until all texts are there."""
        due, size = self._began, 2 * _BLOCK
        last = self._began + len(sound) / 2 / _RATE + _PATIENCE
        while due < last and (sound or self._waiting or self.recorder.is_recording):
            due += _BLOCK / _RATE
            time.sleep(max(0.0, due - time.monotonic()))
            self.recorder.feed_audio(sound[:size].ljust(size, b"\0"))
            sound = sound[size:]
        self.recorder.shutdown()

    def _start(self) -> None:
        """What came just before is in its recording too."""
        before = self._now() - float(self.recorder.pre_recording_buffer_duration)
        self._at = max(self._stopped, before)

    def _stop(self) -> None:
        """Its own silence before it stops is not speech."""
        self._stopped = self._now()
        silence = self.recorder.post_speech_silence_duration
        silence += self.recorder.deactivity_silence_confirmation_duration
        self._waiting.append((self._at, self._stopped - silence))

    def _tell(self, text: str | None) -> None:
        """Texts come in the order of the recordings; an empty one is no text."""
        told = time.monotonic()
        at, until = self._waiting.popleft()
        if text and text.strip():
            self._say(at=at, until=until, told=told, text=text)

    def _now(self) -> float:
        return time.monotonic() - self._began

    def _say(self, **line: object) -> None:
        print(json.dumps(line), file=self._out, flush=True)

    def _name(self) -> str:
        return f"{_PACKAGE} {metadata.version(_PACKAGE)}"

    def _settings(self) -> dict[str, object]:
        shown = {name: getattr(self.recorder, name) for name in _SHOWN}
        return {**shown, "silero": self.recorder.silero_vad_model.backend}


def main() -> None:
    """Play a recording in real time; a line of JSON for its beginning and each text."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)  # what the library prints is not ours to read
        path, model, *wishes = sys.argv[1:]
        Rival(model, json.loads(wishes[0]) if wishes else {}, out).hear(path)


if __name__ == "__main__":
    main()
