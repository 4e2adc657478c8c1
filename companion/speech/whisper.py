"""faster-whisper as the Transcriber; the only module that knows it.

One utterance is one window: encoded once, decoded once. The library's own loop would
encode a second 30 s window whenever its timestamps stop early, which is what made the
slowest answers slow. Nor is the window always 30 s: the encoder takes any length, and
what it costs grows faster than that. A window that ends close behind the words makes the
decoder lose its way; one of 15 s doesn't, and costs a fifth of 30 s. That was measured
with `base`; where a model goes round in circles after all, it gets the whole 30 s.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from companion.audio.frame import SAMPLE_RATE, Samples
from companion.errors import ModelError
from companion.speech.gates import in_circles
from companion.speech.manifest import ModelFile, SpeechModel, require_model, supported_models
from companion.speech.transcriber import Phrase, Recognised

Features: TypeAlias = NDArray[np.float32]
"""Log-mel energies, (bands, frames of 10 ms)."""

_LANGUAGE = "nl"
_FILES = ("model.bin", "config.json", "tokenizer.json")
_BEAM = 5
"""With `base` a tenth fewer wrong words than greedy for a third more work."""
_WINDOWS, _QUICK_WINDOWS = (1500, 3000), (1000, 1500, 3000)
"""Hundredths of a second that the encoder sees: the first that leaves `_ROOM` is taken."""
_ROOM = 100
_MARKS = 50
"""Time marks a second that the decoder can write."""
_FRAMES = 100
"""Frames a second that the encoder is given."""
_TOKENS_BASE, _TOKENS_PER_SECOND = 24, 12
"""A fast Dutch speaker gives 10 tokens a second; more is the decoder in a loop."""


def window(seconds: float, *, quick: bool = False) -> int:
    """How many frames of 10 ms the encoder is given for an utterance of `seconds`."""
    windows = _QUICK_WINDOWS if quick else _WINDOWS
    needed = seconds * _FRAMES + _ROOM
    return next((frames for frames in windows if frames >= needed), windows[-1])


def available_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _compute_type() -> str:
    """On a graphics card what it does best; on a processor int8, 3.7 times as fast as float32."""
    from ctranslate2 import get_cuda_device_count  # noqa: PLC0415 - loaded with the model

    return "auto" if get_cuda_device_count() else "int8"


def check_folder(folder: Path) -> None:
    """ModelError where the model in `folder` is missing or damaged.

    A folder that bears a name of the manifest must match its digests; a user's own
    model under another name must only be complete.
    """
    model = supported_models().get(folder.name)
    require_model(folder, model or _own_model(folder))


def _own_model(folder: Path) -> SpeechModel:
    files = dict.fromkeys(_FILES, ModelFile())
    return SpeechModel(folder.name, repository="", licence="", megabytes=0, files=files)


class Whisper:
    """A loaded model. `at_once` utterances can be recognised side by side."""

    def __init__(
        self, folder: Path, *, beam: int = _BEAM, at_once: int = 1, threads: int = 0
    ) -> None:
        """Check and load the model of `folder`; ModelError where that fails.

        `threads` for each of those at once; 0: all cores together.
        """
        os.environ["HF_HUB_OFFLINE"] = "1"
        check_folder(folder)
        from faster_whisper import WhisperModel  # noqa: PLC0415 - half a second
        from faster_whisper.tokenizer import Tokenizer  # noqa: PLC0415
        from faster_whisper.transcribe import get_suppressed_tokens  # noqa: PLC0415

        logging.getLogger("faster_whisper").setLevel(logging.CRITICAL)
        try:
            self._model = WhisperModel(
                str(folder),
                device="auto",
                compute_type=_compute_type(),
                cpu_threads=threads or max(1, available_cores() // at_once),
                num_workers=at_once,
                local_files_only=True,
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(
                "model.damaged",
                f"Speech model {folder.name} can't be loaded",
                f"Run: companion models get {folder.name}",
            ) from error
        self._tokens = Tokenizer(
            self._model.hf_tokenizer,
            self._model.model.is_multilingual,
            task="transcribe",
            language=_LANGUAGE,
        )
        self._prompt = self._model.get_prompt(self._tokens, [], without_timestamps=False)
        self._suppressed = get_suppressed_tokens(self._tokens, [-1])
        self._beam = beam

    def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:
        seconds = len(samples) / SAMPLE_RATE
        spoken = self._model.feature_extractor(samples)[:, : round(seconds * _FRAMES)]
        frames = window(seconds, quick=quick)
        heard = self._decoded(spoken, frames, seconds, quick=quick)
        if frames < _WINDOWS[-1] and in_circles(heard.text):
            return self._decoded(spoken, _WINDOWS[-1], seconds, quick=quick)
        return heard

    def _decoded(self, spoken: Features, frames: int, seconds: float, *, quick: bool) -> Recognised:
        """What is said, by an encoder that sees `frames`."""
        from faster_whisper.audio import pad_or_trim  # noqa: PLC0415

        encoded = self._model.encode(pad_or_trim(spoken, frames))
        longest = len(self._prompt) + _TOKENS_BASE + int(_TOKENS_PER_SECOND * seconds)
        result = self._model.model.generate(
            encoded,
            [self._prompt],
            beam_size=1 if quick else self._beam,
            max_length=min(longest, self._model.max_length),
            max_initial_timestamp_index=50,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=self._suppressed,
        )[0]
        tokens = result.sequences_ids[0]
        logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)
        text = self._tokens.decode(tokens).strip()
        phrases = tuple(self._phrases(tokens, seconds))
        return Recognised(text, logprob, result.no_speech_prob, phrases)

    def _phrases(self, tokens: list[int], seconds: float) -> Iterator[Phrase]:
        """The text between two time marks; where the last mark is missing, to the end."""
        first = self._tokens.timestamp_begin
        words: list[int] = []
        at = 0.0
        for token in [*tokens, first + round(seconds * _MARKS)]:
            if token < first:
                words.append(token)
                continue
            mark = min((token - first) / _MARKS, seconds)
            if text := self._tokens.decode(words).strip():
                yield Phrase(at, max(mark, at), text)
            words, at = [], mark
