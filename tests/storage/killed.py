"""Processes that journal until kill -9, each in turn: how many acknowledged facts are lost?

    python -m tests.storage.killed FOLDER KILLS [--early]

Each child opens the database, says how many facts it finds, and writes one after another,
saying so after each commit; with --early before it, which must lose some. Children are
forked, so that imports are paid for once. Prints one JSON object.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from companion.events import MeetingPaused
from companion.settings import Settings
from companion.storage.opening import open_storage
from companion.storage.records import MeetingRecord


async def _journal(settings: Settings, out: int, *, early: bool) -> None:
    storage = await open_storage(settings)
    if await storage.meetings.get("m") is None:
        await storage.meetings.create(
            MeetingRecord(id="m", method="incident", minutes=60, started=0.0)
        )
    found = len(await storage.journal.read("m"))
    os.write(out, f"found {found}\n".encode())
    number = found
    while True:
        number += 1
        if early:
            os.write(out, b"kept %d\n" % number)
        sequence = await storage.journal.append("m", 0.0, MeetingPaused(at=float(number)))
        if not early:
            os.write(out, b"kept %d\n" % sequence)


def _one_life(settings: Settings, wait: float, *, early: bool) -> list[str]:
    """Fork, let it live for `wait` seconds after it opened the database, kill; what it said."""
    source, out = os.pipe()
    child = os.fork()
    if child == 0:
        asyncio.run(_journal(settings, out, early=early))
    os.close(out)
    if not select.select([source], [], [], 30)[0]:
        sys.exit("the child said nothing")
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(source) as said:
        return said.read().splitlines()


def main(folder: str, kills: int, *, early: bool) -> None:
    """Kill so many times and print what was lost."""
    settings = Settings(data_dir=Path(folder), key_source="file")
    chance = random.Random(0)  # noqa: S311
    acknowledged = lost = 0
    for _ in range(kills + 1):
        said = _one_life(settings, chance.uniform(0.0, 0.03), early=early)
        found = int(said[0].split()[1])
        lost += max(acknowledged - found, 0)
        numbers = [int(line.split()[1]) for line in said if line.startswith("kept ")]
        acknowledged = max([found, *numbers])
    print(json.dumps({"kills": kills, "acknowledged": acknowledged, "lost": lost}))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), early="--early" in sys.argv)
