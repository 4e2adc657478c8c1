from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from companion.dashboard import live
from companion.dashboard.access import Session, Viewer
from companion.dashboard.live import Follower
from companion.dashboard.visit import House
from companion.events import LevelMeasured
from companion.session.commands import EndMeeting, NextStep, Pause
from tests.dashboard.visitor import Visitor


def browser() -> Session:
    return Session(Viewer.BEGELEIDER, 0.0, asyncio.Event())


def read(message: bytes) -> dict[str, Any]:
    """The fields of one event."""
    fields = dict(line.split(": ", 1) for line in message.decode().splitlines() if ": " in line)
    return {**fields, "data": json.loads(fields["data"])} if "data" in fields else fields


async def following(house: House, last: str = "") -> Any:
    stream = aiter(Follower(house, browser(), last))
    return stream, read(await anext(stream))


async def test_a_new_page_is_told_to_look(leader: Visitor) -> None:
    await leader.room.start()
    stream, first = await following(leader.house)
    assert first["event"] == "state"
    assert first["id"] == str(leader.room.session.version)
    await stream.aclose()


async def test_a_change_says_what_and_at_which_version(leader: Visitor) -> None:
    await leader.room.start()
    stream, _ = await following(leader.house)
    version = await leader.room.do(NextStep())
    message = read(await asyncio.wait_for(anext(stream), 5))
    assert (message["event"], message["id"]) == ("state", str(version))
    assert "StepEntered" in message["data"]
    await stream.aclose()


async def test_a_page_that_comes_back_up_to_date_hears_nothing_twice(leader: Visitor) -> None:
    await leader.room.start()
    stream, first = await following(leader.house, str(leader.room.session.version))
    assert "event" not in first
    await stream.aclose()


@pytest.mark.parametrize("last", ["1", "999", "-3", "nonsense", ""])
async def test_a_page_that_missed_something_is_told_at_once(leader: Visitor, last: str) -> None:
    await leader.room.start()
    await leader.room.do(NextStep(), Pause())
    stream, first = await following(leader.house, last)
    assert first["event"] == "state"
    await stream.aclose()


async def test_after_many_drops_the_page_is_never_left_behind(leader: Visitor) -> None:
    await leader.room.start()
    last, told = "", []
    for number in range(50):
        stream, first = await following(leader.house, last)
        last = first.get("id", last)
        told.append(last)
        await stream.aclose()
        if number % 3 == 0:
            await leader.room.do(NextStep() if number == 0 else Pause())
    assert told == sorted(told, key=int)
    assert last == str(leader.room.session.version)
    assert not leader.house.streams


async def test_the_level_comes_as_a_number_and_moves_no_id(leader: Visitor) -> None:
    await leader.room.start(agreed=3, present=3)
    stream, _ = await following(leader.house)
    await leader.room.say(LevelMeasured(at=1.0, rms_db=-31.4, peak_db=-20.0))
    message = read(await asyncio.wait_for(anext(stream), 5))
    assert message == {"event": "level", "data": -31.4}
    await stream.aclose()


async def test_signing_out_ends_the_stream(leader: Visitor) -> None:
    one = browser()
    stream = aiter(Follower(leader.house, one, ""))
    await anext(stream)
    one.revoked.set()
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(anext(stream), 5)


async def test_the_end_of_the_service_ends_the_stream(leader: Visitor) -> None:
    stream, _ = await following(leader.house)
    await leader.room.session.close()
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(anext(stream), 5)


async def test_a_silent_stream_gives_signs_of_life(
    leader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "HEARTBEAT", 0.01)
    stream, _ = await following(leader.house)
    assert await asyncio.wait_for(anext(stream), 5) == b": still here\n\n"
    await stream.aclose()


async def test_a_page_that_goes_leaves_nothing_behind(leader: Visitor) -> None:
    stream, _ = await following(leader.house)
    await stream.aclose()
    assert not leader.house.streams
    assert len(leader.room.session._changes) == 0


async def test_the_end_of_a_meeting_sends_the_live_page_to_the_plan(leader: Visitor) -> None:
    await leader.room.start()
    await leader.room.do(EndMeeting())
    answer = await leader.get("/leiden/nu", headers={"hx-request": "true"})
    assert answer.headers["hx-redirect"] == "/plan"
