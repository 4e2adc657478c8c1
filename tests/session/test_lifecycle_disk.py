from __future__ import annotations

import pytest

from companion.errors import StorageError
from companion.session.commands import (
    ConfirmAgreement,
    EndMeeting,
    NextStep,
)
from tests.session.rooms import (
    Room,
    fill_disk,
    make_room,
    question,
)


async def test_full_disk_keeps_the_meeting_going_and_loses_nothing(room: Room) -> None:
    meeting = await room.start()
    await fill_disk(room)
    notes = [ConfirmAgreement(what=f"Ik bel nummer {n} " + "heel lang " * 400) for n in range(8)]
    await room.do(*notes)
    waiting, why = room.session.unsaved
    assert waiting > 0
    assert "disk is full" in why
    assert len(room.view.agreements) == 8
    await room.do(NextStep())
    assert room.view.clock.step == 1
    await make_room(room)
    await room.tick(1)
    assert room.session.unsaved == (0, "")
    assert len(await room.events(meeting)) == room.session.version == 10
    rows = await room.storage.journal.read(meeting)
    assert [row.sequence for row in rows] == list(range(1, 11))


async def test_meeting_that_ends_on_a_full_disk_is_stored_when_there_is_room(room: Room) -> None:
    meeting = await room.start()
    await fill_disk(room)
    await room.do(ConfirmAgreement(what="Ik bel " + "heel lang " * 3000), EndMeeting())
    assert room.session.running is None
    with pytest.raises(StorageError, match="disk is full"):
        await room.start()
    await make_room(room)
    await room.tick(1)
    assert len(await room.storage.actions.of_meeting(meeting)) == 1
    await room.start()


async def test_no_more_waits_than_memory_allows(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.session.ledger.MOST_WAITING", 3)
    await room.start(agreed=3, present=3)
    await fill_disk(room)
    long = "heel lang " * 3000
    for _ in range(3):
        await room.do(ConfirmAgreement(what=long))
    with pytest.raises(StorageError, match="disk is full"):
        await room.do(ConfirmAgreement(what=long))
    version = room.session.version
    await room.say(question(1.0))
    assert room.session.version == version
    assert room.view.clock.step == 0
