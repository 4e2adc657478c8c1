"""Figures of listening on this machine, beside a plain loop in the same run.

python -m models.speech.evaluate            about five minutes
python -m models.speech.evaluate --full     everything (hours)
python -m models.speech.evaluate --hours 2 --speed 4 --only feed
python -m models.speech.evaluate --only live --rival PYTHON     beside RealtimeSTT
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import soundfile

from companion.audio.frame import SAMPLE_RATE, Samples
from companion.errors import CompanionError
from companion.replaying.recording import model_folder
from companion.settings import load_settings
from companion.speech.whisper import Whisper, available_cores
from models.speech.acted import Clip, clips
from models.speech.feeding import fed
from models.speech.inventing import believed_anyway, invented
from models.speech.live import Played, by_the_listener, by_the_plain_loop, by_the_rival
from models.speech.plain import PlainWhisper
from models.speech.process import busy
from models.speech.quality import compare
from models.speech.staging import ROOMS, Conversation, staged
from models.speech.words import word_errors, words

_A_LINE, _LEAD = 4.6, 6.0
"""Seconds of a line and its pause; of silence in which the models load."""
_OUR_PAUSE = {"post_speech_silence_duration": 0.44}
"""The 0.6 s of ours, with the 0.16 s in which RealtimeSTT makes sure of a silence."""
_PARTS = ("live", "quality", "inventing", "feed")


def main() -> int:
    """Measure and print; exit code 2 with one line where something is missing."""
    chosen = _arguments()
    try:
        for name, figures in _measured(chosen):
            print(json.dumps({name: figures}, ensure_ascii=False), flush=True)
    except CompanionError as error:
        print(f"{error.message}. {error.hint}", file=sys.stderr)
        return 2
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="all clips, rooms and minutes")
    parser.add_argument("--only", choices=_PARTS, action="append", help="one part, or several")
    parser.add_argument("--model", default="", help="a speech model's name or folder")
    parser.add_argument("--seconds", type=float, default=70.0, help="of the live playing")
    parser.add_argument("--clips", type=int, default=40, help="of the quality part")
    parser.add_argument("--rooms", action="store_true", help="the quality part in every room")
    parser.add_argument("--hours", type=float, default=0.0, help="of the long feed")
    parser.add_argument("--speed", type=float, default=4.0, help="of the long feed")
    parser.add_argument(
        "--sink", default="", help="play the long feed through this PulseAudio sink"
    )
    parser.add_argument("--no-voices", action="store_true", help="the live part without voices")
    parser.add_argument(
        "--busy", type=int, default=0, help="cores that other work wants in the live part"
    )
    parser.add_argument(
        "--rival", type=Path, help="interpreter that has RealtimeSTT, to play to in the live part"
    )
    return parser.parse_args()


def _measured(chosen: argparse.Namespace) -> Iterator[tuple[str, dict[str, Any]]]:
    settings = load_settings()
    folder = model_folder(chosen.model or settings.speech_model, settings)
    parts = chosen.only or [part for part in _PARTS if part != "feed" or chosen.hours]
    beside = {"busy": chosen.busy} if chosen.busy else {}
    yield "machine", {"cores": available_cores(), "model": folder.name, **beside}
    play = clips()
    steps: dict[str, Callable[[], Iterator[tuple[str, dict[str, Any]]]]] = {
        "live": lambda: _live(chosen, play, folder),
        "quality": lambda: _quality(chosen, play, folder),
        "inventing": lambda: _inventing(chosen, folder),
        "feed": lambda: _feed(chosen, play, folder),
    }
    for part in parts:
        yield from steps[part]()


def _live(
    chosen: argparse.Namespace, play: list[Clip], folder: Path
) -> Iterator[tuple[str, dict[str, Any]]]:
    seconds = 1800.0 if chosen.full else chosen.seconds
    meeting = staged(_some(play, round(seconds / _A_LINE)), lead=_LEAD)
    with busy(chosen.busy), _file(meeting.sound) as path:
        voices = not chosen.no_voices
        ours = asyncio.run(by_the_listener(path, folder, seconds=meeting.seconds, voices=voices))
        yield "live, companion", ours.figures(meeting.said)
        plain = by_the_plain_loop(path, folder, meeting.seconds)
        yield "live, plain loop", plain.figures(meeting.said)
        yield "live, companion to plain loop", ours.ratios(plain, meeting.said)
        if chosen.rival:
            yield from _beside(ours, meeting, path, chosen.rival, folder)


def _beside(
    ours: Played, meeting: Conversation, path: Path, python: Path, folder: Path
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Another program as it comes, and with our pause."""
    heard: dict[str, Played] = {}
    for way, wishes in (("", {}), (", our pause", _OUR_PAUSE)):
        rival = by_the_rival(python, path, folder, meeting.seconds, **wishes)
        name = rival.program + way
        heard[name] = rival
        yield f"live, {name}", rival.figures(meeting.said)
        yield f"live, companion to {name}", ours.ratios(rival, meeting.said)
    yield "words of the same sound", _words(meeting, folder, heard)


def _words(meeting: Conversation, folder: Path, heard: dict[str, Played]) -> dict[str, float]:
    """Word error rates; ours and the plain loop's of the sound afterwards, for words stay there."""
    true = words(one.text for one in meeting.said)
    rates = {
        name: round(word_errors(true, words(told.text for told in rival.told)), 3)
        for name, rival in heard.items()
    }
    ways = compare(meeting, Whisper(folder), PlainWhisper(folder))
    return rates | {way: float(figures["word_error_rate"]) for way, figures in ways.items()}


def _some(play: list[Clip], count: int) -> list[Clip]:
    """So many lines from all over the play, five in a row each time."""
    groups = [play[first : first + 5] for first in range(0, len(play), 5)]
    wanted = max(1, min(count, len(play)) // 5)
    every = max(1, len(groups) // wanted)
    return [clip for group in groups[::every][:wanted] for clip in group]


def _quality(
    chosen: argparse.Namespace, play: list[Clip], folder: Path
) -> Iterator[tuple[str, dict[str, Any]]]:
    whisper, plain = Whisper(folder), PlainWhisper(folder)
    rooms = ROOMS if chosen.full or chosen.rooms else ROOMS[:1]
    for room in rooms:
        conversation = staged(_some(play, len(play) if chosen.full else chosen.clips), room)
        for way, figures in compare(conversation, whisper, plain).items():
            yield f"{room.name}, {way}", figures


def _inventing(chosen: argparse.Namespace, folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    minutes = 60.0 if chosen.full else 6.0
    whisper = Whisper(folder)
    yield "nobody speaks", invented(whisper, minutes, PlainWhisper(folder))
    yield "nobody speaks, gates alone", believed_anyway(whisper, minutes / 3)


def _feed(
    chosen: argparse.Namespace, play: list[Clip], folder: Path
) -> Iterator[tuple[str, dict[str, Any]]]:
    hours, speed = chosen.hours or 2.0, chosen.speed
    yield "long feed", asyncio.run(fed(play, folder, hours, speed, chosen.sink))


@contextmanager
def _file(sound: Samples) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "meeting.wav"
        soundfile.write(path, sound, SAMPLE_RATE, subtype="PCM_16")
        yield path


if __name__ == "__main__":
    sys.exit(main())
