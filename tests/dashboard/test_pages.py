"""The pages as someone uses them, without a script."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest

from companion.dashboard.commanding import BUTTONS
from companion.events import ListeningReported, ListeningState
from companion.session.commands import ConfirmAgreement, EndMeeting
from companion.storage.records import ActionState
from tests.dashboard.visitor import MEMBERS, Visitor

AGREED = {"confidential": "yes", "listen": "no", "group": "g1", "method": "incident"}


class _Tags(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


async def _everything(visitor: Visitor, group: str = "g1") -> str:
    paths = ["/", f"/groepen/{group}", "/leiden", "/leiden/nu", "/scherm", "/plan"]
    return "\n".join([(await visitor.get(path)).text for path in paths])


async def test_a_group_is_made_and_leads_to_its_first_meeting(leader: Visitor) -> None:
    answer = await leader.post(
        "/groepen/nieuw", {"name": "  Team\tZuid ", "method": "roddel", "members": "Ans\nBo\n\nAns"}
    )
    (group,) = await leader.room.storage.groups.list()
    assert (group.name, group.members, group.method) == ("Team Zuid", ("Ans", "Bo"), "roddel")
    assert answer.headers["location"] == f"/beginnen?groep={group.id}"


@pytest.mark.parametrize("fields", [{"name": " "}, {"name": "A", "method": "geen"}])
async def test_a_group_that_is_not_right_is_not_kept(
    leader: Visitor, fields: dict[str, str]
) -> None:
    answer = await leader.post("/groepen/nieuw", fields)
    assert answer.status_code == 422
    assert await leader.room.storage.groups.list() == []


async def test_preparing_shows_the_steps_of_the_method_asked_for(leader: Visitor) -> None:
    await leader.group()
    text = (await leader.get("/beginnen", params={"groep": "g1", "methode": "crea"})).text
    assert "minutes-collectief-denken" in text
    assert "minutes-perceptie" not in text


async def test_a_look_back_is_offered_only_when_actions_are_open(leader: Visitor) -> None:
    await leader.group(method="zesstappen")
    asked = {"groep": "g1"}
    assert "minutes-terugblik" not in (await leader.get("/beginnen", params=asked)).text
    await leader.room.start(group="g1")
    await leader.room.do(ConfirmAgreement(what="Bellen"), EndMeeting())
    text = (await leader.get("/beginnen", params=asked)).text
    assert "minutes-terugblik" in text
    assert "Bellen" in text


async def test_a_meeting_begins_by_hand_with_what_was_typed(leader: Visitor) -> None:
    await leader.group()
    answer = await leader.post(
        "/beginnen",
        AGREED | {"members": ["Ans", "Bilal"], "inbrenger": "Bilal", "minutes-vragen": "12,5"},
    )
    view = leader.room.view
    assert answer.headers["location"] == "/leiden"
    assert view.members == ("Ans", "Bilal")
    assert view.steps[1].planned == 12.5 * 60
    assert view.listening.state is ListeningState.OFF
    assert leader.room.ears.orders == []


async def test_confidentiality_is_agreed_first(leader: Visitor) -> None:
    await leader.group()
    answer = await leader.post("/beginnen", {**AGREED, "confidential": "", "inbrenger": "Daan"})
    assert answer.status_code == 422
    assert leader.room.session.running is None
    assert 'value="Daan"' in answer.text


async def test_one_no_means_no_listening(leader: Visitor) -> None:
    await leader.group()
    fields = AGREED | {"listen": "yes", "members": [*MEMBERS], "rest": "yes"}
    answer = await leader.post("/beginnen", fields | {"agrees": [*MEMBERS[:3]]})
    assert answer.status_code == 422
    assert leader.room.session.running is None


async def test_a_no_that_was_said_goes_on_by_hand(leader: Visitor) -> None:
    await leader.group()
    fields = AGREED | {"listen": "yes", "members": [*MEMBERS], "agrees": [*MEMBERS], "rest": "yes"}
    await leader.post("/beginnen", fields | {"nee": "yes"})
    assert leader.room.view.listening.state is ListeningState.OFF
    assert leader.room.ears.orders == []


async def test_nobody_agrees_for_a_guest_who_was_not_asked(leader: Visitor) -> None:
    await leader.group()
    fields = AGREED | {"listen": "yes", "members": [*MEMBERS], "agrees": [*MEMBERS]}
    assert (await leader.post("/beginnen", fields)).status_code == 422


async def test_listening_begins_when_everyone_agreed(leader: Visitor) -> None:
    await leader.group()
    fields = AGREED | {"listen": "yes", "members": [*MEMBERS], "agrees": [*MEMBERS], "rest": "yes"}
    await leader.post("/beginnen", fields | {"begeleider": "Gast"})
    assert leader.room.view.listening.consent
    assert leader.room.view.members == (*MEMBERS, "Gast")
    assert len(leader.room.ears.orders) == 1


@pytest.mark.parametrize(
    ("agreed", "fine"), [("3", True), ("2", False), ("", False), ("-1", False)]
)
async def test_a_room_without_names_is_counted(leader: Visitor, agreed: str, *, fine: bool) -> None:
    await leader.group(members=())
    fields = AGREED | {"listen": "yes", "present": "3", "agreed": agreed}
    answer = await leader.post("/beginnen", fields)
    assert (answer.status_code == 303) is fine


async def test_a_second_meeting_does_not_begin_beside_the_first(leader: Visitor) -> None:
    await leader.group()
    await leader.room.start(group="g1")
    assert (await leader.post("/beginnen", AGREED)).status_code == 409
    assert (await leader.get("/beginnen", params={"groep": "g1"})).headers["location"] == "/leiden"


async def test_buttons_move_the_meeting_and_can_be_undone(leader: Visitor) -> None:
    await leader.room.start()
    await leader.press("volgende")
    assert leader.room.view.clock.step == 1
    await leader.press("stap-ongedaan")
    assert leader.room.view.clock.step == 0
    await leader.press("minuut-erbij")
    assert leader.room.view.clock.planned == 4 * 60
    await leader.press("minuten-ongedaan")
    assert leader.room.view.clock.planned == 3 * 60
    await leader.press("pauze")
    assert leader.room.view.clock.paused


async def test_the_clock_on_the_page_stands_still_until_a_recording_is_heard(
    leader: Visitor,
) -> None:
    await leader.room.start(recording="demo.opus", speed=2.0, agreed=3, present=3)
    for page in ("/leiden/nu", "/scherm/nu"):
        assert 'data-rate="0"' in (await leader.get(page)).text
    await leader.room.say(ListeningReported(at=0.0, state=ListeningState.HEARING))
    for page in ("/leiden/nu", "/scherm/nu"):
        assert 'data-rate="2.0"' in (await leader.get(page)).text


async def test_the_same_press_twice_counts_once(leader: Visitor) -> None:
    await leader.room.start()
    for _ in range(2):
        await leader.press("volgende", id="once")
    assert leader.room.view.clock.step == 1


async def test_a_page_that_is_behind_is_told_so(leader: Visitor) -> None:
    await leader.room.start()
    behind = str(leader.room.session.version)
    await leader.press("volgende", expected=behind)
    answer = await leader.press("volgende", expected=behind)
    assert answer.status_code == 409
    assert "Intussen" in answer.text
    assert leader.room.view.clock.step == 1


@pytest.mark.parametrize("button", sorted(BUTTONS))
async def test_every_button_without_its_fields_is_harmless(leader: Visitor, button: str) -> None:
    await leader.room.start()
    assert (await leader.press(button)).status_code in {303, 409, 422}


async def test_a_button_that_does_not_exist_is_not_there(leader: Visitor) -> None:
    await leader.room.start()
    assert (await leader.press("wis-alles")).status_code == 404


async def test_withdrawal_ends_the_listening_and_not_the_meeting(leader: Visitor) -> None:
    await leader.room.start(agreed=3, present=3)
    await leader.press("stop-luisteren")
    assert not leader.room.ears.alive
    assert leader.room.session.running


async def test_the_plan_is_made_changed_and_kept_after_the_end(leader: Visitor) -> None:
    await leader.group()
    await leader.room.start(group="g1")
    await leader.press("bevestig", what="Bellen", who="Daan", when="maandag", back="/plan")
    answer = await leader.press("einde")
    assert answer.headers["location"] == "/plan"
    agreement = leader.room.view.agreements[0].agreement
    await leader.press("bevestig", agreement=agreement, what="Bellen met Sem", back="/plan")
    await leader.room.tick()
    (action,) = await leader.room.storage.actions.of_group("g1")
    assert action.what == "Bellen met Sem"
    assert "Bellen met Sem" in (await leader.get("/plan")).text


async def test_the_outcome_of_an_action_is_kept(leader: Visitor) -> None:
    await leader.group()
    await leader.room.start(group="g1")
    await leader.room.do(ConfirmAgreement(what="Bellen"), EndMeeting())
    (action,) = await leader.room.storage.actions.of_group("g1")
    fields = {"group": "g1", "state": "deels", "learned": "Eerst ademhalen"}
    await leader.post(f"/acties/{action.id}", fields)
    (action,) = await leader.room.storage.actions.of_group("g1")
    assert (action.state, action.learned) == (ActionState.DEELS, "Eerst ademhalen")


async def test_the_language_follows_the_visitor(leader: Visitor) -> None:
    await leader.post("/taal", {"language": "en", "back": "/groepen/nieuw"})
    text = (await leader.get("/groepen/nieuw")).text
    assert '<html lang="en">' in text
    assert "New group" in text


@pytest.mark.parametrize(
    "back",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/leidenx//y"],
)
async def test_going_back_leads_to_our_own_pages_only(stranger: Visitor, back: str) -> None:
    where = (await stranger.post("/taal", {"back": back})).headers["location"]
    assert where.startswith("/")
    assert not where.startswith("//")
    assert "\\" not in where


PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "</textarea><script>1</script>",
    "<hx-partial hx-target=body>x",
    "&lt;script&gt;",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_what_people_type_is_text_everywhere(leader: Visitor, payload: str) -> None:
    await leader.post("/groepen/nieuw", {"name": payload, "members": payload, "method": "incident"})
    (group,) = await leader.room.storage.groups.list()
    await leader.room.start(group=group.id, members=(payload,), inbrenger=payload)
    await leader.press("bevestig", what=payload, who=payload, when=payload, needs=payload)
    pages = await _everything(leader, group.id)
    tags = _Tags(pages).found
    assert payload in html.unescape("".join(re.findall(r">([^<]*)<", pages)))
    assert not [tag for tag, given in tags if tag == "script" and "src" not in given]
    assert not [given for _, given in tags for name in given if name.startswith("on")]
    assert not {"img", "iframe", "object", "hx-partial"} & {tag for tag, _ in tags}


async def test_no_page_has_inline_style_or_script(leader: Visitor) -> None:
    await leader.group()
    await leader.room.start(group="g1", agreed=3, present=3)
    tags = _Tags(await _everything(leader)).found
    assert not [given for _, given in tags if "style" in given]
    assert "style" not in {tag for tag, _ in tags}
    assert all("src" in given for tag, given in tags if tag == "script")


async def test_every_id_on_the_live_page_is_there_once(leader: Visitor) -> None:
    await leader.room.start(agreed=3, present=3)
    ids = [
        str(given["id"])
        for _, given in _Tags((await leader.get("/leiden")).text).found
        if given.get("id")
    ]
    assert sorted(ids) == sorted(set(ids))
