"""The plain loop that everybody writes first: what our figures stand beside.

Silero's voice activity with a pause of 400 ms, and one int8 greedy decode of each
utterance by faster-whisper's own `transcribe`, without its temperature fallback.
"""

from __future__ import annotations

import json
import queue
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from companion.analysis.analyser import Analyser
from companion.audio.frame import Samples
from companion.audio.recording import open_recording
from companion.speech.heard import Heard
from companion.speech.segmentation import Segmenter
from companion.speech.utterances import Utterance, Utterances

_PAUSE = 0.4


class PlainWhisper:
    """faster-whisper as its own documentation uses it."""

    def __init__(self, folder: Path) -> None:
        from faster_whisper import WhisperModel  # noqa: PLC0415 - half a second

        self._model = WhisperModel(str(folder), device="cpu", compute_type="int8")

    def text(self, samples: Samples) -> str:
        """The words of one utterance."""
        segments, _ = self._model.transcribe(
            samples,
            language="nl",
            beam_size=1,
            temperature=0.0,
            condition_on_previous_text=False,
        )
        return " ".join(segment.text.strip() for segment in segments)


def plain_utterances() -> Utterances:
    """Utterances with the plain loop's pause."""
    return Utterances(Segmenter(pause=_PAUSE))


def main() -> None:
    """Play a recording in real time; a line of JSON for its beginning and each utterance."""
    path, folder = Path(sys.argv[1]), Path(sys.argv[2])
    whisper, analyser = PlainWhisper(folder), Analyser()
    waiting: queue.SimpleQueue[Utterance | None] = queue.SimpleQueue()
    began = time.monotonic()
    print(json.dumps({"began": began}), flush=True)
    threading.Thread(target=_play, args=(path, began, waiting), daemon=True).start()
    for utterance in iter(waiting.get, None):
        text = whisper.text(utterance.samples)
        if text:
            analyser.analyse(Heard(at=utterance.at, until=utterance.until, text=text))
            print(json.dumps(_told(utterance)), flush=True)


def _told(utterance: Utterance) -> dict[str, Any]:
    return {"at": utterance.at, "until": utterance.until, "told": time.monotonic()}


def _play(path: Path, began: float, waiting: queue.SimpleQueue[Utterance | None]) -> None:
    for utterance in _in_real_time(path, began):
        waiting.put(utterance)
    waiting.put(None)


def _in_real_time(path: Path, began: float) -> Iterator[Utterance]:
    utterances = plain_utterances()
    for frame in open_recording(path).frames():
        time.sleep(max(0.0, began + frame.until - time.monotonic()))
        yield from utterances.feed(frame)
    yield from utterances.finish()


if __name__ == "__main__":
    main()
