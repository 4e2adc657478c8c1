"""Hours of sound through the real listener: whether its time drifts and its memory grows."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from companion.audio.frame import SAMPLE_RATE
from companion.events import AnyFinding, Gap, LevelMeasured, ListeningProblem, TurnHeard
from companion.listening.link import Listen
from companion.listening.supervisor import Supervisor
from models.speech.acted import Clip
from models.speech.process import Usage, usage_of
from models.speech.staging import staged

_EVERY = 20.0
"""Seconds between two looks at memory."""


async def fed(play: list[Clip], model: Path, hours: float, speed: float) -> dict[str, Any]:
    """`hours` of conversation at `speed` times real time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "meeting.wav"
        seconds = _write(path, play, hours * 3600)
        return await _feed(path, model, seconds, speed)


def _write(path: Path, play: list[Clip], seconds: float) -> float:
    """The play as often as it takes, in stretches, so that memory stays small."""
    written = 0
    with soundfile.SoundFile(path, "w", SAMPLE_RATE, 1, "PCM_16") as file:
        while written < seconds * SAMPLE_RATE:
            first = (written // SAMPLE_RATE) % max(len(play) - 40, 1)
            sound = staged(play[first : first + 40], seed=written % 97).sound
            file.write(sound)
            written += len(sound)
    return written / SAMPLE_RATE


async def _feed(path: Path, model: Path, seconds: float, speed: float) -> dict[str, Any]:
    ended = asyncio.Event()
    delays: list[tuple[float, float]] = []
    last = {"level": 0.0, "gaps": 0.0, "turns": 0.0}

    async def hear(finding: AnyFinding) -> None:
        match finding:
            case LevelMeasured(at=at):
                delays.append((at, time.monotonic() - at / speed))
                last["level"] = at
            case Gap(seconds=lost):
                last["gaps"] += lost
            case TurnHeard():
                last["turns"] += 1
        if getattr(finding, "problem", None) is ListeningProblem.SOURCE_ENDED:
            ended.set()

    supervisor = Supervisor(hear, lambda: 0.0)
    order = Listen(source=str(path), speech_model=str(model), speed=speed, voices=True)
    await supervisor.listen(order)
    usages = await _watch(supervisor, ended, seconds / speed + 300)
    await supervisor.stop()
    return _figures(delays, usages, last, seconds, speed)


async def _watch(supervisor: Supervisor, ended: asyncio.Event, most: float) -> list[Usage]:
    usages: list[Usage] = []
    until = time.monotonic() + most
    while not ended.is_set() and time.monotonic() < until:
        try:
            await asyncio.wait_for(ended.wait(), _EVERY)
        except TimeoutError:
            usages.append(usage_of(supervisor.pid or 0))
    return usages


def _figures(
    delays: list[tuple[float, float]],
    usages: list[Usage],
    last: dict[str, float],
    seconds: float,
    speed: float,
) -> dict[str, Any]:
    fifth = max(len(delays) // 5, 1)
    early = min(delay for _, delay in delays[:fifth])
    late = min(delay for _, delay in delays[-fifth:])
    sizes = [usage.mib for usage in usages if usage.mib]
    warm = sizes[len(sizes) // 4 :]
    hours = (len(warm) - 1) * _EVERY * speed / 3600
    slope = float(np.polyfit(range(len(warm)), warm, 1)[0]) if len(warm) > 2 else 0.0
    return {
        "hours": round(seconds / 3600, 2),
        "speed": speed,
        "drift_ms": round((late - early) * 1000, 1),
        "heard_to": round(last["level"], 1),
        "sound_seconds": round(seconds, 1),
        "turns": int(last["turns"]),
        "given_up_seconds": round(last["gaps"], 1),
        "mib_at_first": round(warm[0]) if warm else None,
        "mib_at_last": round(warm[-1]) if warm else None,
        "mib_per_hour_of_sound": round(slope * (len(warm) - 1) / hours, 1) if hours > 0 else None,
        "peak_mib": round(usages[-1].peak_mib) if usages else None,
    }
