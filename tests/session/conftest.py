from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from companion.clock import VirtualClock
from companion.storage.opening import open_plain
from tests.session.rooms import Room


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    clock = VirtualClock()
    storage = await open_plain(tmp_path / "room.db", clock)
    yield Room(storage, clock, tmp_path)
    await storage.close()
