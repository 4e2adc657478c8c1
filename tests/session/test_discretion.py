from __future__ import annotations

from companion.events import AgreementHeard
from companion.session.commands import ConfirmAgreement
from companion.session.meeting import Meeting
from tests.method.meetings import started
from tests.session.rooms import Room


def test_a_candidate_has_a_role_where_a_third_partys_name_stood() -> None:
    meeting = Meeting(started())
    heard = AgreementHeard(
        at=5.0,
        until=6.0,
        candidate=1,
        probability=0.9,
        what="mijn teamleider Karin bellen",
        with_whom="Karin",
    )
    meeting.hear(heard)
    (kept,) = meeting.record.candidates.values()
    assert (kept.what, kept.with_whom) == ("mijn teamleider bellen", "mijn teamleider")


async def test_an_agreement_is_confirmed_with_the_role_and_changed_as_somebody_writes_it(
    room: Room,
) -> None:
    await room.start(members=("Ans", "Bo"))
    await room.do(ConfirmAgreement(what="onze planner Joris bellen", who="Bo"))
    (agreed,) = room.view.agreements
    assert agreed.what == "onze planner bellen"
    await room.do(ConfirmAgreement(agreement=agreed.agreement, what="onze planner Joris bellen"))
    assert room.view.agreements[0].what == "onze planner Joris bellen"
