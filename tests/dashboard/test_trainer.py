from __future__ import annotations

import re

import msgspec
import pytest

from companion.dashboard import trainer_entrance
from companion.dashboard.access import Viewer
from companion.reports.trainer_review import to_file
from companion.session.commands import EndMeeting, NextStep
from companion.storage.records import MeetingRecord
from companion.vocabulary import Indicator
from tests.dashboard.visitor import Visitor, make_visitor
from tests.method.figured import some_figures
from tests.reports.test_trainer_review import _given


async def _held(visitor: Visitor, *meetings: str) -> None:
    """Meetings of one group with figures, a week apart."""
    storage = visitor.room.storage
    if await storage.groups.get("g1") is None:
        await visitor.group()
    for number, meeting in enumerate(meetings):
        started = 1_799_000_000.0 + 604_800 * number
        record = MeetingRecord(
            id=meeting, group="g1", method="incident", minutes=60, started=started, ended=started
        )
        await storage.meetings.create(record)
        figures = some_figures(meeting, group="g1", started=started, early=4 - 2 * number)
        await storage.figures.put(figures)


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainer_entrance, "_WAIT", 0.0)


async def test_a_meeting_that_just_ended_has_its_review(leader: Visitor) -> None:
    meeting = await leader.room.start()
    assert (await leader.get(f"/cijfers/{meeting}")).status_code == 404
    leader.room.clock.advance(300)
    await leader.room.do(NextStep(), EndMeeting())
    page = (await leader.get(f"/cijfers/{meeting}")).text
    assert "Introductie" in page
    assert "niet meegeluisterd" in page
    assert "geen beoordeling van personen" in page


async def test_what_goes_is_shown_to_the_byte_before_it_goes(leader: Visitor) -> None:
    await _held(leader, "m1")
    page = (await leader.get("/cijfers/m1/geven")).text
    shown = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert shown
    file = (await leader.get("/cijfers/m1/trainer.json")).text
    assert shown[1].replace("&#34;", '"') == file


async def test_a_trainer_comes_in_with_the_code_and_loses_it_again(leader: Visitor) -> None:
    await _held(leader, "m1", "m2")
    page = (await leader.post("/cijfers/m1/geven")).text
    code = re.search(r'class="code"[^>]*>([^<]+)<', page)
    assert code
    assert code[1] not in (await leader.get("/cijfers/m1/geven")).text
    await leader.post("/cijfers/m2/geven")
    async with make_visitor(leader.room) as trainer:
        await trainer.post("/trainer/binnen", {"code": code[1].upper()})
        assert (await trainer.get("/trainer/reviews/m2")).status_code == 200
        assert "Team Noord" not in (await trainer.get("/trainer")).text
        await leader.post("/cijfers/m1/terugtrekken")
        assert (await trainer.get("/trainer/reviews/m1")).status_code == 404
        await leader.post("/cijfers/m2/geven", {"code": "nieuw"})
        assert (await trainer.get("/trainer/reviews/m2")).status_code == 404
        assert (await trainer.get("/")).status_code == 403


@pytest.mark.parametrize("code", ["", "x", "abcde-fghjk", "é" * 30])
async def test_a_wrong_code_opens_nothing(stranger: Visitor, code: str) -> None:
    answer = await stranger.post("/trainer/binnen", {"code": code})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_two_meetings_make_a_trend_and_can_be_compared(leader: Visitor) -> None:
    await _held(leader, "m1", "m2")
    page = (await leader.get("/trainer/groepen/g1?a=m1&b=m2")).text
    assert "Laatst 2 keer; het midden van deze groep is 3 keer: beter." in page
    assert "Twee bijeenkomsten vergeleken" in page
    assert (await leader.get("/trainer/groepen/g1?a=m1&b=weg")).status_code == 404


async def test_goals_come_back_when_preparing_and_in_the_next_meeting(leader: Visitor) -> None:
    await _held(leader, "m1")
    goal = {"indicator": "open-questions", "text": "meer open vragen in de vragenronde"}
    await leader.post("/trainer/groepen/g1/doelen", goal)
    again = await leader.post("/trainer/groepen/g1/doelen", goal)
    assert again.status_code == 422
    assert goal["text"] in (await leader.get("/beginnen?groep=g1")).text
    await leader.room.start(group="g1")
    started = leader.room.session._here
    assert started
    assert started.meeting.record.started.focus == ("open-questions",)


async def test_a_closed_goal_is_no_longer_minded(leader: Visitor) -> None:
    await _held(leader, "m1")
    goal = await leader.room.storage.goals.add("g1", Indicator.TURNS, "gelijk op")
    await leader.post(f"/trainer/groepen/g1/doelen/{goal.id}")
    assert "gelijk op" not in (await leader.get("/beginnen?groep=g1")).text
    await leader.room.start(group="g1")
    started = leader.room.session._here
    assert started
    assert started.meeting.record.started.focus == ()


async def test_a_trainers_own_companion_opens_a_file_again_and_again(leader: Visitor) -> None:
    review = _given(some_figures("m9", group="g9"))
    form = {"review": to_file(review).decode(), "name": "Groep van dinsdag"}
    for _ in range(2):
        answer = await leader.post("/trainer/openen", form)
        assert answer.headers["location"] == "/trainer/reviews/m9"
    assert (await leader.get("/trainer/reviews/m9/review.json")).content == to_file(review)
    assert "Groep van dinsdag" in (await leader.get("/trainer/groepen/g9")).text
    assert len(await leader.room.storage.meetings.list()) == 1


async def test_a_file_never_replaces_a_meeting_that_was_held_here(leader: Visitor) -> None:
    await _held(leader, "m1")
    before = await leader.room.storage.figures.of_meeting("m1")
    review = _given(some_figures("m1", group="g1", early=6))
    answer = await leader.post("/trainer/openen", {"review": to_file(review).decode()})
    assert answer.status_code == 422
    assert await leader.room.storage.figures.of_meeting("m1") == before
    assert (await leader.post("/trainer/openen", {"review": "{"})).status_code == 422


async def test_a_large_file_fits_in_a_form(leader: Visitor) -> None:
    """Ten steps, thirty voices, many visits and two hours of questions."""
    review = _given(some_figures("m8", method="balint", voices=30))
    visits = review.visits * 4
    course = tuple(review.course * 8)[:24]
    whole = to_file(msgspec.structs.replace(review, visits=visits, course=course))
    answer = await leader.post("/trainer/openen", {"review": whole.decode()})
    assert answer.status_code == 303


async def test_the_group_screen_sees_its_own_figures_after_the_end(leader: Visitor) -> None:
    meeting = await leader.room.start()
    await leader.room.do(EndMeeting())
    sessions = leader.house.sessions
    leader.client.cookies.set(sessions.cookie, sessions.open(Viewer.GROUP))
    page = await leader.get(f"/cijfers/{meeting}/groep")
    assert page.status_code == 200
    assert "Aandeel" not in page.text
