from __future__ import annotations

import pytest

from companion.errors import ConflictError
from companion.session.commands import ConfirmAgreement, EndMeeting
from companion.session.lifecycle import RETENTION
from companion.storage.erasure import Erasure
from companion.storage.records import Group
from tests.session.rooms import Room

DAY = 86_400.0


async def _group(room: Room, name: str = "noord") -> str:
    await room.storage.groups.save(Group(id=name, name=name, members=("Ans", "Bo"), created=1.0))
    return name


@pytest.mark.parametrize("what", ["meeting", "group", "member", "everything"])
async def test_a_running_meeting_keeps_what_it_needs(room: Room, what: str) -> None:
    meeting = await room.start(group=await _group(room))
    which = {"meeting": meeting, "group": "noord", "member": "Ans"}.get(what, "")
    with pytest.raises(ConflictError, match="running"):
        await room.session.erase(Erasure(what=what, which=which, group="noord"))  # type: ignore[arg-type]
    assert room.session.running == meeting
    await room.do(EndMeeting())


async def test_another_group_can_be_erased_meanwhile(room: Room) -> None:
    await _group(room, "zuid")
    await room.start(group=await _group(room))
    assert (await room.session.erase(Erasure(what="group", which="zuid"))).verified
    assert [group.id for group in await room.storage.groups.list()] == ["noord"]
    assert room.session.running


async def test_a_meeting_that_just_ended_goes_from_memory_as_well(room: Room) -> None:
    meeting = await room.start(group=await _group(room))
    await room.do(ConfirmAgreement(what="Bellen"), EndMeeting())
    assert (await room.session.erase(Erasure(what="meeting", which=meeting))).verified
    assert room.session.view() is None
    await room.tick(60)
    assert await room.storage.meetings.list() == []
    assert await room.storage.actions.all() == []


async def test_a_member_is_forgotten_and_the_others_plan_stays(room: Room) -> None:
    await room.start(group=await _group(room))
    await room.do(ConfirmAgreement(what="Ans bellen", who="Bo"), EndMeeting())
    await room.session.erase(Erasure(what="member", which="Ans", group="noord"))
    assert room.session.view() is None
    (action,) = await room.storage.actions.all()
    assert (action.what, action.who) == ("– bellen", "Bo")


async def test_what_is_past_its_term_goes_at_the_start_of_the_service(room: Room) -> None:
    await room.start(group=await _group(room))
    await room.do(ConfirmAgreement(what="Bellen"), EndMeeting())
    await room.session.close()
    room.crash(800 * DAY)
    await room.tick()
    assert await room.storage.meetings.list() == []
    assert await room.storage.actions.all() == []


async def test_what_passes_its_term_meanwhile_goes_within_the_hour(room: Room) -> None:
    await room.start(group=await _group(room))
    await room.do(EndMeeting())
    await room.tick(1)
    room.crash(300 * DAY)
    await room.tick(1)
    assert len(await room.storage.meetings.list()) == 1
    room.clock.advance(100 * DAY)
    room.session._next_retention = room.clock.now() + RETENTION
    await room.tick(RETENTION - 1)
    assert len(await room.storage.meetings.list()) == 1
    await room.tick(1)
    assert await room.storage.meetings.list() == []
