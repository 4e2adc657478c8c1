from __future__ import annotations

import asyncio

from companion.events import MeetingPaused
from companion.storage.opening import Storage
from tests.storage.made import a_stored_meeting


async def test_caller_that_goes_away_at_any_moment_leaves_the_database_usable(
    storage: Storage,
) -> None:
    await a_stored_meeting(storage)
    for turns in range(40):
        caller = asyncio.create_task(storage.journal.append("m1", 1.0, MeetingPaused(at=turns)))
        for _ in range(turns):
            await asyncio.sleep(0)
        caller.cancel()
        await asyncio.wait([caller])
    await storage.journal.append("m1", 1.0, MeetingPaused(at=99.0))
    rows = await storage.journal.read("m1")
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    assert MeetingPaused(at=99.0) in [row.event for row in rows]
