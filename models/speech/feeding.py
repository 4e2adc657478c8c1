"""Hours of sound through the real listener: whether its time drifts and its memory grows."""

from __future__ import annotations

import asyncio
import bisect
import tempfile
import time
from dataclasses import dataclass, field
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
from models.speech.staging import Said, staged

_EVERY = 20.0
"""Seconds between two looks at memory."""
_NEAR = 0.5
"""Seconds between a true end and an utterance's, at most, to be the same."""
_OPENING = 5.0
"""Seconds in which a microphone is open before something is played to it, and after it."""
_FIRST = 0.3
"""Seconds of sound that the first level tells of."""


@dataclass
class _Heard:
    """What comes of a feed, and its clock: meeting time, as a service would count it."""

    speed: float
    began: float = field(default_factory=time.monotonic)
    lead: float = 0.0
    """Meeting time at which the playing began: a recording is played when the models are loaded."""
    after: float = 0.0
    """Seconds that are heard after it."""
    levels: list[tuple[float, float]] = field(default_factory=list)
    """Meeting time of the sound, and when its level came."""
    ends: list[float] = field(default_factory=list)
    """Of utterances, in meeting time."""
    gaps: float = 0.0
    usages: list[tuple[float, Usage]] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self) -> float:
        """Meeting time."""
        return (time.monotonic() - self.began) * self.speed

    async def take(self, finding: AnyFinding) -> None:
        """A finding of the listener."""
        match finding:
            case LevelMeasured(at=at):
                if not self.levels:
                    self.lead = at - _FIRST
                self.levels.append((at, self.now()))
            case Gap(seconds=lost):
                self.gaps += lost
            case TurnHeard(until=until):
                self.ends.append(until)
            case _:
                pass
        if getattr(finding, "problem", None) is ListeningProblem.SOURCE_ENDED:
            self.ended.set()


async def fed(
    play: list[Clip], model: Path, hours: float, speed: float, sink: str = ""
) -> dict[str, Any]:
    """`hours` of conversation at `speed` times real time.

    With `sink` it is played in real time through this PulseAudio sink, and heard by the
    default microphone, which must be that sink's monitor.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "meeting.wav"
        said = _write(path, play, hours * 3600)
        seconds = soundfile.info(path).duration
        heard = _Heard(speed=1.0 if sink else speed)
        supervisor = Supervisor(heard.take, heard.now)
        source = "" if sink else str(path)
        await supervisor.listen(
            Listen(source=source, speech_model=str(model), speed=heard.speed, voices=True)
        )
        watch = asyncio.create_task(_watch(supervisor, heard))
        if sink:
            await _play(path, sink, heard)
        else:
            await asyncio.wait_for(heard.ended.wait(), seconds / speed + 600)
        watch.cancel()
        await supervisor.stop()
        return _figures(heard, said, seconds)


def _write(path: Path, play: list[Clip], seconds: float) -> list[Said]:
    """The play as often as it takes, in stretches, so that memory stays small; what is said."""
    written = 0
    truth: list[Said] = []
    with soundfile.SoundFile(path, "w", SAMPLE_RATE, 1, "PCM_16") as file:
        while written < seconds * SAMPLE_RATE:
            first = (written // SAMPLE_RATE) % max(len(play) - 40, 1)
            stretch = staged(play[first : first + 40], seed=written % 97)
            file.write(stretch.sound)
            before = written / SAMPLE_RATE
            truth += [Said(before + s.at, before + s.until, s.text) for s in stretch.said]
            written += len(stretch.sound)
    return truth


async def _play(path: Path, sink: str, heard: _Heard) -> None:
    """To its end, once the microphone is open."""
    await asyncio.sleep(_OPENING)
    heard.lead, heard.after = heard.now(), _OPENING
    player = await asyncio.create_subprocess_exec("paplay", f"--device={sink}", str(path))
    try:
        await player.wait()
        await asyncio.sleep(_OPENING)
    finally:
        if player.returncode is None:
            player.kill()


async def _watch(supervisor: Supervisor, heard: _Heard) -> None:
    while True:
        await asyncio.sleep(_EVERY)
        heard.usages.append((heard.now(), usage_of(supervisor.pid or 0)))


def _figures(heard: _Heard, said: list[Said], seconds: float) -> dict[str, Any]:
    clock = [now - at for at, now in heard.levels]
    tenth = max(len(clock) // 10, 1)
    off = _off_truth(heard, said)
    part = max(len(off) // 10, 1)
    hours = [at / 3600 for at, _ in heard.usages]
    sizes = [usage.mib for _, usage in heard.usages]
    warm = len(sizes) // 8
    slope = np.polyfit(hours[warm:], sizes[warm:], 1)[0] if len(sizes) > warm + 2 else 0.0
    busy = heard.usages[-1][1].cpu_seconds / heard.now() * heard.speed if sizes else 0.0
    return {
        "hours": round(seconds / 3600, 2),
        "speed": heard.speed,
        "clock_drift_ms": round((min(clock[-tenth:]) - min(clock[:tenth])) * 1000, 1),
        "turns": len(heard.ends),
        "turns_matched": len(off),
        "turns_drift_ms": round(float(np.median(off[-part:]) - np.median(off[:part])) * 1000, 1),
        "turns_drift_widest_ms": _widest(off, part),
        "not_heard_seconds": round(heard.lead + seconds + heard.after - heard.levels[-1][0], 1),
        "told_as_gaps_seconds": round(heard.gaps, 1),
        "cores_used": round(busy, 2),
        "mib_in_eighths": [round(float(np.median(part))) for part in np.array_split(sizes, 8)],
        "mib_per_hour_of_sound": round(float(slope), 1),
        "peak_mib": round(heard.usages[-1][1].peak_mib) if sizes else None,
    }


def _off_truth(heard: _Heard, said: list[Said]) -> list[float]:
    """Seconds by which each utterance's end is later than the true end nearest to it."""
    true = [heard.lead + one.until for one in said]
    off = []
    for end in heard.ends:
        place = bisect.bisect(true, end)
        nearest = min(true[max(place - 1, 0) : place + 1], key=lambda one: abs(one - end))
        if abs(end - nearest) < _NEAR:
            off.append(end - nearest)
    return off


def _widest(off: list[float], part: int) -> float:
    """Milliseconds between the tenths of the meeting that are farthest apart."""
    medians = [float(np.median(off[first : first + part])) for first in range(0, len(off), part)]
    return round((max(medians) - min(medians)) * 1000, 1)
