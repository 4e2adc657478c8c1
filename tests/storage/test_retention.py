from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.storage.opening import Storage
from companion.storage.records import ActionState
from companion.storage.retention import (
    action_until,
    carry_out,
    expired,
    meeting_until,
    months_later,
    notes_until,
)
from tests.storage.made import a_group, a_meeting, a_note, an_action


def _on(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-15T10:00", 3, "2026-04-15T10:00"),
        ("2026-11-30T10:00", 3, "2027-02-28T10:00"),
        ("2027-11-30T10:00", 3, "2028-02-29T10:00"),
        ("2026-12-31T23:59", 12, "2027-12-31T23:59"),
    ],
)
def test_months_are_calendar_months(start: str, months: int, end: str) -> None:
    assert months_later(_on(start), months) == _on(end)


def test_plan_is_kept_until_done_and_the_groups_months() -> None:
    done = an_action(state=ActionState.GEDAAN, closed=_on("2026-03-01"))
    assert action_until(done, a_group(plan_months_after_done=2)) == _on("2026-05-01")
    assert action_until(done, None) == _on("2026-06-01")


def test_action_that_nobody_closed_is_let_go_a_year_after_its_date() -> None:
    never = an_action(created=_on("2026-01-01"), due="2026-02-01")
    assert action_until(never, a_group()) == _on("2027-02-01")
    undated = an_action(created=_on("2026-01-01"), due="")
    assert action_until(undated, a_group()) == _on("2027-01-01")


def test_running_meeting_has_no_end_of_keeping() -> None:
    assert meeting_until(a_meeting(ended=None), a_group()) is None


def test_meeting_is_kept_for_the_groups_months() -> None:
    meeting = a_meeting(group="noord", ended=_on("2026-01-31"))
    short = {"noord": a_group(figures_months=1)}
    assert expired(_on("2026-02-27"), short, [meeting], []).meetings == ()
    assert expired(_on("2026-02-28"), short, [meeting], []).meetings == ("m1",)


@given(st.floats(0, 4e9), st.integers(0, 60), st.integers(0, 60))
def test_more_months_are_never_earlier(start: float, few: int, more: int) -> None:
    assert months_later(start, few) <= months_later(start, few + more)
    assert months_later(start, few) >= start - 1e-3


async def test_carrying_out_removes_what_is_past_and_nothing_else(storage: Storage) -> None:
    await storage.groups.save(a_group(figures_months=1, plan_months_after_done=2))
    for name, ended in (("oud", "2026-01-01"), ("nieuw", "2026-02-20")):
        await storage.meetings.create(a_meeting(id=name, group="noord"))
        made = _on(ended)
        action = an_action(id=f"{name}.a1", group="noord", meeting=name, created=made)
        await storage.meetings.finish(name, made, [action])
    receipt = await carry_out(storage, _on("2026-03-01"))
    assert receipt is not None
    assert (receipt.what, receipt.verified) == ("expired", True)
    assert [meeting.id for meeting in await storage.meetings.list()] == ["nieuw"]
    assert {action.id for action in await storage.actions.all()} == {"oud.a1", "nieuw.a1"}


async def test_nothing_past_its_term_changes_nothing(storage: Storage) -> None:
    await storage.meetings.create(a_meeting())
    assert await carry_out(storage, _on("2099-01-01")) is None


def test_notes_stay_as_long_as_the_last_action_of_their_meeting() -> None:
    meeting, group = a_meeting(ended=_on("2026-01-31")), a_group(plan_months_after_done=1)
    done = an_action(meeting="m1", state=ActionState.GEDAAN, closed=_on("2026-05-01"))
    assert notes_until(meeting, [], group) == _on("2026-02-28")
    assert notes_until(meeting, [done], group) == _on("2026-06-01")
    assert notes_until(a_meeting(ended=None), [done], group) is None


async def test_notes_past_their_term_go_and_their_meeting_stays(storage: Storage) -> None:
    await storage.groups.save(a_group(plan_months_after_done=1))
    await storage.meetings.create(a_meeting(group="noord"))
    await storage.meetings.finish("m1", _on("2026-01-01"))
    await storage.notes.write([a_note()])
    assert await carry_out(storage, _on("2026-01-31")) is None
    receipt = await carry_out(storage, _on("2026-02-01"))
    assert receipt is not None
    assert (receipt.rows, receipt.verified) == (1, True)
    assert await storage.notes.of_meeting("m1") == []
    assert await storage.meetings.get("m1") is not None
