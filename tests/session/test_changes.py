from __future__ import annotations

import asyncio

import pytest

from companion.session.changes import Change, Changes


async def test_slow_listener_gets_one_change_with_everything() -> None:
    changes = Changes()
    subscription = changes.subscribe()
    changes.publish(1, ["StepEntered"])
    changes.publish(2, ["LevelMeasured"])
    assert await anext(subscription) == Change(2, frozenset({"StepEntered", "LevelMeasured"}))
    changes.publish(3, ["CueRaised"])
    assert await anext(subscription) == Change(3, frozenset({"CueRaised"}))


async def test_everyone_is_told() -> None:
    changes = Changes()
    both = [changes.subscribe(), changes.subscribe()]
    changes.publish(1, ["StepEntered"])
    assert [(await anext(one)).version for one in both] == [1, 1]


async def test_nothing_is_told_of_what_was_before() -> None:
    changes = Changes()
    changes.publish(1, ["StepEntered"])
    subscription = changes.subscribe()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(subscription), 0.01)


async def test_closing_ends_the_iteration_and_frees_the_place() -> None:
    changes = Changes()
    subscription = changes.subscribe()
    waiting = asyncio.create_task(anext(subscription, None))
    await asyncio.sleep(0)
    subscription.close()
    subscription.close()
    assert await waiting is None
    assert len(changes) == 0


async def test_closed_listener_gets_nothing_that_still_waited() -> None:
    changes = Changes()
    subscription = changes.subscribe()
    changes.publish(1, ["StepEntered"])
    subscription.close()
    assert [change async for change in subscription] == []
