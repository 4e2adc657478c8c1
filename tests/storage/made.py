"""Records for tests, with what doesn't matter filled in."""

from __future__ import annotations

from typing import Any

from companion.storage.notes import Note, NoteKind
from companion.storage.opening import Storage
from companion.storage.records import Action, Group, MeetingRecord


def a_group(**given: Any) -> Group:
    return Group(**{"id": "noord", "name": "Team Noord", "created": 1.0, **given})


def a_meeting(**given: Any) -> MeetingRecord:
    values = {"id": "m1", "method": "incident", "minutes": 60.0, "started": 100.0, **given}
    return MeetingRecord(**values)


def an_action(**given: Any) -> Action:
    return Action(**{"id": "m1.a1", "what": "Ik bel Ans", "created": 200.0, **given})


def a_note(**given: Any) -> Note:
    values = {"id": "n1", "meeting": "m1", "kind": NoteKind.QUESTION, "created": 1.0, **given}
    return Note(**{"text": "Hoe blijf ik rustig?", **values})


async def a_stored_meeting(storage: Storage, **given: Any) -> MeetingRecord:
    meeting = a_meeting(**given)
    if meeting.group and not await storage.groups.get(meeting.group):
        await storage.groups.save(a_group(id=meeting.group))
    await storage.meetings.create(meeting)
    return meeting
