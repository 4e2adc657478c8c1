"""A recording played in real time to the real listener process, and to the plain loop.

The latency of an utterance is from the true end of the speech to the moment at which its
finding has arrived in this process.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from companion.events import (
    AnyFinding,
    Gap,
    LevelMeasured,
    ListeningProblem,
    ListeningReported,
    ListeningState,
    SpanRevised,
    TurnHeard,
)
from companion.listening.link import Listen
from companion.listening.supervisor import Supervisor
from models.speech.process import Usage, usage_of
from models.speech.staging import Said

_LOADED = (ListeningState.HEARING, ListeningState.QUIET, ListeningState.CATCHING_UP)
_NEAR = 0.5
"""Seconds between a true end and an utterance's, at most, to be the same."""


@dataclass
class Played:
    """What a playing gave: `told` holds the end of each utterance and its latency base."""

    ends: list[tuple[float, float]] = field(default_factory=list)
    """The end of each utterance as found, and the moment its finding came, in source seconds."""
    usage: Usage = field(default_factory=Usage)
    seconds: float = 0.0
    most_lag: float = 0.0
    gaps: float = 0.0
    corrections: int = 0
    ready: float = 0.0
    """When the models were loaded, in source seconds: what was said before is not timed."""

    def latencies(self, said: Sequence[Said]) -> list[float]:
        """Seconds from each true end that was found to its finding."""
        found = []
        for one in (one for one in said if one.at > self.ready):
            near = [(abs(end - one.until), told) for end, told in self.ends]
            distance, told = min(near, default=(_NEAR, 0.0))
            if distance < _NEAR:
                found.append(told - one.until)
        return found

    def figures(self, said: Sequence[Said]) -> dict[str, Any]:
        """What is printed."""
        late = self.latencies(said)
        return {
            "utterances": len(self.ends),
            "ends_matched": f"{len(late)} of {sum(1 for one in said if one.at > self.ready)}",
            "latency_p50": round(float(np.percentile(late, 50)), 2) if late else None,
            "latency_p95": round(float(np.percentile(late, 95)), 2) if late else None,
            "cores_used": round(self.usage.cpu_seconds / max(self.seconds, 1.0), 2),
            "peak_mib": round(self.usage.peak_mib),
            "most_lag": self.most_lag,
            "gap_seconds": round(self.gaps, 1),
            "corrections": self.corrections,
        }


async def by_the_listener(
    path: Path, model: Path, *, seconds: float, voices: bool, speed: float = 1.0
) -> Played:
    """Play `path` to a listener process with everything on."""
    played = Played(seconds=seconds / speed)
    arrivals: list[tuple[AnyFinding, float]] = []
    ended = asyncio.Event()

    async def hear(finding: AnyFinding) -> None:
        arrivals.append((finding, time.monotonic()))
        if getattr(finding, "problem", None) is ListeningProblem.SOURCE_ENDED:
            ended.set()
        if isinstance(finding, LevelMeasured) and supervisor.pid:
            played.usage = usage_of(supervisor.pid)

    supervisor = Supervisor(hear, lambda: 0.0)
    order = Listen(source=str(path), speech_model=str(model), voices=voices, speed=speed)
    await supervisor.listen(order)
    await asyncio.wait_for(ended.wait(), seconds / speed + 120)
    if supervisor.pid:
        played.usage = usage_of(supervisor.pid)
    await supervisor.stop()
    _sort_out(arrivals, played, speed)
    return played


def _sort_out(arrivals: list[tuple[AnyFinding, float]], played: Played, speed: float) -> None:
    levels = [(f.at, moment) for f, moment in arrivals if isinstance(f, LevelMeasured)]
    began = min(moment - at / speed for at, moment in levels)
    loaded = (moment for f, moment in arrivals if getattr(f, "state", None) in _LOADED)
    played.ready = (next(loaded, began) - began) * speed
    for finding, moment in arrivals:
        match finding:
            case TurnHeard(until=until):
                played.ends.append((until, until + (moment - began) - until / speed))
            case ListeningReported(lag=lag) if moment - began > played.ready + 5:
                played.most_lag = max(played.most_lag, lag)
            case Gap(seconds=lost):
                played.gaps += lost
            case SpanRevised():
                played.corrections += 1
            case _:
                pass


def by_the_plain_loop(path: Path, model: Path, seconds: float) -> Played:
    """Play `path` to the plain loop in a process of its own."""
    played = Played(seconds=seconds)
    command = [sys.executable, "-m", "models.speech.plain", str(path), str(model)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        began = 0.0
        for line in process.stdout or ():
            told = json.loads(line)
            began = told.get("began", began)
            if "told" in told:
                played.ends.append((told["until"], told["told"] - began))
            played.usage = usage_of(process.pid)
    return played
