"""Acted Dutch speech with its words: two actors of a game, installed from Debian.

Only the levels a to l are read; nothing of it is copied. ACTED_SPEECH names another place.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

from companion.audio.frame import SAMPLE_RATE, Samples
from companion.errors import CompanionError

_FOLDER = "/usr/share/games/fillets-ng"
_LEVELS = re.compile(r"[a-l]")
_LINE = re.compile(
    r'dialogId\("(?P<id>[^"]+)",\s*"(?P<actor>[^"]+)".*?\)\s*\n\s*'
    r'dialogStr\("(?P<text>(?:[^"\\]|\\.)*)"\)',
    re.DOTALL,
)
_HEARABLE = 0.01
"""Amplitude from which a clip is taken to speak."""
_MARGIN = 0.05


@dataclass(frozen=True)
class Clip:
    """One line of the play."""

    path: Path
    actor: str
    text: str

    def sound(self) -> Samples:
        """Its speech at 16 kHz, with the silence around it cut off; a clip may be empty."""
        sound, rate = soundfile.read(self.path, dtype="float32", always_2d=True)
        if not len(sound):
            return np.zeros(0, np.float32)
        mono = soxr.resample(sound.mean(axis=1), rate, SAMPLE_RATE)
        loud = np.flatnonzero(np.convolve(mono**2, np.full(400, 1 / 400), "same") > _HEARABLE**2)
        if not len(loud):
            return np.zeros(0, np.float32)
        margin = round(_MARGIN * SAMPLE_RATE)
        return np.asarray(mono[max(0, loud[0] - margin) : loud[-1] + margin], np.float32)


def clips() -> list[Clip]:
    """Every line of levels a to l that was spoken, in the order of the play."""
    folder = Path(os.environ.get("ACTED_SPEECH", _FOLDER))
    found = list(_clips(folder))
    if not found:
        raise CompanionError(
            "corpus.missing",
            f"There is no acted speech in {folder}",
            "Debian: apt-get install fillets-ng-data fillets-ng-data-nl; or set ACTED_SPEECH",
        )
    return found


def _clips(folder: Path) -> Iterator[Clip]:
    for level in sorted(folder.glob("sound/*/nl")):
        play = folder / "script" / level.parent.name / "dialogs_nl.lua"
        if not (_LEVELS.match(level.parent.name) and play.is_file()):
            continue
        for line in _LINE.finditer(play.read_text(encoding="utf-8", errors="replace")):
            path = level / f"{line['id']}.ogg"
            if path.is_file():
                yield Clip(path, line["actor"], line["text"])
