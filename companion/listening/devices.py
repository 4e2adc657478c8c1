"""The microphones as the service sees them: asked of a process that ends at once.

Nothing here loads a library for sound. Only names, levels and shares come back: no
sound, and nothing of what was said.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable, Sequence
from enum import StrEnum
from typing import TypeAlias

import msgspec

from companion.errors import MicrophoneError

COMMAND = (sys.executable, "-m", "companion.listening.microphones")
_PATIENCE = 20.0
"""Seconds beyond the test itself; starting an interpreter takes one."""
_LONGEST = 30.0


class MicrophoneVerdict(StrEnum):
    """What a test found."""

    GOOD = "good"
    QUIET = "quiet"
    LOUD = "loud"
    SILENT = "silent"
    NO_SPEECH = "no-speech"


class InputDevice(msgspec.Struct, frozen=True, kw_only=True):
    """A microphone; `rate` in samples a second."""

    name: str
    default: bool
    channels: int
    rate: float


class MicrophoneTest(msgspec.Struct, frozen=True, kw_only=True):
    """What a microphone gave: levels in dB full scale, `speech` and `clipped` as shares."""

    name: str
    seconds: float
    speech_db: float
    """The loudest 32 ms of speech; -120 where none was heard."""
    peak_db: float
    speech: float
    clipped: float
    verdict: MicrophoneVerdict


class Listed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The answer to a question for the list."""

    microphones: tuple[InputDevice, ...]


class Tick(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The level while a test runs."""

    db: float


class Tested(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The answer to a test."""

    test: MicrophoneTest


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """There is no usable microphone."""

    code: str
    message: str
    hint: str = ""


Answer: TypeAlias = Listed | Tick | Tested | Refused
_read = msgspec.json.Decoder(Answer).decode


async def microphones(command: Sequence[str] = COMMAND) -> tuple[InputDevice, ...]:
    """Every microphone of this machine; MicrophoneError where none can be had."""
    async with asyncio.timeout(_PATIENCE):
        async for answer in _answers([*command]):
            if isinstance(answer, Listed):
                return answer.microphones
    raise _no_answer()


async def try_microphone(
    name: str = "",
    channel: int | None = None,
    seconds: float = 5.0,
    *,
    on_level: Callable[[float], None] | None = None,
    command: Sequence[str] = COMMAND,
) -> MicrophoneTest:
    """Listen for some seconds and say how it is; MicrophoneError where it can't be opened.

    `channel` counts from 0; None mixes all. `on_level` is told dB about eight times a second.
    """
    seconds = min(max(seconds, 1.0), _LONGEST)
    words = [*command, "--test", f"--name={name}", f"--seconds={seconds}"]
    if channel is not None:
        words.append(f"--channel={channel}")
    async with asyncio.timeout(seconds + _PATIENCE):
        async for answer in _answers(words):
            if isinstance(answer, Tested):
                return answer.test
            if isinstance(answer, Tick) and on_level:
                on_level(answer.db)
    raise _no_answer()


async def _answers(words: list[str]) -> AsyncIterator[Answer]:
    """What the process says, line by line; a refusal is raised."""
    process = await asyncio.create_subprocess_exec(
        *words, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL
    )
    try:
        while process.stdout and (line := await process.stdout.readline()):
            try:
                answer: Answer = _read(line)
            except msgspec.DecodeError as error:
                raise _no_answer() from error
            if isinstance(answer, Refused):
                raise MicrophoneError(answer.code, answer.message, answer.hint)
            yield answer
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    await process.wait()


def _no_answer() -> MicrophoneError:
    return MicrophoneError(
        "microphone.no-answer", "The microphones could not be asked for", "Run: companion doctor"
    )
