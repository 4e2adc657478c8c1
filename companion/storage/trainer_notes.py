"""What a trainer noted about a group."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from companion.clock import Clock, SystemClock
from companion.storage.database import Database
from companion.storage.records import new_id
from companion.storage.rows import from_row, to_row
from companion.storage.tables import trainer_notes
from companion.storage.unbroken import unbroken


class TrainerNote(msgspec.Struct, frozen=True, kw_only=True):
    """A note; `created` is seconds since the epoch."""

    id: str
    group: str
    text: str
    created: float


class TrainerNotes:
    """The stored notes."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or SystemClock()

    @unbroken
    async def of_group(self, group: str) -> list[TrainerNote]:
        """The notes about a group, the newest first."""
        query = (
            sa.select(trainer_notes)
            .where(trainer_notes.c.group == group)
            .order_by(trainer_notes.c.created.desc(), trainer_notes.c.id)
        )
        async with self._database.transaction() as connection:
            return [from_row(row, TrainerNote) for row in await connection.execute(query)]

    @unbroken
    async def add(self, group: str, text: str) -> None:
        """One note more."""
        note = TrainerNote(id=new_id(), group=group, text=text, created=self._clock.wall())
        async with self._database.transaction() as connection:
            await connection.execute(sa.insert(trainer_notes).values(to_row(note)))

    @unbroken
    async def remove(self, group: str, note: str) -> None:
        """Erase a note."""
        own = (trainer_notes.c.id == note) & (trainer_notes.c.group == group)
        async with self._database.transaction() as connection:
            await connection.execute(sa.delete(trainer_notes).where(own))
