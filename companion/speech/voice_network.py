"""The network that turns a stretch of speech into a direction: near for one voice, far for two.

CAM++ in onnxruntime on one thread. An embedding is a person's voice: it stays in this
process's memory, in no finding, no log and no error.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from companion.audio.frame import SAMPLE_RATE, Samples
from companion.errors import ModelError
from companion.resources import bundled
from companion.speech.manifest import FileState, ModelFile, check_file

Embedding: TypeAlias = NDArray[np.float32]
"""(192,), of unit length; two are compared by their dot product."""

SIZE = 192
_FILE = "campplus_w8.onnx"
_EXPECTED = ModelFile(
    sha256="eb02b6bb959719a5a5266e008f458dba4630a2db25a75be8eb054c336b02b8ec", bytes=8_150_174
)
_BANKS = 80
_SHORTEST = 0.3
"""Seconds under which the network has nothing to go on."""


class Network(Protocol):
    """What gives a stretch of speech its direction."""

    def embed(self, samples: Samples) -> Embedding:
        """A unit vector."""
        ...


class VoiceNetwork:
    """The loaded network; safe from one thread at a time."""

    def __init__(self, folder: Path | None = None) -> None:
        """Check and load it; ModelError where it is missing or damaged."""
        path = (folder or bundled("models/voices")) / _FILE
        require_network(path)
        import onnxruntime  # noqa: PLC0415 - loaded beside the ears

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # an arena would keep the largest call's memory
        self._session: Any = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )

    def embed(self, samples: Samples) -> Embedding:
        """The direction of a stretch of speech of one voice, best of 1.5 s and more."""
        if len(samples) < _SHORTEST * SAMPLE_RATE:
            raise ValueError(f"{len(samples)} samples are too few")
        (found,) = self._session.run(None, {"fbank": _banks(samples)[None]})
        direction = np.asarray(found[0], np.float32)
        return direction / (float(np.linalg.norm(direction)) or 1.0)


def require_network(path: Path) -> None:
    """ModelError where the file is not the one that the program was made with."""
    state = check_file(path, _EXPECTED)
    if state is not FileState.OK:
        raise ModelError(
            "model.missing" if state is FileState.MISSING else "model.damaged",
            f"The voice network {path.name} "
            + ("is missing" if state is FileState.MISSING else "does not match its digest"),
            "Install the program again; without it voices are not told apart",
        )


def _banks(samples: Samples) -> NDArray[np.float32]:
    """(frames, 80) log-mel filter banks, their mean over time taken off."""
    import kaldi_native_fbank  # noqa: PLC0415

    banks = kaldi_native_fbank.OnlineFbank(_options())
    banks.accept_waveform(SAMPLE_RATE, samples.tolist())
    banks.input_finished()
    rows = [banks.get_frame(i) for i in range(banks.num_frames_ready)]
    found = np.asarray(rows, np.float32)
    return np.asarray(found - found.mean(axis=0), np.float32)


@cache
def _options() -> Any:
    import kaldi_native_fbank  # noqa: PLC0415

    options = kaldi_native_fbank.FbankOptions()
    options.frame_opts.dither = 0.0
    options.frame_opts.samp_freq = float(SAMPLE_RATE)
    options.mel_opts.num_bins = _BANKS
    return options
