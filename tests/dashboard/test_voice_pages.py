from __future__ import annotations

import pytest

from companion.events import TurnHeard
from companion.vocabulary import Role
from tests.dashboard.visitor import MEMBERS, Visitor


@pytest.fixture
async def spoken(leader: Visitor) -> Visitor:
    """A meeting in which two voices spoke."""
    await leader.group()
    await leader.room.start(members=MEMBERS, agreed=4, present=4, group="g1")
    turns = [TurnHeard(at=n * 9.0, until=n * 9.0 + 8, voice=n, sure=True) for n in (1, 2)]
    leader.room.clock.advance(40)
    await leader.room.say(*turns)
    return leader


async def test_a_voice_gets_a_name_and_loses_it_again(spoken: Visitor) -> None:
    await spoken.post("/leiden/stemmen/naam", {"voice": "1", "who": "2"})
    assert spoken.room.view.voices.voices[0].member == 2
    assert ">Chantal</span>" in (await spoken.get("/leiden/stemmen")).text
    await spoken.post("/leiden/stemmen/naam", {"voice": "1", "who": ""})
    assert spoken.room.view.voices.voices[0].member is None


async def test_a_voice_can_be_a_role_where_nobody_has_a_name(spoken: Visitor) -> None:
    await spoken.post("/leiden/stemmen/naam", {"voice": "2", "who": "begeleider"})
    assert spoken.room.view.voices.voices[1].role is Role.BEGELEIDER


async def test_two_voices_of_one_person_become_one(spoken: Visitor) -> None:
    await spoken.post("/leiden/stemmen/samen", {"voice": "2", "into": "1"})
    assert [each.voice for each in spoken.room.view.voices.voices] == [1]


async def test_a_tap_begins_a_sample_and_another_ends_it(spoken: Visitor) -> None:
    answer = await spoken.post(
        "/leiden/stemmen/proef", {"member": "1"}, headers={"hx-request": "true"}
    )
    assert spoken.room.view.voices.sampling == 1
    assert 'aria-pressed="true"' in answer.text
    assert "<html" not in answer.text
    await spoken.post("/leiden/stemmen/proef", {"member": ""})
    assert spoken.room.view.voices.sampling is None


@pytest.mark.parametrize(
    ("what", "fields", "status"),
    [
        ("naam", {}, 422),
        ("samen", {"voice": "1"}, 422),
        ("proef", {"member": "99"}, 422),
        ("iets", {}, 404),
    ],
)
async def test_what_makes_no_sense_is_told(
    spoken: Visitor, what: str, fields: dict[str, str], status: int
) -> None:
    assert (await spoken.post(f"/leiden/stemmen/{what}", fields)).status_code == status


async def test_without_a_meeting_there_are_no_voices(leader: Visitor) -> None:
    assert (await leader.get("/leiden/stemmen")).headers["location"] == "/"
