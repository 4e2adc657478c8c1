"""The typed pipe between the service and the listener.

Frames on the pipe are a 4-byte big-endian length and a msgspec JSON body. Towards the
listener go Instructions; back come only Findings, which carry no text (but for the
candidate of an agreement). This module is all that the service shares with the worker.
"""

from __future__ import annotations

import struct
from typing import TypeAlias

import msgspec

from companion.events import AnyFinding
from companion.vocabulary import Role, StepHint

MAX_FRAME = 64 * 1024
"""Bytes; a longer frame is a broken peer."""
_LENGTH = struct.Struct(">I")


class Instruction(msgspec.Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Something the service tells the listener."""


class Listen(Instruction, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Open the source and listen; the first instruction of a listener's life."""

    source: str = ""
    """A recording's path; empty: the microphone."""
    microphone: str = ""
    """Part of the device's name; empty: the default."""
    channel: int | None = None
    """One channel of it, from 0; None: all mixed."""
    speech_model: str
    """Folder of the faster-whisper model."""
    language_model: str = ""
    """Empty: the bundled pipeline; else a spaCy package or folder to build on."""
    starts_at: float = 0.0
    """Meeting time of the first sample."""
    source_from: float = 0.0
    """Seconds of a recording to skip (a meeting that goes on after a restart)."""
    speed: float = 1.0
    """A recording is fed at this many times real time; 0: as fast as it can be understood."""
    steps: tuple[StepHint, ...] = ()
    step: int = 0
    wake_word: str = "companion"
    voices: bool = True
    second_look: bool = True
    """Counts are corrected from longer blocks, as long as the machine has time for it."""
    first_voice: int = 1
    """The number of the first new voice: those below it were other listeners' voices."""
    today: str = ""
    """ISO date on which "morgen" is resolved."""


class InStep(Instruction, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """The group is in this step now: context for the language part."""

    step: int


class VoiceRole(Instruction, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """A voice was tied to a role."""

    voice: int
    role: Role | None = None
    """None: no longer."""


class SampleVoice(Instruction, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """What is said from now on is this member's voice; None: no longer."""

    member: int | None = None


class OwnSound(Instruction, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """A page plays a sound from now on: don't listen to it."""

    seconds: float


class Forget(Instruction, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """What was said between these moments is to be forgotten: sound, words and voices."""

    since: float
    until: float


class StopHearing(Instruction, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Close the source itself (the device light goes out); models stay loaded."""


class HearAgain(Instruction, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Open the source again; its first sample is at this meeting time."""

    starts_at: float


class Finish(Instruction, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """End the process; what is not yet recognised is dropped."""


AnyInstruction: TypeAlias = (
    Listen | InStep | VoiceRole | SampleVoice | OwnSound | Forget | StopHearing | HearAgain | Finish
)

_encode = msgspec.json.Encoder().encode
_finding = msgspec.json.Decoder(AnyFinding).decode
_instruction = msgspec.json.Decoder(AnyInstruction).decode


def pack(message: AnyFinding | AnyInstruction) -> bytes:
    """One frame, ready for the pipe."""
    body = _encode(message)
    return _LENGTH.pack(len(body)) + body


class FrameError(ValueError):
    """The peer sent something that is no frame."""


class Unpacker:
    """Cuts a byte stream into frames; give it any pieces, it returns whole bodies."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The bodies completed by `data`; raises FrameError on an impossible length."""
        self._buffer += data
        bodies: list[bytes] = []
        while len(self._buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer)
            if length > MAX_FRAME:
                raise FrameError(f"frame of {length} bytes")
            end = _LENGTH.size + length
            if len(self._buffer) < end:
                break
            bodies.append(bytes(self._buffer[_LENGTH.size : end]))
            del self._buffer[:end]
        return bodies


def read_finding(body: bytes) -> AnyFinding:
    """A finding, or FrameError."""
    try:
        finding: AnyFinding = _finding(body)
    except msgspec.DecodeError as error:
        raise FrameError(str(error)) from error
    return finding


def read_instruction(body: bytes) -> AnyInstruction:
    """An instruction, or FrameError."""
    try:
        instruction: AnyInstruction = _instruction(body)
    except msgspec.DecodeError as error:
        raise FrameError(str(error)) from error
    return instruction
