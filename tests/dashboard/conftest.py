from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from companion.clock import VirtualClock
from companion.dashboard.service_log import set_up_logging
from companion.storage.opening import open_plain
from tests.dashboard.visitor import Visitor, make_visitor
from tests.session.rooms import Room


@pytest.fixture(autouse=True)
def quiet() -> None:
    set_up_logging("ERROR")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    clock = VirtualClock()
    storage = await open_plain(tmp_path / "room.db", clock)
    yield Room(storage, clock, tmp_path)
    await storage.close()


@pytest.fixture
async def stranger(room: Room) -> AsyncIterator[Visitor]:
    """Somebody who knows the address and nothing else."""
    async with make_visitor(room) as visitor:
        yield visitor


@pytest.fixture
async def leader(stranger: Visitor) -> Visitor:
    """Whoever opened the printed link."""
    await stranger.come_in()
    return stranger
