"""What microphones there are and whether one works: `python -m companion.listening.microphones`.

A short-lived process of its own, shut in like the listener, so that the service never
loads what opens a device. It prints JSON lines: levels while it tests, then one answer.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator

import msgspec

from companion.audio.frame import Frame
from companion.audio.level import FLOOR_DB, measure
from companion.audio.microphone import Microphone, inputs
from companion.errors import MicrophoneError
from companion.events import ListeningProblem
from companion.listening.devices import (
    Answer,
    InputDevice,
    Listed,
    MicrophoneTest,
    MicrophoneVerdict,
    Refused,
    Tested,
    Tick,
)
from companion.listening.sandbox import enter

_PIECE = 0.12
"""Seconds of sound a level is told of."""
_BEGINS = 6.0
"""Seconds that a device may take to begin."""
_SPEECH = 0.5
_CLIPPED = 0.985
_QUIET_DB, _LOUD_SHARE = -45.0, 0.002
"""Level of the speech under which it is quiet; share of clipped samples over which it is loud."""
_LEAST_SPEECH = 0.1
_SILENT_DB = -100.0


def main() -> int:
    """List, or test one; exit code 4 where there is no usable microphone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--test", action="store_true")
    parser.add_argument("--name", default="")
    parser.add_argument("--channel", type=int)
    parser.add_argument("--seconds", type=float, default=5.0)
    given = parser.parse_args()
    enter()
    try:
        if given.test:
            _say(Tested(test=_listen(given.name, given.channel, given.seconds)))
        else:
            _say(Listed(microphones=listed()))
    except MicrophoneError as error:
        _say(Refused(code=error.code, message=error.message, hint=error.hint))
        return error.exit_code
    return 0


def listed() -> tuple[InputDevice, ...]:
    """Every input, the default marked; MicrophoneError where PortAudio is missing."""
    return tuple(
        InputDevice(
            name=device["name"],
            default=device["default"],
            channels=device["max_input_channels"],
            rate=device["default_samplerate"],
        )
        for device in inputs()
    )


def _listen(name: str, channel: int | None, seconds: float) -> MicrophoneTest:
    with Microphone(name, channel) as microphone:
        return judge(microphone.name, _sound(microphone, seconds), lambda db: _say(Tick(db=db)))


def _sound(microphone: Microphone, seconds: float) -> Iterator[Frame]:
    """What it gives in `seconds` of sound; less where it is lost, or never begins."""
    until = time.monotonic() + seconds + _BEGINS
    heard = 0.0
    while heard < seconds and time.monotonic() < until:
        frame = microphone.read(timeout=0.2)
        if frame is not None:
            heard = frame.until
            yield frame
        elif heard and microphone.problem() is ListeningProblem.MICROPHONE_LOST:
            return


def judge(name: str, sound: Iterator[Frame], tick: Callable[[float], None]) -> MicrophoneTest:
    """Level, share of speech and clipping of `sound`; `tick` is told the level as it goes."""
    from companion.speech.activity import CHUNK, Activity  # noqa: PLC0415 - not for a list

    activity = Activity()
    chunks = speech = clipped = 0
    loudest, loud_speech, untold, heard = FLOOR_DB, FLOOR_DB, 0.0, 0.0
    for frame in sound:
        heard = frame.until
        clipped += int((abs(frame.samples) >= _CLIPPED).sum())
        untold += frame.seconds
        if untold >= _PIECE:
            tick(round(measure(frame.samples).rms_db, 1))
            untold = 0.0
        for chunk, likely in activity.probabilities(frame):
            level = measure(chunk)
            chunks += 1
            loudest = max(loudest, level.peak_db)
            if likely >= _SPEECH:
                speech += 1
                loud_speech = max(loud_speech, level.rms_db)
    share = clipped / max(chunks * CHUNK, 1)
    return MicrophoneTest(
        name=name,
        seconds=round(heard, 2),
        speech_db=round(loud_speech, 1),
        peak_db=round(loudest, 1),
        speech=round(speech / max(chunks, 1), 3),
        clipped=round(share, 5),
        verdict=_verdict(speech / max(chunks, 1), loud_speech, loudest, share),
    )


def _verdict(speech: float, speech_db: float, peak_db: float, clipped: float) -> MicrophoneVerdict:
    if peak_db <= _SILENT_DB:
        return MicrophoneVerdict.SILENT
    if speech < _LEAST_SPEECH:
        return MicrophoneVerdict.NO_SPEECH
    if clipped > _LOUD_SHARE:
        return MicrophoneVerdict.LOUD
    return MicrophoneVerdict.QUIET if speech_db < _QUIET_DB else MicrophoneVerdict.GOOD


def _say(answer: Answer) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
