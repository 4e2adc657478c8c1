"""A recording played in real time to the real listener process, and to other programs.

The latency of an utterance is from the true end of the speech to the moment at which its
finding has arrived in this process, where the end of that utterance was found as well; once
for all sentences, and once for those after which there is a pause. The wait is the same for
every true end: to the first text that covers it, also where that text is of several utterances.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from companion.errors import UsageError
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
from models.speech.process import Usage, Watch, usage_of
from models.speech.staging import Said

_LOADED = (ListeningState.HEARING, ListeningState.QUIET, ListeningState.CATCHING_UP)
_SHOWN = (50, 95)
"""Percentiles."""
PAUSE = 0.7
"""Seconds to the next sentence from which there is a pause: our 0.6, and the clips' margins."""
_NEAR = 0.5
"""Seconds between a true end and an utterance, at most, to be the same."""


@dataclass(frozen=True)
class Told:
    """An utterance as found, and the moment its finding came, in source seconds."""

    at: float
    until: float
    moment: float
    text: str = ""

    def apart(self, end: float) -> float:
        """Seconds between a true end and this utterance; none within it."""
        return max(self.at - end, end - self.until, 0.0)


@dataclass
class Played:
    """What a playing gave."""

    program: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    seconds: float = 0.0
    others: float = 0.0
    """Cores that other work of this machine took."""
    most_lag: float = 0.0
    gaps: float = 0.0
    corrections: int = 0
    ready: float = 0.0
    """When the models were loaded, in source seconds: what was said before is not timed."""

    def latencies(self, said: Sequence[Said]) -> list[float]:
        """Seconds from each true end that was found to its finding."""
        return self._until_told(said, lambda told, end: abs(told.until - end))

    def latencies_at_pauses(self, said: Sequence[Said]) -> list[float]:
        """Of those after which nobody speaks for a while."""
        after = pairwise(said)
        return self.latencies([one for one, next_ in after if next_.at - one.until >= PAUSE])

    def waits(self, said: Sequence[Said]) -> list[float]:
        """Seconds from each true end that a text covers to the first such text."""
        return self._until_told(said, Told.apart)

    def _until_told(
        self, said: Sequence[Said], apart: Callable[[Told, float], float]
    ) -> list[float]:
        found = []
        for end in self._ends(said):
            near = [(apart(told, end), told.moment) for told in self.told]
            distance, moment = min(near, default=(_NEAR, 0.0))
            if distance < _NEAR:
                found.append(moment - end)
        return found

    def _ends(self, said: Sequence[Said]) -> list[float]:
        return [one.until for one in said if one.at > self.ready]

    def figures(self, said: Sequence[Said]) -> dict[str, Any]:
        """What is printed."""
        late, waits, ends = self.latencies(said), self.waits(said), len(self._ends(said))
        return {
            "utterances": len(self.told),
            "ends_matched": f"{len(late)} of {ends}",
            **_percentiles("latency", late),
            **_percentiles("latency_at_pauses", self.latencies_at_pauses(said)),
            "ends_covered": f"{len(waits)} of {ends}",
            **_percentiles("wait", waits),
            "cores_used": round(self.usage.cpu_seconds / max(self.seconds, 1.0), 2),
            "cores_of_others": round(self.others, 2),
            "peak_mib": round(self.usage.peak_mib),
            "most_lag": self.most_lag,
            "gap_seconds": round(self.gaps, 1),
            "corrections": self.corrections,
            **({"settings": self.settings} if self.settings else {}),
        }

    def ratios(self, other: Played, said: Sequence[Said]) -> dict[str, float]:
        """Latencies and waits as shares of those of `other`."""
        ours, theirs = self.figures(said), other.figures(said)
        measures = ("latency", "latency_at_pauses", "wait")
        names = (f"{of}_p{q}" for of in measures for q in _SHOWN)
        return {name: round(ours[name] / theirs[name], 2) for name in names if theirs[name]}


def _percentiles(name: str, seconds: Sequence[float]) -> dict[str, float | None]:
    return {
        f"{name}_p{q}": round(float(np.percentile(seconds, q)), 2) if seconds else None
        for q in _SHOWN
    }


async def by_the_listener(
    path: Path, model: Path, *, seconds: float, voices: bool, speed: float = 1.0
) -> Played:
    """Play `path` to a listener process with everything on."""
    played, watch = Played(seconds=seconds / speed), Watch()
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
    played.others = watch.others(played.usage.cpu_seconds)
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
            case TurnHeard(at=at, until=until):
                came = until + (moment - began) - until / speed
                played.told.append(Told(at, until, came))
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
    return _by([sys.executable, "-m", "models.speech.plain", str(path), str(model)], seconds)


def by_the_rival(python: Path, path: Path, model: Path, seconds: float, **wishes: float) -> Played:
    """Play `path` to another program, whose environment has the interpreter `python`."""
    script = str(Path(__file__).with_name("rival.py"))
    return _by([str(python), "-P", script, str(path), str(model), json.dumps(wishes)], seconds)


def _by(command: Sequence[str], seconds: float) -> Played:
    played, watch = Played(seconds=seconds), Watch()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        began = 0.0
        for line in process.stdout or ():
            told = json.loads(line)
            began = told.get("began", began)
            played.program = told.get("program", played.program)
            played.settings = told.get("settings", played.settings)
            if "told" in told:
                moment, text = told["told"] - began, told.get("text", "")
                played.told.append(Told(told["at"], told["until"], moment, text))
            played.usage = usage_of(process.pid)
    played.others = watch.others(played.usage.cpu_seconds)
    if process.returncode:
        code, hint = "program-ended", "What it said is above."
        raise UsageError(code, f"{command[0]} ended with {process.returncode}", hint)
    return played
