"""Actions as calendar entries (RFC 5545): something to do, and an all-day reminder. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec
from icalendar import Alarm, Calendar, Event, Todo

from companion.reports.plain import plain

_MAKER = "-//Intervisie Companion//Actieplan//NL"
_AT_NINE = dt.timedelta(hours=9)
"""After midnight of the day itself, in the reader's own time."""
_NEXT_DAY = dt.timedelta(days=1)
_AHEAD = frozenset({"NEEDS-ACTION", "IN-PROCESS"})
"""States in which there is something to be reminded of."""


class Reminder(msgspec.Struct, frozen=True, kw_only=True):
    """An action as a calendar knows it; `made` and `done` are seconds since the epoch."""

    id: str
    """Stable, so that a second import replaces the first."""
    what: str
    about: tuple[str, ...] = ()
    """Lines that say more."""
    due: str = ""
    """An ISO date, or nothing."""
    made: float
    status: Literal["NEEDS-ACTION", "IN-PROCESS", "COMPLETED", "CANCELLED"] = "NEEDS-ACTION"
    done: float | None = None
    """When it was, for COMPLETED."""


def calendar(reminders: tuple[Reminder, ...]) -> bytes:
    """A calendar file: a VTODO each, and a VEVENT with an alarm where a day is known."""
    made = Calendar()
    made.add("prodid", _MAKER)
    made.add("version", "2.0")
    for reminder in reminders:
        made.add_component(_todo(reminder))
        day = due_day(reminder.due)
        if day is not None and reminder.status in _AHEAD:
            made.add_component(_event(reminder, day))
    return bytes(made.to_ical())


def due_day(text: str) -> dt.date | None:
    """An ISO date as a day."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _todo(reminder: Reminder) -> Todo:
    todo = Todo()
    _describe(todo, reminder, "todo")
    todo.add("status", reminder.status)
    if reminder.done is not None:
        todo.add("completed", _moment(reminder.done))
    day = due_day(reminder.due)
    if day is not None:
        todo.add("due", day)
        if reminder.status in _AHEAD:
            todo.add_component(_alarm(reminder, related="END"))
    return todo


def _event(reminder: Reminder, day: dt.date) -> Event:
    event = Event()
    _describe(event, reminder, "day")
    event.add("dtstart", day)
    event.add("dtend", day + _NEXT_DAY)
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(reminder, related="START"))
    return event


def _describe(component: Event | Todo, reminder: Reminder, part: str) -> None:
    component.add("uid", f"{reminder.id}.{part}@intervisie-companion")
    component.add("dtstamp", _moment(reminder.made))
    component.add("summary", plain(reminder.what))
    if reminder.about:
        component.add("description", "\n".join(plain(line) for line in reminder.about))
    component.add("class", "PRIVATE")


def _alarm(reminder: Reminder, *, related: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", plain(reminder.what))
    alarm.add("trigger", _AT_NINE, parameters={"RELATED": related})
    return alarm


def _moment(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC).replace(microsecond=0)
