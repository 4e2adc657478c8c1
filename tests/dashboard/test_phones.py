"""What a phone can do, and above all what it can't."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from companion.dashboard.access import ACCESS, PHONE_ACCESS, Viewer
from companion.dashboard.phones_application import make_phones_routes
from companion.dashboard.phones_room import MOST_PHONES, Ask, PhonesRoom
from companion.dashboard.sharing_code import BUDGET
from companion.events import ConsentWithdrawn, QuestionHeard, QuestionValued
from companion.session.commands import AgreeToListening, EndMeeting, GoToStep, TurnTo
from companion.session.slips import SlipKind
from companion.vocabulary import Role, SentenceKind
from tests.dashboard.phones import HOST, FakePhone, make_phone
from tests.dashboard.visitor import Visitor

MEMBERS = ("Ans", "Bilal", "Chantal", "Daan")
GIVEN = {"members": MEMBERS, "begeleider": "Ans", "inbrenger": "Daan"}


@pytest.fixture
async def phones(leader: Visitor) -> PhonesRoom:
    meeting = await leader.room.start(method="socratisch", **GIVEN)
    return PhonesRoom(meeting, 8421)


@pytest.fixture
async def outside(leader: Visitor, phones: PhonesRoom) -> AsyncIterator[FakePhone]:
    async with make_phone(leader.house, phones) as phone:
        yield phone


@pytest.fixture
async def phone(outside: FakePhone) -> FakePhone:
    await outside.join("Chantal")
    return outside


# ── coming in ─────────────────────────────────────────────────────────────────


async def test_the_code_lets_a_phone_in_with_a_strict_cookie(outside: FakePhone) -> None:
    answer = await outside.join("Chantal", code=outside.room.code.shown.lower())
    assert (answer.status_code, answer.headers["location"]) == (303, "/telefoon")
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "secure", "samesite=strict"))
    page = await outside.get()
    assert page.status_code == 200
    assert "Casus" in page.text


async def test_who_asks_at_the_moment_when_sharing_ends_is_sent_nowhere(phone: FakePhone) -> None:
    page = {"hx-request": "true"}
    phone.room.sessions.close(phone.client.cookies[phone.room.sessions.cookie])
    assert (await phone.get("/telefoon/nu", headers=page)).headers["hx-redirect"] == "/"
    phone.room.close()
    answer = await phone.get("/telefoon/nu", headers=page)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "hx-redirect" not in answer.headers


async def test_a_wrong_code_lets_nobody_in(outside: FakePhone) -> None:
    answer = await outside.join(code="AAAA2222")
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert (await outside.get()).headers["location"] == "/"


async def test_who_keeps_guessing_waits_and_the_room_does_not(
    leader: Visitor, outside: FakePhone
) -> None:
    statuses = [(await outside.join(code="AAAA2222")).status_code for _ in range(8)]
    assert statuses == [403] * 5 + [429] * 3
    assert (await outside.join()).status_code == 429
    async with make_phone(leader.house, outside.room, "192.168.1.21") as other:
        assert (await other.join()).status_code == 303


async def test_when_the_budget_is_spent_another_code_opens_the_door(outside: FakePhone) -> None:
    outside.room.code.wrong = BUDGET
    assert (await outside.join()).status_code == 429
    outside.room.renew_code()
    assert (await outside.join()).status_code == 303


async def test_the_door_says_nothing_of_the_meeting(outside: FakePhone) -> None:
    text = (await outside.get("/")).text
    assert not [word for word in (*MEMBERS, "Socratische", "Casus") if word in text]
    assert outside.room.code.code not in text


async def test_a_room_has_room_for_so_many_phones(outside: FakePhone) -> None:
    for _ in range(MOST_PHONES):
        assert (await outside.join()).status_code == 303
        outside.client.cookies.clear()
    assert (await outside.join()).status_code == 503


# ── only what phones may ──────────────────────────────────────────────────────


def _routes(leader: Visitor, room: PhonesRoom) -> set[str]:
    app = make_phones_routes(leader.house, room)
    return {
        f"{method} {route.path_format}"
        for route in app.routes
        for method in getattr(route, "methods", ())
        if method not in {"HEAD", "OPTIONS"}
    }


async def test_every_route_has_a_row_and_every_row_a_route(
    leader: Visitor, phones: PhonesRoom
) -> None:
    assert _routes(leader, phones) == set(PHONE_ACCESS)


async def test_no_other_route_is_there_even_with_the_begeleiders_cookie(
    leader: Visitor, phone: FakePhone
) -> None:
    name, value = leader.house.sessions.cookie, leader.house.sessions.open(Viewer.BEGELEIDER)
    phone.client.cookies.set(name, value)
    reached = []
    for row in sorted(set(ACCESS) - set(PHONE_ACCESS)):
        method, path = row.split(" ", 1)
        answer = await phone.client.request(method, re.sub(r"\{[a-z_]+\}", "volgende", path))
        if answer.status_code not in {404, 405}:
            reached.append((row, answer.status_code))
    assert reached == []


async def test_the_begeleiders_session_opens_nothing_here(
    leader: Visitor, outside: FakePhone
) -> None:
    session_id = leader.client.cookies[leader.house.sessions.cookie]
    outside.client.cookies.set(outside.room.sessions.cookie, session_id)
    for row in sorted(row for row, who in PHONE_ACCESS.items() if who):
        method, path = row.split(" ", 1)
        answer = await outside.client.request(method, path.replace("{what}", "pauze"))
        assert answer.status_code == (303 if method == "GET" else 401), row
        assert answer.headers.get("location", "/") == "/"


async def test_a_phones_session_opens_nothing_of_the_begeleiders(
    leader: Visitor, phone: FakePhone
) -> None:
    session_id = phone.client.cookies[phone.room.sessions.cookie]
    leader.client.cookies.clear()
    leader.client.cookies.set(leader.house.sessions.cookie, session_id)
    assert (await leader.get("/leiden")).status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8421", "192.168.1.5", "127.0.0.1:8420", "localhost:8421"]
)
async def test_another_name_for_the_address_is_refused(outside: FakePhone, host: str) -> None:
    answer = await outside.get("/", headers={"host": host})
    assert (answer.status_code, answer.json()["code"]) == (421, "gate.host")


@pytest.mark.parametrize("origin", ["https://evil.example", f"http://{HOST}", "null"])
async def test_another_sites_page_can_not_press_a_button(phone: FakePhone, origin: str) -> None:
    for path in ("/telefoon/doen/pauze", "/meedoen"):
        answer = await phone.client.post(path, data={}, headers={"origin": origin})
        assert (answer.status_code, answer.json()["code"]) == (403, "gate.origin")
    assert not phone.room.asks


async def test_a_body_too_large_is_refused(phone: FakePhone) -> None:
    answer = await phone.press("schrijven", text="x" * 70_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "gate.body-size")


async def test_a_phone_sees_no_figure_and_no_cue_while_there_is_a_begeleider(
    leader: Visitor, phone: FakePhone
) -> None:
    room = leader.room
    await room.do(AgreeToListening(agreed=4, present=4))
    await room.tick(400.0)  # over time: a cue is up
    asked = QuestionHeard(
        at=390.0, until=394.0, label=SentenceKind.SUGGESTIEF, probability=0.9, role=Role.DEELNEMER
    )
    await room.say(asked)
    assert room.view.cue
    text = (await phone.get()).text
    assert room.view.cue.title not in text
    assert not [word for word in ("sturend", "Beurten", "Bilal") if word in text]


# ── what phones do ────────────────────────────────────────────────────────────


async def test_anyone_stops_the_listening_at_once_and_nobody_sees_who(
    leader: Visitor, phone: FakePhone
) -> None:
    await leader.room.do(AgreeToListening(agreed=4, present=4))
    await phone.press("stop-luisteren", id="s1")
    assert (leader.room.ears.stops, leader.room.view.listening.consent) == (1, False)
    assert list(phone.room.asks) == [Ask.STOP]
    kept = [
        e for e in await leader.room.events(phone.room.meeting) if isinstance(e, ConsentWithdrawn)
    ]
    assert len(kept) == 1
    assert not hasattr(kept[0], "who")


async def test_asking_for_a_pause_changes_nothing_by_itself(
    leader: Visitor, phone: FakePhone
) -> None:
    before = leader.room.session.version
    await phone.press("pauze")
    assert list(phone.room.asks) == [Ask.PAUZE]
    assert leader.room.session.version == before


async def _to(leader: Visitor, step: str) -> None:
    steps = [each.step.id for each in leader.room.view.steps]
    if leader.room.view.clock.step != steps.index(step):
        await leader.room.do(GoToStep(step=steps.index(step)))


async def test_a_slip_goes_from_a_phone_to_the_begeleider_and_into_no_journal(
    leader: Visitor, phone: FakePhone
) -> None:
    await _to(leader, "vragen")
    await phone.press("schrijven", text="Wat maakte je zo stil?")
    assert "Wat maakte je zo stil?" in (await phone.get()).text
    (slip,) = phone.room.slips.of("0")
    refused = await phone.press("doorgeven", slip=slip.id)
    assert refused.status_code == 422
    await _to(leader, "waarderen")
    await phone.press("doorgeven", slip=slip.id)
    (handed,) = phone.room.slips.handed()
    assert (handed.kind, handed.name) == (SlipKind.VRAAG, "Chantal")
    assert "zo stil" not in str(await leader.room.events(phone.room.meeting))


async def test_outside_writing_steps_nothing_is_written(phone: FakePhone) -> None:
    answer = await phone.press("schrijven", text="Toch even dit")
    assert answer.status_code == 422
    assert phone.room.slips.of("0") == []


async def test_another_phone_neither_sees_nor_touches_a_slip(
    leader: Visitor, phone: FakePhone
) -> None:
    await _to(leader, "vragen")
    await phone.press("schrijven", text="Wat maakte je zo stil?")
    (slip,) = phone.room.slips.of("0")
    async with make_phone(leader.house, phone.room) as other:
        await other.join("Bilal")
        assert "zo stil" not in (await other.get()).text
        await _to(leader, "waarderen")
        assert (await other.press("doorgeven", slip=slip.id)).status_code == 422
        assert (await other.press("verscheuren", slip=slip.id)).status_code == 422
    assert phone.room.slips.of("0") == [slip]


async def test_in_a_round_by_name_only_the_one_whose_turn_it_is_hands_over(
    leader: Visitor, phone: FakePhone
) -> None:
    await leader.room.do(EndMeeting())
    await leader.room.start(method="werkplek", **GIVEN)
    phone.room.meeting = leader.room.view.meeting
    await _to(leader, "adviezen")
    await phone.press("schrijven", text="Bel haar zelf")
    (slip,) = phone.room.slips.of("0")
    await leader.room.do(TurnTo(member=MEMBERS.index("Bilal")))
    assert "Geef door" not in (await phone.get()).text
    await phone.press("doorgeven", slip=slip.id)
    assert not slip.handed
    await leader.room.do(TurnTo(member=MEMBERS.index("Chantal")))
    assert "Jij bent aan de beurt" in (await phone.get()).text
    await phone.press("doorgeven", slip=slip.id)
    assert slip.handed


async def test_the_inbrengers_phone_values_questions_and_changes_its_mind(
    leader: Visitor, phone: FakePhone
) -> None:
    await _to(leader, "vragen")
    await phone.press("schrijven", text="Wat maakte je zo stil?")
    await _to(leader, "waarderen")
    (slip,) = phone.room.slips.of("0")
    await phone.press("doorgeven", slip=slip.id)
    assert (await phone.press("waarde", slip=slip.id, value="warm")).status_code == 422
    async with make_phone(leader.house, phone.room) as inbrenger:
        await inbrenger.join("Daan")
        for value in ("warm", "warm", "koud", "lauw"):
            await inbrenger.press("waarde", slip=slip.id, value=value)
    assert leader.room.view.valued == {"warm": 0, "koud": 1}
    kept = [
        e for e in await leader.room.events(phone.room.meeting) if isinstance(e, QuestionValued)
    ]
    assert [(each.value, each.change) for each in kept] == [("warm", 1), ("warm", -1), ("koud", 1)]


ANSWERS = {"veilig": "8", "methode": "6", "meenemen": "9"}


async def test_a_phone_answers_the_evaluation_once_and_only_when_it_is_open(
    leader: Visitor, phone: FakePhone
) -> None:
    stored = leader.room.storage.evaluations
    assert (await phone.press("evaluatie", **ANSWERS)).status_code == 422
    assert (await phone.get("/telefoon/evaluatie")).headers["location"] == "/telefoon"
    await _to(leader, "plan")
    assert (await phone.press("evaluatie", veilig=11, methode=1, meenemen=1)).status_code == 422
    assert (await phone.press("evaluatie", **ANSWERS)).status_code == 303
    assert (await phone.press("evaluatie", **ANSWERS)).status_code == 422
    assert [answers.veilig for answers in await stored.of_meeting(phone.room.meeting)] == [8]


async def test_what_was_answered_is_never_shown_before_the_outcome_is(
    leader: Visitor, phone: FakePhone
) -> None:
    await _to(leader, "plan")
    for veilig in (1, 9, 9, 9):
        await leader.post("/evaluatie", ANSWERS | {"veilig": str(veilig)})
        assert "van 1 tot 9" not in (await phone.get()).text
        assert "van 1 tot 9" not in (await leader.get("/evaluatie")).text
    await leader.post("/evaluatie/tonen")
    assert "van 1 tot 9, midden 9" in (await leader.get("/evaluatie")).text
    assert "van 1 tot 9, midden 9" in (await phone.get()).text
    assert (await phone.press("evaluatie", **ANSWERS)).status_code == 422


@pytest.mark.usefixtures("phones")
async def test_three_answers_show_nothing(leader: Visitor) -> None:
    await leader.post("/evaluatie/openen")
    for _ in range(3):
        await leader.post("/evaluatie", ANSWERS)
    assert (await leader.post("/evaluatie/tonen")).status_code == 422
    assert "midden" not in (await leader.get("/evaluatie")).text


async def test_closing_the_room_forgets_all_and_revokes_every_phone(
    leader: Visitor, phone: FakePhone
) -> None:
    await _to(leader, "vragen")
    await phone.press("schrijven", text="Wat maakte je zo stil?")
    session = phone.room.sessions.find(phone.client.cookies[phone.room.sessions.cookie])
    assert session is not None
    phone.room.close()
    assert session.revoked.is_set()
    assert phone.room.slips.of("0") == []
    assert (await phone.get()).status_code == 303
