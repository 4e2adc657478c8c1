from __future__ import annotations

import html

import pytest

from tests.dashboard.after import ended, restart
from tests.dashboard.visitor import Visitor

SURE = {"sure": "yes"}


async def test_a_meeting_goes_with_its_plan_after_somebody_is_sure(leader: Visitor) -> None:
    meeting = await ended(leader)
    await restart(leader)
    address = f"/wissen/bijeenkomst/{meeting}"
    assert "Deze bijeenkomst wissen?" in (await leader.get(address)).text
    assert (await leader.post(address)).status_code == 422
    assert len(await leader.room.storage.meetings.list()) == 1
    text = (await leader.post(address, SURE)).text
    assert "er is niets van over" in text
    assert "Dat wis je zelf." in text
    assert await leader.room.storage.meetings.list() == []
    assert await leader.room.storage.actions.all() == []
    assert (await leader.get(f"/plan/{meeting}")).status_code == 404


async def test_a_meeting_that_just_ended_is_not_on_any_page_any_more(leader: Visitor) -> None:
    meeting = await ended(leader)
    await leader.post(f"/wissen/bijeenkomst/{meeting}", SURE)
    assert (await leader.get("/plan")).headers["location"] == "/"
    assert "Bellen" not in (await leader.get("/groepen/g1")).text


@pytest.mark.parametrize("what", ["bijeenkomst", "groep", "lid", "alles"])
async def test_a_running_meeting_is_not_erased_under_its_people(leader: Visitor, what: str) -> None:
    await leader.group()
    meeting = await leader.room.start(group="g1")
    which = {"bijeenkomst": meeting, "alles": "alles"}.get(what, "g1")
    answer = await leader.post(f"/wissen/{what}/{which}", SURE | {"naam": "Ans"})
    assert answer.status_code == 409
    assert "Rond die eerst af" in answer.text
    assert leader.room.session.running == meeting


async def test_a_group_goes_with_all_it_has(leader: Visitor) -> None:
    await ended(leader)
    text = (await leader.get("/wissen/groep/g1")).text
    assert "1 bijeenkomst" in text
    await leader.post("/wissen/groep/g1", SURE)
    assert await leader.room.storage.groups.list() == []
    assert await leader.room.storage.meetings.list() == []


async def test_a_member_goes_and_the_others_stay(leader: Visitor) -> None:
    meeting = await ended(leader)
    await leader.post(f"/plan/{meeting}/notities", {"question": "Wat doet Ans?"})
    assert "Ans uit deze groep wissen?" in (await leader.get("/wissen/lid/g1?naam=Ans")).text
    await leader.post("/wissen/lid/g1", SURE | {"naam": "Ans"})
    text = html.unescape((await leader.get("/groepen/g1")).text)
    assert "Ans" not in text
    assert "Bilal" in text
    (note,) = await leader.room.storage.notes.of_meeting(meeting)
    assert note.text == "Wat doet –?"


async def test_everything_goes(leader: Visitor) -> None:
    await ended(leader)
    await leader.post("/wissen/alles/alles", SURE)
    assert await leader.room.storage.groups.list() == []
    assert (await leader.get("/")).status_code == 200


@pytest.mark.parametrize(
    "address", ["/wissen/iets/g1", "/wissen/groep/weg", "/wissen/lid/g1", "/wissen/lid/g1?naam=Zoë"]
)
async def test_what_is_not_there_cannot_be_erased(leader: Visitor, address: str) -> None:
    await leader.group()
    assert (await leader.get(address)).status_code == 404


async def test_terms_are_the_groups_own(leader: Visitor) -> None:
    await leader.group()
    await leader.post("/groepen/g1/termijnen", {"plan_months": "6", "figures_months": "24"})
    group = await leader.room.storage.groups.get("g1")
    assert group is not None
    assert (group.plan_months_after_done, group.figures_months) == (6, 24)
    assert group.members


@pytest.mark.parametrize("months", ["0", "-1", "999", "x", ""])
async def test_a_term_that_is_no_choice_is_refused(leader: Visitor, months: str) -> None:
    await leader.group()
    fields = {"plan_months": "3", "figures_months": months}
    assert (await leader.post("/groepen/g1/termijnen", fields)).status_code == 422
    group = await leader.room.storage.groups.get("g1")
    assert group is not None
    assert group.figures_months == 12
