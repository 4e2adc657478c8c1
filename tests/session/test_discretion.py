from __future__ import annotations

from companion.events import AgreementHeard
from companion.session.meeting import Meeting
from tests.method.meetings import started


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
