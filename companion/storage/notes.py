"""What people wrote by hand about a meeting: its question, the chosen advice, eye-openers."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec
import sqlalchemy as sa

from companion.storage.database import Database
from companion.storage.rows import from_row, to_row
from companion.storage.tables import notes
from companion.storage.unbroken import unbroken


class NoteKind(StrEnum):
    """What a note is about."""

    QUESTION = "question"
    """The inbrenger's, as typed or confirmed by hand."""
    ADVICE = "advice"
    """The advice that the inbrenger chose."""
    EYE_OPENER = "eye-opener"
    """What one member takes along."""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A text that somebody typed; `member` is set for an eye-opener."""

    id: str
    meeting: str
    kind: NoteKind
    member: str = ""
    text: str
    created: float


class Notes:
    """The stored notes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @unbroken
    async def of_meeting(self, meeting: str) -> list[Note]:
        """A meeting's notes, in the order in which they were first written."""
        query = sa.select(notes).where(notes.c.meeting == meeting)
        async with self._database.transaction() as connection:
            rows = await connection.execute(query.order_by(notes.c.created, notes.c.id))
            return [from_row(row, Note) for row in rows]

    @unbroken
    async def write(self, given: Iterable[Note]) -> None:
        """Keep these, each in the place of what its meeting has of that kind and member.

        A note without text removes what was there.
        """
        async with self._database.transaction() as connection:
            for note in given:
                same = (
                    (notes.c.meeting == note.meeting)
                    & (notes.c.kind == note.kind.value)
                    & (notes.c.member == note.member)
                )
                if not note.text:
                    await connection.execute(sa.delete(notes).where(same))
                    continue
                changed = await connection.execute(
                    sa.update(notes).where(same).values(text=note.text)
                )
                if not changed.rowcount:
                    await connection.execute(sa.insert(notes).values(to_row(note)))
        await self._database.flush_log()

    @unbroken
    async def meetings(self) -> frozenset[str]:
        """Ids of the meetings about which something was written."""
        async with self._database.transaction() as connection:
            found = await connection.execute(sa.select(notes.c.meeting).distinct())
            return frozenset(found.scalars())
