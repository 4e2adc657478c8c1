from __future__ import annotations

import msgspec
import pytest

from companion.clock import VirtualClock
from companion.errors import StorageError
from companion.storage.opening import Storage
from companion.storage.records import ActionState
from tests.storage.made import a_group, a_stored_meeting, an_action


async def test_put_actions_come_back_as_they_were(storage: Storage) -> None:
    await a_stored_meeting(storage, group="noord")
    action = an_action(
        group="noord", meeting="m1", method="incident", who="Bo", how="per telefoon",
        with_whom="Ans", when="morgen", due="2026-11-23", needs="haar nummer", noticed_by="ik",
    )  # fmt: skip
    await storage.actions.put([action])
    assert await storage.actions.of_meeting("m1") == [action]
    assert await storage.actions.of_group("noord") == [action]


async def test_next_meeting_opens_with_what_has_no_outcome(
    storage: Storage, clock: VirtualClock
) -> None:
    await storage.groups.save(a_group())
    await storage.actions.put([an_action(id=name, group="noord") for name in ("a", "b")])
    clock.advance(60)
    await storage.actions.set_outcome("a", ActionState.DEELS, "kleiner beginnen")
    assert [action.id for action in await storage.actions.open_for("noord")] == ["b"]
    done = (await storage.actions.of_group("noord"))[0]
    assert (done.state, done.learned, done.closed) == ("deels", "kleiner beginnen", clock.wall())


async def test_outcome_can_be_taken_back(storage: Storage) -> None:
    await storage.actions.put([an_action()])
    await storage.actions.set_outcome("m1.a1", ActionState.NIET)
    await storage.actions.set_outcome("m1.a1", ActionState.OPEN)
    assert await storage.actions.all() == [an_action()]


async def test_outcome_of_an_erased_action_is_refused(storage: Storage) -> None:
    with pytest.raises(StorageError, match="no such action"):
        await storage.actions.set_outcome("weg", ActionState.GEDAAN)


async def test_other_groups_actions_stay_out(storage: Storage) -> None:
    for group in ("noord", "zuid"):
        await storage.groups.save(a_group(id=group))
        await storage.actions.put([an_action(id=group, group=group)])
    assert [action.id for action in await storage.actions.open_for("zuid")] == ["zuid"]


async def test_put_is_all_or_nothing(storage: Storage) -> None:
    good = an_action(id="goed")
    bad = msgspec.structs.replace(good, id="fout", group="bestaat-niet")
    with pytest.raises(StorageError):
        await storage.actions.put([good, bad])
    assert await storage.actions.all() == []
