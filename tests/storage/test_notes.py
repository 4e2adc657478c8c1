from __future__ import annotations

import msgspec

from companion.storage.notes import NoteKind
from companion.storage.opening import Storage
from tests.storage.made import a_note, a_stored_meeting


async def test_a_note_takes_the_place_of_the_one_before(storage: Storage) -> None:
    await a_stored_meeting(storage)
    await storage.notes.write([a_note()])
    await storage.notes.write([a_note(id="n2", text="Hoe vraag ik om hulp?")])
    assert [note.text for note in await storage.notes.of_meeting("m1")] == ["Hoe vraag ik om hulp?"]


async def test_everyone_has_an_eye_opener_of_their_own(storage: Storage) -> None:
    await a_stored_meeting(storage)
    given = [
        a_note(id=name, kind=NoteKind.EYE_OPENER, member=name, text=f"van {name}")
        for name in ("Ans", "Bo")
    ]
    await storage.notes.write(given)
    await storage.notes.write([msgspec.structs.replace(given[0], text="")])
    assert await storage.notes.of_meeting("m1") == [given[1]]


async def test_notes_of_other_meetings_stay_out(storage: Storage) -> None:
    for meeting in ("m1", "m2"):
        await a_stored_meeting(storage, id=meeting)
    await storage.notes.write([a_note(id="x", meeting="m2")])
    assert await storage.notes.of_meeting("m1") == []
    assert await storage.notes.meetings() == {"m2"}
