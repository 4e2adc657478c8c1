"""Speak the demo meeting: script.jsonl in, incident.opus and transcript.jsonl out.

Five speakers come out of two MBROLA databases. Each voice is spoken at a
corrected rate and then resampled: pitch and formants move together, as they do
from one throat to the next, while the tempo stays that of a person talking.

Needs `espeak-ng`, `mbrola` with mbrola-nl2 and mbrola-nl3, and `opusenc`.
The same versions of these give the same bytes.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Samples: TypeAlias = NDArray[np.float32]

HERE = Path(__file__).parent
RATE = 16_000  # Hz; what MBROLA records at and Whisper listens at
BITRATE = 24  # kbit/s
SEED = 20_251
SHORTEST_PAUSE, LONGEST_PAUSE = 0.6, 1.2  # seconds between two turns
LEAD_IN = LEAD_OUT = 1.0  # seconds of empty room around the meeting
SPEECH_LEVEL = 0.07  # RMS of each turn, about -23 dBFS
ROOM_LEVEL = 0.0002  # RMS of the room, about -74 dBFS
SILENT = 0.003  # peak below which the edges of a turn are cut off
EDGE = 0.03  # seconds kept around the first and last sound

DATABASES = Path("/usr/share/mbrola")
GAP = 1.0  # ms; espeak-ng sets such empty sounds between words
UNVOICED = {"b": "p", "d": "t", "v": "f", "z": "s", "G": "x"}
FRICATIVES = {"v", "z", "G"}
VOICELESS = {"_", "p", "t", "k", "f", "s", "x"}
OBSTRUENTS = VOICELESS - {"_"} | UNVOICED.keys()
FULL_VOWELS = ("A", "E", "I", "O", "Y", "a", "e", "i", "o", "u", "y", "2", "Ei", "9y", "Au")
SHORTEST = {"@": 60.0, **dict.fromkeys(FULL_VOWELS, 75.0)}  # ms


@dataclass(frozen=True, slots=True)
class Voice:
    """`database` resampled by `ratio` (over 1 is higher), heard at `words_per_minute`."""

    database: str
    ratio: float
    words_per_minute: int


VOICES = {
    "begeleider": Voice("nl2", 1.16, 126),
    "inbrenger": Voice("nl2", 0.94, 132),
    "karin": Voice("nl3", 0.94, 128),
    "mark": Voice("nl2", 1.04, 130),
    "sandra": Voice("nl3", 1.16, 128),
}


@dataclass(slots=True)
class Sound:
    """A line of MBROLA input; `pitch` is pairs of percent and hertz, as espeak-ng put them."""

    phoneme: str
    milliseconds: float
    pitch: str

    def __str__(self) -> str:
        return f"{self.phoneme} {self.milliseconds:.0f} {self.pitch}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One line of script.jsonl; `pause_before` in seconds replaces the drawn pause."""

    speaker: str
    step: str
    voice: str
    text: str
    pause_before: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A turn and the place of its first sample in the recording."""

    turn: Turn
    first: int
    samples: Samples

    @property
    def end(self) -> int:
        """Return the sample after the last one."""
        return self.first + len(self.samples)


def read_script(path: Path) -> list[Turn]:
    """Read the turns in order; an unknown key is a TypeError."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Turn(**json.loads(line)) for line in lines]


def sounds(text: str, voice: Voice) -> list[Sound]:
    """Return what espeak-ng would have MBROLA say."""
    rate = round(voice.words_per_minute / voice.ratio)
    command = ["espeak-ng", "-v", f"mb/mb-{voice.database}", "-s", f"{rate}", "--pho", "-q", text]
    pho = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = [line.split(maxsplit=2) for line in pho.splitlines() if line.strip()]
    return [Sound(row[0], float(row[1]), "".join(row[2:])) for row in rows]


def repaired(said: list[Sound], voice: Voice) -> list[Sound]:
    """Take the voice out of consonant clusters and give vowels a fair length.

    People say "atfies" for advies; espeak-ng keeps both consonants voiced, and nl3
    has no such pairs and falls silent on them. Its vowels can be 25 ms short, which
    drowns words like "de" and "het".
    """
    for left, right in pairwise([sound for sound in said if sound.milliseconds > GAP]):
        if left.phoneme in OBSTRUENTS and right.phoneme in FRICATIVES:
            right.phoneme = UNVOICED[right.phoneme]
        if left.phoneme in UNVOICED and right.phoneme in VOICELESS:
            left.phoneme = UNVOICED[left.phoneme]
        if voice.database == "nl3" and right.phoneme == "G" and left.phoneme not in SHORTEST:
            right.phoneme = "x"
    for sound in said:
        shortest = SHORTEST.get(sound.phoneme, 0) * voice.ratio
        sound.milliseconds = max(sound.milliseconds, shortest)
    return said


def speak(text: str, voice: Voice) -> Samples:
    """Return the text at RATE and SPEECH_LEVEL, without silence around it."""
    pho = "".join(f"{sound}\n" for sound in repaired(sounds(text, voice), voice))
    with tempfile.TemporaryDirectory() as folder:
        wav = str(Path(folder, "turn.wav"))
        command = ["mbrola", "-e", f"{DATABASES}/{voice.database}/{voice.database}", "-", wav]
        subprocess.run(command, input=pho, text=True, check=True)
        spoken, database_rate = soundfile.read(wav, dtype="float32")
    moved = soxr.resample(spoken, database_rate * voice.ratio, RATE, quality="VHQ")
    turn = trimmed(moved)
    level = np.sqrt(np.mean(np.square(turn)))
    return turn * np.float32(SPEECH_LEVEL / level)


def trimmed(samples: Samples) -> Samples:
    """Cut the edges, so that the transcript has the times at which someone is heard."""
    loud = np.flatnonzero(np.abs(samples) > SILENT)
    edge = round(EDGE * RATE)
    return samples[max(0, loud[0] - edge) : loud[-1] + edge]


def place(turns: Iterable[Turn], rng: np.random.Generator) -> Iterator[Placed]:
    """Set the turns one after another, with a pause before each but the first."""
    at = round(LEAD_IN * RATE)
    for number, turn in enumerate(turns):
        drawn = rng.uniform(SHORTEST_PAUSE, LONGEST_PAUSE)
        pause = drawn if turn.pause_before is None else turn.pause_before
        at += round(pause * RATE) if number else 0
        placed = Placed(turn, at, speak(turn.text, VOICES[turn.voice]))
        yield placed
        at = placed.end


def room(length: int, rng: np.random.Generator) -> Samples:
    """Noise with the highs taken off, like a quiet room with the windows closed."""
    white = rng.standard_normal(length + 7)
    muffled = np.convolve(white, np.ones(8), mode="valid")
    return (muffled * ROOM_LEVEL / np.std(muffled)).astype(np.float32)


def mix(meeting: list[Placed], rng: np.random.Generator) -> Samples:
    """Return the whole recording: every turn in its place, the room under all of it."""
    recording = room(meeting[-1].end + round(LEAD_OUT * RATE), rng)
    for placed in meeting:
        recording[placed.first : placed.end] += placed.samples
    return recording


def write_opus(recording: Samples, path: Path) -> None:
    """Mono Opus; the fixed serial number makes a rebuild byte-identical."""
    pcm = (np.clip(recording, -1, 1) * 32_767).astype("<i2")
    command = ["opusenc", "--quiet", "--raw", "--raw-rate", str(RATE), "--raw-chan", "1"]
    command += ["--speech", "--bitrate", str(BITRATE), "--serial", "1"]
    command += ["--title", "Intervisie companion: demo meeting (synthetic voices)"]
    subprocess.run([*command, "-", path], input=pcm.tobytes(), check=True)


def transcript_line(placed: Placed) -> str:
    """Return a line for `companion replay`, with times in seconds from the first sample."""
    line = {
        "start": round(placed.first / RATE, 2),
        "end": round(placed.end / RATE, 2),
        "speaker": placed.turn.speaker,
        "text": placed.turn.text,
        "step": placed.turn.step,
    }
    return json.dumps(line, ensure_ascii=False)


def main() -> None:
    """Write both files beside this one."""
    rng = np.random.default_rng(SEED)
    meeting = list(place(read_script(HERE / "script.jsonl"), rng))
    write_opus(mix(meeting, rng), HERE / "incident.opus")
    lines = "".join(transcript_line(placed) + "\n" for placed in meeting)
    (HERE / "transcript.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
