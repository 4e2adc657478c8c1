"""What the recogniser makes of known text, one utterance at a time, as in a meeting.

    python models/nl/noise/collect.py acted MODEL_FOLDER --limit 500
    python models/nl/noise/collect.py train MODEL_FOLDER --limit 700
    python models/nl/noise/collect.py test MODEL_FOLDER
    python models/nl/noise/collect.py dev MODEL_FOLDER

Lines of JSON: {"id", "said", "heard", "voice"}. Stopped and started again, it goes on
where it was; a line of the corpus that was edited is read again. The acted
lines are the game's text and stay out of the repository.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
import soxr

from companion.audio.frame import SAMPLE_RATE, Samples
from companion.speech.whisper import Whisper, available_cores
from models.nl.noise.sources import CORPUS, Line, acted_lines, corpus_lines
from models.nl.noise.voices import draw_voice, read_aloud

ACTED = Path(__file__).parents[1] / "build" / "noise" / "acted.jsonl"
HEARD = CORPUS / "heard"
_SEED = 20
_BEAM = 1
"""As all readings so far: another beam hears other words, and readings must not be mixed."""
_NEUTRAL_SHARE = 0.5


def main() -> None:
    """Collect the readings of one part."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("part", choices=["acted", "train", "dev", "test"])
    parser.add_argument("model", type=Path, help="folder of the speech model")
    parser.add_argument("--limit", type=int, default=None, help="at most so many lines")
    given = parser.parse_args()
    out = ACTED if given.part == "acted" else HEARD / f"{given.part}.jsonl"
    chosen = chosen_lines(given.part)[: given.limit]
    # at_once as many as there are cores: each recognition keeps to one of them
    collect(chosen, out, Whisper(given.model, beam=_BEAM, at_once=available_cores()))


def chosen_lines(part: str) -> list[Line]:
    """The lines of a part in the order in which they are worth having.

    Neutral sentences of meetings come last, and half of them; within that the order is
    drawn by seed, so that a limit is a fair sample.
    """
    rng = random.Random(_SEED)  # noqa: S311 - a draw, no secret
    lines = acted_lines() if part == "acted" else corpus_lines(part)
    rng.shuffle(lines)
    if part in {"acted", "train"}:
        return lines
    neutral = [line for line in lines if line.neutral]
    kept = neutral[: round(len(neutral) * _NEUTRAL_SHARE)]
    return [line for line in lines if not line.neutral] + kept


def collect(lines: list[Line], out: Path, whisper: Whisper) -> None:
    """Add what is heard of `lines` to `out`; at the end it is sorted by file and line."""
    out.parent.mkdir(parents=True, exist_ok=True)
    done = {(row["id"], row["said"]) for row in read_rows(out)}
    started = time.monotonic()
    todo = [line for line in lines if (line.id, line.said) not in done]
    with out.open("a", encoding="utf-8") as file:
        for line, voice, sound in _sounds(todo):
            heard = whisper.recognise(sound).text
            row = {"id": line.id, "said": line.said, "heard": heard, "voice": voice}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
    latest = {row["id"]: row for row in read_rows(out)}  # a line that was edited was read again
    rows = sorted(latest.values(), key=lambda row: _order(row["id"]))
    out.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )
    print(f"{out.name}: {len(rows)} readings, {time.monotonic() - started:.0f} s for {len(todo)}")


def read_rows(path: Path) -> list[dict[str, str]]:
    """The readings in `path`; none when it isn't there."""
    if not path.exists():
        return []
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]


def _sounds(lines: list[Line]) -> Iterator[tuple[Line, str, Samples]]:
    for line in lines:
        if line.sound is not None:
            sound, rate = soundfile.read(line.sound, dtype="float32", always_2d=True)
            mono = soxr.resample(sound.mean(axis=1), rate, SAMPLE_RATE)
            yield line, "acted", np.asarray(mono, np.float32)
        else:
            seed = zlib.crc32(f"{_SEED} {line.id}".encode())
            voice = draw_voice(random.Random(seed))  # noqa: S311
            yield line, str(voice), read_aloud(line.said, voice, seed)


def _order(identity: str) -> tuple[str, int]:
    name, _, number = identity.rpartition(":")
    return (name, int(number)) if number.isdigit() else (identity, 0)


if __name__ == "__main__":
    main()
