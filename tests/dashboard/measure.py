"""How fast pages hear of a change: `python -m tests.dashboard.measure [PAGES]`.

Opens that many streams on the real service, makes changes, and prints (JSON, milliseconds)
from the change to its event on a page, and for the GET that follows.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx

from companion.clock import VirtualClock
from companion.dashboard.application import make_house
from companion.dashboard.service import HOST, make_server, open_socket
from companion.dashboard.service_log import set_up_logging
from companion.session.commands import AddMinutes
from companion.storage.opening import open_plain
from tests.session.rooms import Room

_CHANGES = 40


async def main(pages: int) -> None:
    """Measure and print."""
    set_up_logging("ERROR")
    with tempfile.TemporaryDirectory() as folder, open_socket(0) as listening:
        clock = VirtualClock()
        storage = await open_plain(Path(folder) / "measure.db", clock)
        room = Room(storage, clock, Path(folder))
        port = listening.getsockname()[1]
        house = make_house(room.session, port)
        server = make_server(house, port)
        serving = asyncio.ensure_future(server.serve(sockets=[listening]))
        await room.start(agreed=3, present=3)
        origin = f"http://{HOST}:{port}"
        limits = httpx.Limits(max_connections=pages + 10)
        async with httpx.AsyncClient(base_url=origin, limits=limits, timeout=30) as client:
            await client.get(f"/binnen?sleutel={house.sessions.token}")
            result = await _measure(room, client, pages)
        sys.stdout.write(json.dumps(result) + "\n")
        server.should_exit = True
        await serving
        await storage.close()


async def _measure(room: Room, client: httpx.AsyncClient, pages: int) -> dict[str, float]:
    heard: list[tuple[int, float]] = []
    ready = [asyncio.Event() for _ in range(pages)]

    async def follow(number: int) -> None:
        async with client.stream("GET", "/stroom") as answer:
            async for line in answer.aiter_lines():
                if line.startswith("id: "):
                    ready[number].set()
                    heard.append((int(line[4:]), time.perf_counter()))

    following = [asyncio.ensure_future(follow(number)) for number in range(pages)]
    for event in ready:
        await event.wait()
    heard.clear()
    sent: dict[int, float] = {}
    gets: list[float] = []
    for number in range(_CHANGES):
        asked = time.perf_counter()
        sent[await room.session.do(AddMinutes(minutes=1 if number % 2 else -1))] = asked
        await asyncio.sleep(0.15)
        asked = time.perf_counter()
        await client.get("/leiden/nu", headers={"HX-Request": "true"})
        gets.append(time.perf_counter() - asked)
    for task in following:
        task.cancel()
    waits = [at - sent[version] for version, at in heard if version in sent]
    return {
        "pages": pages,
        "events_expected": pages * _CHANGES,
        "events_heard": len(waits),
        "event_ms_p50": round(statistics.median(waits) * 1000, 1),
        "event_ms_p95": round(statistics.quantiles(waits, n=20)[18] * 1000, 1),
        "get_ms_p95": round(statistics.quantiles(gets, n=20)[18] * 1000, 1),
    }


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
