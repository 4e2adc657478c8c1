from __future__ import annotations

import sqlalchemy as sa

from companion.events import MeetingPaused
from companion.storage.opening import Storage
from companion.storage.tables import journal
from tests.method.figured import some_figures
from tests.storage.made import a_stored_meeting


async def test_figures_read_as_they_were_written(storage: Storage) -> None:
    await a_stored_meeting(storage)
    assert await storage.figures.of_meeting("m1") is None
    await storage.figures.put(some_figures())
    assert await storage.figures.of_meeting("m1") == some_figures()


async def test_a_groups_figures_come_in_the_order_of_its_meetings(storage: Storage) -> None:
    await a_stored_meeting(storage, id="later", group="noord", started=20.0)
    await a_stored_meeting(storage, id="eerst", group="noord", started=10.0)
    await a_stored_meeting(storage, id="elders", started=5.0)
    for meeting in ("later", "eerst", "elders"):
        await storage.figures.put(some_figures(meeting))
    assert [f.meeting for f in await storage.figures.of_group("noord")] == ["eerst", "later"]


async def test_the_end_turns_the_journal_into_counts_and_again_changes_nothing(
    storage: Storage,
) -> None:
    await a_stored_meeting(storage)
    await storage.journal.append("m1", 1.0, MeetingPaused(at=1.0))
    for _ in range(2):
        await storage.meetings.finish("m1", 500.0, counted=some_figures())
        assert await storage.journal.read("m1") == []
        assert await storage.figures.of_meeting("m1") == some_figures()


async def test_figures_go_with_their_meeting(storage: Storage) -> None:
    await a_stored_meeting(storage)
    await storage.figures.put(some_figures())
    await storage.forget.meeting("m1")
    assert await storage.figures.of_meeting("m1") is None


async def test_rows_left_behind_an_end_are_swept(storage: Storage) -> None:
    await a_stored_meeting(storage, id="over")
    await storage.meetings.finish("over", 500.0)
    await storage.journal.append("over", 1.0, MeetingPaused(at=1.0))
    await a_stored_meeting(storage, id="loopt")
    await storage.journal.append("loopt", 1.0, MeetingPaused(at=1.0))
    await storage.meetings.sweep()
    async with storage.database.transaction() as connection:
        left = (await connection.execute(sa.select(journal.c.meeting))).scalars().all()
    assert left == ["loopt"]
