from __future__ import annotations

import pytest

from companion.session.commands import ConfirmAgreement
from companion.storage.notes import NoteKind
from tests.dashboard.after import ended, restart
from tests.dashboard.visitor import Visitor

NOTES = {
    "question": "Hoe blijf ik rustig?",
    "advice": "Ademhalen\r\nWachten",
    "eye-Ans": "Stil zijn",
}


async def test_a_plan_opens_by_its_meeting_after_a_restart(leader: Visitor) -> None:
    agreed = ConfirmAgreement(what="Bellen met school", who="Ans", due="2027-02-01")
    meeting = await ended(leader, agreed)
    await restart(leader)
    assert (await leader.get("/plan")).headers["location"] == "/"
    text = (await leader.get(f"/plan/{meeting}")).text
    assert "Bellen met school" in text
    assert "Eigen beeld" in text
    assert "5:00" in text


async def test_the_plan_in_the_sessions_hands_has_one_address(leader: Visitor) -> None:
    meeting = await ended(leader)
    assert (await leader.get(f"/plan/{meeting}")).headers["location"] == "/plan"


async def test_a_plan_that_is_gone_is_not_there(leader: Visitor) -> None:
    assert (await leader.get("/plan/weg")).status_code == 404


async def test_a_plan_can_be_changed_after_a_restart(leader: Visitor) -> None:
    meeting = await ended(leader)
    await restart(leader)
    address = f"/plan/{meeting}/afspraken"
    await leader.post(address, {"what": "Mailen naar onze planner Joris", "due": "2027-02-30"})
    first, added = await leader.room.storage.actions.of_meeting(meeting)
    assert (added.what, added.due, added.group) == ("Mailen naar onze planner", "", "g1")
    await leader.post(address, {"action": first.id, "what": "Langsgaan", "due": "2027-02-01"})
    await leader.post(address, {"action": added.id, "drop": "yes"})
    (changed,) = await leader.room.storage.actions.of_meeting(meeting)
    assert (changed.id, changed.what, changed.due) == (first.id, "Langsgaan", "2027-02-01")


@pytest.mark.parametrize(
    "fields", [{"what": ""}, {"action": "weg", "what": "x"}, {"action": "weg", "drop": "yes"}]
)
async def test_a_change_that_makes_no_sense_is_told(
    leader: Visitor, fields: dict[str, str]
) -> None:
    meeting = await ended(leader)
    await restart(leader)
    answer = await leader.post(f"/plan/{meeting}/afspraken", fields)
    assert answer.status_code == 422
    assert len(await leader.room.storage.actions.of_meeting(meeting)) == 1


async def test_an_action_of_another_meeting_is_out_of_reach(leader: Visitor) -> None:
    first = await ended(leader)
    second = await ended(leader)
    await restart(leader)
    (action,) = await leader.room.storage.actions.of_meeting(first)
    await leader.post(f"/plan/{second}/afspraken", {"action": action.id, "drop": "yes"})
    assert await leader.room.storage.actions.get(action.id) == action


async def test_a_change_while_the_session_holds_the_meeting_goes_through_it(
    leader: Visitor,
) -> None:
    meeting = await ended(leader)
    (agreed,) = leader.room.view.agreements
    fields = {"action": f"{meeting}.{agreed.agreement}", "drop": "yes"}
    assert (await leader.post(f"/plan/{meeting}/afspraken", fields)).status_code == 422
    assert len(await leader.room.storage.actions.of_meeting(meeting)) == 1


async def test_question_advice_and_eye_openers_are_kept_as_typed(leader: Visitor) -> None:
    meeting = await ended(leader)
    await leader.post(f"/plan/{meeting}/notities", NOTES)
    notes = await leader.room.storage.notes.of_meeting(meeting)
    assert {(note.kind, note.member, note.text) for note in notes} == {
        (NoteKind.QUESTION, "", "Hoe blijf ik rustig?"),
        (NoteKind.ADVICE, "", "Ademhalen\nWachten"),
        (NoteKind.EYE_OPENER, "Ans", "Stil zijn"),
    }
    await leader.post(f"/plan/{meeting}/notities", {"question": "", "eye-Ans": "Nog stiller"})
    notes = await leader.room.storage.notes.of_meeting(meeting)
    assert {note.text for note in notes} == {"Ademhalen\nWachten", "Nog stiller"}


async def test_notes_can_be_written_while_the_meeting_runs(leader: Visitor) -> None:
    await leader.group(method="crea")
    meeting = await leader.room.start(group="g1", method="crea", members=("Ans", "Gast"))
    text = (await leader.get("/plan")).text
    assert 'name="eye-Gast"' in text
    assert "<details open><summary>Wat neemt ieder mee?" in text
    await leader.post(f"/plan/{meeting}/notities", NOTES)
    assert "Stil zijn" in (await leader.get("/plan")).text


async def test_a_third_partys_name_is_marked_and_blocks_nothing(leader: Visitor) -> None:
    await ended(leader, ConfirmAgreement(what="De moeder van Sem bellen", who="Ans"))
    text = (await leader.get("/plan")).text
    assert "naam?</span> Sem<" in text
    await leader.group(place="Sem aan Zee")
    assert "naam?" not in (await leader.get("/plan")).text


async def test_the_dates_on_which_things_go_are_on_the_page(leader: Visitor) -> None:
    meeting = await ended(leader, ConfirmAgreement(what="Bellen", due="2027-02-01"))
    await leader.post("/groepen/g1/termijnen", {"plan_months": "1", "figures_months": "6"})
    text = (await leader.get("/plan")).text
    assert "Wordt gewist op 1 februari 2028." in text
    assert "De cijfers van deze bijeenkomst worden gewist op 15 juli 2027." in text
    await leader.post(f"/acties/{meeting}.a1", {"group": "g1", "state": "gedaan"})
    text = (await leader.get("/plan")).text
    assert "Wordt gewist op 15 februari 2027." in text
    assert "wat jullie meenemen worden gewist op 15 februari 2027, of later" in text


async def test_a_meeting_without_a_group_has_a_plan_too(leader: Visitor) -> None:
    meeting = await leader.room.start(members=())
    await leader.press("bevestig", what="Bellen", back="/plan")
    await leader.press("einde")
    await restart(leader)
    text = (await leader.get(f"/plan/{meeting}")).text
    assert "Bellen" in text
    assert 'name="eye-"' in text
