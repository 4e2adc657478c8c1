"""The supervisor with the real listener: model, pipeline and sandbox, on the demo's sound."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable

import pytest

from companion.events import (
    AnyFinding,
    Gap,
    LevelMeasured,
    ListeningReported,
    ListeningState,
    TurnHeard,
)
from companion.listening.link import Listen
from companion.listening.supervisor import Supervisor
from companion.method.definitions import load_methods
from companion.resources import bundled
from companion.settings import Settings
from companion.vocabulary import StepHint

_PATIENCE = 180.0


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(_PATIENCE):
        while not holds():  # noqa: ASYNC110 - the other side is a process
            await asyncio.sleep(0.05)


@pytest.mark.model
async def test_killed_listener_hears_on_where_it_was() -> None:
    began = time.monotonic()
    found: list[AnyFinding] = []

    async def hear(finding: AnyFinding) -> None:
        found.append(finding)

    def hears() -> bool:
        return any(isinstance(f, TurnHeard) for f in found)

    supervisor = Supervisor(hear, lambda: time.monotonic() - began)
    steps = load_methods()["incident"].steps
    await supervisor.listen(
        Listen(
            source=str(bundled("models/demo") / "incident.opus"),
            speech_model=str(Settings().models_dir / "base"),
            steps=tuple(StepHint(id=s.id, name=s.name.nl, function=s.function) for s in steps),
            today="2026-11-22",
        )
    )
    await _until(hears)
    first, reached = supervisor.pid, supervisor.reached
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await _until(lambda: any(isinstance(f, Gap) for f in found))
    before, found[:] = list(found), []
    await _until(hears)
    second = supervisor.pid
    await supervisor.stop()
    assert second not in {first, None}
    assert supervisor.reached > reached
    assert any(isinstance(f, LevelMeasured) for f in found)
    reported = [f.state for f in before if isinstance(f, ListeningReported)]
    assert ListeningState.LOST in reported
