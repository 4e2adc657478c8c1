from __future__ import annotations

import re

from companion.session.commands import ConfirmAgreement, EndMeeting
from companion.storage.records import ActionState
from tests.dashboard.after import ended, restart
from tests.dashboard.visitor import Visitor

TWO = (ConfirmAgreement(what="Bellen", who="Ans"), ConfirmAgreement(what="Schrijven", who="Bilal"))


async def test_the_look_back_asks_after_what_has_no_outcome(leader: Visitor) -> None:
    meeting = await ended(leader, *TWO)
    await leader.post(f"/acties/{meeting}.a1", {"group": "g1", "state": "gedaan"})
    text = (await leader.get("/groepen/g1/terugblik")).text
    assert "Schrijven" in text
    assert "Bellen" not in text


async def test_an_outcome_leads_back_to_where_it_was_asked(leader: Visitor) -> None:
    meeting = await ended(leader)
    fields = {"group": "g1", "state": "deels", "learned": "Eerst mailen"}
    back = "/groepen/g1/terugblik"
    answer = await leader.post(f"/acties/{meeting}.a1", fields | {"back": back})
    assert answer.headers["location"] == back
    answer = await leader.post(f"/acties/{meeting}.a1", fields | {"back": "//elders"})
    assert answer.headers["location"] == "/groepen/g1"


async def test_done_differently_may_become_another_action(leader: Visitor) -> None:
    meeting = await ended(leader)
    fields = {"group": "g1", "state": "anders", "next_what": "Langsgaan", "next_due": "2027-03-01"}
    await leader.post(f"/acties/{meeting}.a1", fields)
    done, follow_up = await leader.room.storage.actions.of_meeting(meeting)
    assert done.state is ActionState.ANDERS
    assert (follow_up.what, follow_up.who, follow_up.due) == ("Langsgaan", "Ans", "2027-03-01")
    assert follow_up.state is ActionState.OPEN


async def test_a_follow_up_belongs_to_the_meeting_that_looks_back(leader: Visitor) -> None:
    first = await ended(leader)
    second = await leader.room.start(group="g1")
    fields = {"group": "g1", "state": "anders", "next_what": "Langsgaan"}
    await leader.post(f"/acties/{first}.a1", fields)
    (follow_up,) = await leader.room.storage.actions.of_meeting(second)
    assert "Langsgaan" in (await leader.get("/plan")).text
    await leader.room.do(ConfirmAgreement(what="Iets nieuws"), EndMeeting())
    await leader.room.tick(1)
    kept = await leader.room.storage.actions.of_meeting(second)
    assert {action.what for action in kept} == {follow_up.what, "Iets nieuws"}


async def test_a_follow_up_needs_words_and_only_comes_with_done_differently(
    leader: Visitor,
) -> None:
    meeting = await ended(leader)
    fields = {"group": "g1", "state": "anders", "next_due": "2027-03-01"}
    answer = await leader.post(f"/acties/{meeting}.a1", fields)
    assert answer.status_code == 422
    assert (await leader.room.storage.actions.of_meeting(meeting))[0].state is ActionState.OPEN
    fields = {"group": "g1", "state": "gedaan", "next_what": "Langsgaan"}
    await leader.post(f"/acties/{meeting}.a1", fields)
    assert len(await leader.room.storage.actions.of_meeting(meeting)) == 1


async def test_a_group_sees_its_meetings_with_what_became_of_their_actions(
    leader: Visitor,
) -> None:
    first = await ended(leader, *TWO)
    await leader.post(f"/acties/{first}.a1", {"group": "g1", "state": "gedaan"})
    second = await ended(leader)
    await restart(leader)
    text = (await leader.get("/groepen/g1")).text
    rows = [row for row in re.findall(r"<tr>.*?</tr>", text, re.DOTALL) if "/plan/" in row]
    shown = [re.sub(r"<[^>]*>", " ", row) for row in rows]
    assert [second in rows[0], first in rows[1]] == [True, True]
    assert "1 nog open" in shown[0]
    assert "1 gedaan" in shown[1]


async def test_actions_over_time_stand_under_their_meetings(leader: Visitor) -> None:
    first = await ended(leader)
    fields = {"group": "g1", "state": "niet", "learned": "Te druk deze week"}
    await leader.post(f"/acties/{first}.a1", fields)
    text = (await leader.get("/groepen/g1/acties")).text
    assert "niet gedaan" in text
    assert "Te druk deze week" in text
    assert f'href="/plan/{first}"' in text


async def test_actions_outlive_their_meeting(leader: Visitor) -> None:
    meeting = await ended(leader)
    await restart(leader)
    await leader.room.storage.forget.expired([], [meeting])
    assert "Bellen" in (await leader.get("/groepen/g1/acties")).text
    assert "Bellen" in (await leader.get("/groepen/g1/terugblik")).text


async def test_the_live_page_leads_to_the_look_back_in_its_step(leader: Visitor) -> None:
    await leader.group(method="zesstappen")
    await ended(leader)
    await leader.room.start(group="g1", method="zesstappen")
    assert "/groepen/g1/terugblik" in (await leader.get("/leiden")).text
    await leader.press("volgende")
    assert "/groepen/g1/terugblik" not in (await leader.get("/leiden")).text
    assert 'href="/leiden"' in (await leader.get("/groepen/g1/terugblik")).text
