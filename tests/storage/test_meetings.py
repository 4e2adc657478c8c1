from __future__ import annotations

from companion.events import AgreementConfirmed, MeetingPaused
from companion.storage.opening import Storage
from companion.storage.records import ActionState
from tests.storage.made import a_stored_meeting, an_action


async def test_running_meeting_is_the_one_without_an_end(storage: Storage) -> None:
    assert await storage.meetings.running() is None
    await a_stored_meeting(storage, id="m1")
    await storage.meetings.finish("m1", 500.0)
    second = await a_stored_meeting(storage, id="m2", recording="demo.opus", speed=4.0)
    assert await storage.meetings.running() == second


async def test_meetings_of_a_group_come_latest_first(storage: Storage) -> None:
    await a_stored_meeting(storage, id="oud", group="noord", started=1.0)
    await a_stored_meeting(storage, id="nieuw", group="noord", started=2.0)
    await a_stored_meeting(storage, id="los", started=3.0)
    assert [meeting.id for meeting in await storage.meetings.list("noord")] == ["nieuw", "oud"]
    assert len(await storage.meetings.list()) == 3


async def test_sign_of_life_is_kept(storage: Storage) -> None:
    await a_stored_meeting(storage)
    await storage.meetings.seen("m1", wall=400.0, at=300.0, source=250.0)
    found = await storage.meetings.get("m1")
    assert found is not None
    assert (found.seen_wall, found.seen_at, found.seen_source) == (400.0, 300.0, 250.0)


async def test_finishing_leaves_no_journal(storage: Storage) -> None:
    await a_stored_meeting(storage)
    await storage.journal.append("m1", 1.0, MeetingPaused(at=1.0))
    agreed = AgreementConfirmed(at=2.0, agreement="a1", what="Ik bel Ans")
    await storage.journal.append("m1", 2.0, agreed)
    await storage.meetings.finish("m1", 500.0, [an_action(meeting="m1")])
    assert await storage.journal.read("m1") == []
    assert await storage.actions.of_meeting("m1") == [an_action(meeting="m1")]
    found = await storage.meetings.get("m1")
    assert found is not None
    assert found.ended == 500.0


async def test_finishing_again_replaces_the_plan_and_keeps_outcomes(storage: Storage) -> None:
    await a_stored_meeting(storage)
    plan = [an_action(id="m1.a", meeting="m1"), an_action(id="m1.b", meeting="m1")]
    await storage.meetings.finish("m1", 500.0, plan)
    await storage.actions.set_outcome("m1.a", ActionState.GEDAAN, "bellen helpt")
    await storage.meetings.finish("m1", 500.0, [an_action(id="m1.a", meeting="m1", what="Ik app")])
    (kept,) = await storage.actions.of_meeting("m1")
    assert (kept.what, kept.state, kept.learned) == ("Ik app", "gedaan", "bellen helpt")


async def test_what_a_look_back_added_survives_another_finish(storage: Storage) -> None:
    await a_stored_meeting(storage)
    await storage.actions.put([an_action(id="m1.a", meeting="m1")])
    follow_up = an_action(id="anders", meeting="m1", what="Ik mail Ans")
    await storage.actions.set_outcome("m1.a", ActionState.ANDERS, "mailen past beter", follow_up)
    await storage.meetings.finish("m1", 500.0, [an_action(id="m1.a", meeting="m1")])
    kept = {action.id: action.state for action in await storage.actions.of_meeting("m1")}
    assert kept == {"m1.a": ActionState.ANDERS, "anders": ActionState.OPEN}
