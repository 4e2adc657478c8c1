from __future__ import annotations

import datetime as dt

import msgspec
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from companion.reports.calendar import Reminder, calendar
from companion.reports.plain import plain
from tests.reports.documents import anything

_days = st.dates(dt.date(1950, 1, 1), dt.date(2190, 12, 31)).map(dt.date.isoformat)
reminders = st.builds(
    Reminder,
    id=st.text("abcdef0123456789.", min_size=1, max_size=20),
    what=anything.filter(plain),
    about=st.lists(anything.filter(plain), max_size=3).map(tuple),
    due=_days | st.just(""),
    made=st.integers(0, 4_000_000_000).map(float),
)


def _read(made: bytes) -> vobject.base.Component:
    return vobject.readOne(made.decode())


@given(st.lists(reminders, min_size=1, max_size=3))
def test_an_independent_parser_reads_what_was_written(given_: list[Reminder]) -> None:
    read = _read(calendar(tuple(given_)))
    todos = read.contents["vtodo"]
    assert len(todos) == len(given_)
    for reminder, todo in zip(given_, todos, strict=True):
        assert todo.summary.value == plain(reminder.what)
        assert todo.uid.value == f"{reminder.id}.todo@intervisie-companion"
        made = dt.datetime.fromtimestamp(reminder.made, tz=dt.UTC)
        assert todo.dtstamp.value.replace(tzinfo=dt.UTC) == made
        lines = [plain(line) for line in reminder.about]
        assert (todo.description.value.split("\n") if lines else []) == lines
        assert (todo.due.value.isoformat() if reminder.due else "") == reminder.due
    events = read.contents.get("vevent", [])
    dated = [reminder for reminder in given_ if reminder.due]
    assert [event.dtstart.value.isoformat() for event in events] == [r.due for r in dated]


def test_a_day_is_a_whole_day_with_an_alarm_in_the_morning() -> None:
    made = calendar((Reminder(id="a1", what="Bellen", due="2027-01-18", made=1.8e9),))
    event = _read(made).vevent
    assert event.dtstart.value == dt.date(2027, 1, 18)
    assert event.dtend.value == dt.date(2027, 1, 19)
    assert event.valarm.trigger.value == dt.timedelta(hours=9)
    assert event.valarm.action.value == "DISPLAY"
    assert event.transp.value == "TRANSPARENT"
    assert b"DTSTART;VALUE=DATE:20270118\r\n" in made
    assert b"TRIGGER;RELATED=END:PT9H\r\n" in made


def test_the_same_action_has_the_same_ids_however_often_it_goes_out() -> None:
    first = Reminder(id="a1", what="Bellen", due="2027-01-18", made=1.8e9)
    later = Reminder(id="a1", what="Toch mailen", due="2027-02-01", made=1.8e9)
    ids = [
        {part.uid.value for part in (read.vtodo, read.vevent)}
        for read in (_read(calendar((each,))) for each in (first, later))
    ]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 2


@pytest.mark.parametrize(
    ("status", "reminded"),
    [("NEEDS-ACTION", True), ("IN-PROCESS", True), ("COMPLETED", False), ("CANCELLED", False)],
)
def test_only_what_is_still_to_do_gets_a_day_and_an_alarm(status: str, *, reminded: bool) -> None:
    done = 1.81e9 if status == "COMPLETED" else None
    values = {"id": "a1", "what": "Bellen", "due": "2027-01-18", "made": 1.8e9}
    reminder = msgspec.convert(values | {"status": status, "done": done}, Reminder)
    made = calendar((reminder,))
    assert (b"BEGIN:VEVENT" in made) is reminded
    assert (b"BEGIN:VALARM" in made) is reminded
    assert f"STATUS:{status}".encode() in made
    assert (b"COMPLETED:20270511T014640Z" in made) is (status == "COMPLETED")


def test_lines_are_folded_and_end_as_the_standard_says() -> None:
    made = calendar((Reminder(id="a1", what="ë" * 200, made=1.8e9),))
    lines = made.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert _read(made).vtodo.summary.value == "ë" * 200


@pytest.mark.parametrize("due", ["morgen", "2027-13-01", ""])
def test_without_a_day_there_is_something_to_do_and_no_reminder(due: str) -> None:
    made = calendar((Reminder(id="a1", what="Bellen", due=due, made=1.8e9),))
    assert b"BEGIN:VTODO" in made
    assert b"DUE" not in made
    assert b"BEGIN:VEVENT" not in made


def test_no_text_adds_a_component_of_its_own() -> None:
    what = "Bellen\r\nEND:VTODO\r\nBEGIN:VEVENT\r\nSUMMARY:x"
    made = calendar((Reminder(id="a1", what=what, about=(what,), made=1.8e9),))
    read = _read(made)
    assert "vevent" not in read.contents
    assert read.vtodo.summary.value == "Bellen END:VTODO BEGIN:VEVENT SUMMARY:x"
