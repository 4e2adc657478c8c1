"""Erase, and look whether it is gone.

SQLite overwrites what it deletes (secure_delete); rewriting the file (VACUUM) and cutting
the write-ahead log to nothing then leave no page that could still hold it. On a server the
rows are gone and the tables rewritten; its own log and backups are out of our sight.

Which tables belong to a meeting or a group is read from the tables themselves, so that a new
one is covered from its first day.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec
import sqlalchemy as sa

from companion.errors import StorageError
from companion.storage.database import Database
from companion.storage.forget_member import erase_member, name_left
from companion.storage.tables import METADATA, actions, groups, meetings, notes, preferences
from companion.storage.unbroken import unbroken

_Rows: TypeAlias = tuple[sa.Table, sa.ColumnElement[bool]]
"""A table, and which of its rows."""
What: TypeAlias = Literal["meeting", "group", "member", "everything", "expired"]
_CHILDREN_FIRST = tuple(reversed(METADATA.sorted_tables))
_OF_MEETINGS = tuple(table for table in _CHILDREN_FIRST if "meeting" in table.c)
_OF_GROUPS = tuple(table for table in _CHILDREN_FIRST if "group" in table.c)


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What was erased; `verified` only after a look at what is left."""

    what: What
    rows: int
    """Rows removed or, for a member, changed."""
    verified: bool
    place: Literal["file", "server"]
    """What the verification looked at: the database file, or a server's tables only."""


class Forget:
    """Erasure by subject. A running meeting is ended first, by whoever asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @unbroken
    async def meeting(self, meeting: str) -> Receipt:
        """A meeting with its journal, its figures and the plan it made."""
        chosen: list[_Rows] = [(table, table.c.meeting == meeting) for table in _OF_MEETINGS]
        return await self._erase("meeting", [*chosen, (meetings, meetings.c.id == meeting)])

    @unbroken
    async def group(self, group: str) -> Receipt:
        """A group with its meetings, its actions and what is kept about it."""
        own = sa.select(meetings.c.id).where(meetings.c.group == group)
        chosen: list[_Rows] = [(table, table.c.meeting.in_(own)) for table in _OF_MEETINGS]
        chosen += [(table, table.c.group == group) for table in _OF_GROUPS]
        chosen.append((preferences, preferences.c.key.contains(group, autoescape=True)))
        return await self._erase("group", [*chosen, (groups, groups.c.id == group)])

    @unbroken
    async def everything(self) -> Receipt:
        """Every row of every table."""
        return await self._erase("everything", [(table, sa.true()) for table in _CHILDREN_FIRST])

    @unbroken
    async def expired(
        self,
        old_actions: Iterable[str],
        old_meetings: Iterable[str],
        old_notes: Iterable[str] = (),
    ) -> Receipt:
        """What is past its term; the actions of an old meeting stay until their own.

        `old_notes` are ids of meetings whose notes go.
        """
        old = list(old_meetings)
        chosen: list[_Rows] = [
            (actions, actions.c.id.in_(list(old_actions))),
            (notes, notes.c.meeting.in_(list(old_notes))),
        ]
        chosen += [(t, t.c.meeting.in_(old)) for t in _OF_MEETINGS if t is not actions]
        return await self._erase("expired", [*chosen, (meetings, meetings.c.id.in_(old))])

    @unbroken
    async def member(self, group: str, name: str) -> Receipt:
        """A member: what is their own, and their name wherever the group's data have it."""
        if not name.strip():
            raise StorageError("storage.no-name", "Whose name should be forgotten?")
        async with self._database.transaction() as connection:
            rows = await erase_member(connection, group, name)
        async with self._database.transaction() as connection:
            left = await name_left(connection, group, name)
        return await self._receipt("member", rows, left)

    async def _erase(self, what: What, chosen: list[_Rows]) -> Receipt:
        rows = left = 0
        async with self._database.transaction() as connection:
            for table, condition in chosen:
                result = await connection.execute(sa.delete(table).where(condition))
                rows += result.rowcount
        async with self._database.transaction() as connection:
            for table, condition in chosen:
                count = sa.select(sa.func.count()).select_from(table)
                left += await connection.scalar(count.where(condition)) or 0
        return await self._receipt(what, rows, left)

    async def _receipt(self, what: What, rows: int, left: int) -> Receipt:
        try:
            await self._database.compact()
            clean = await self._no_residue()
        except StorageError:  # no room to rewrite the file, say: then it isn't verified
            clean = False
        place: Literal["file", "server"] = "file" if self._database.file else "server"
        return Receipt(what=what, rows=rows, verified=clean and left == 0, place=place)

    async def _no_residue(self) -> bool:
        """No free page and no log that could hold what was deleted."""
        file = self._database.file
        if file is None:
            return True
        free = await self._database.pragma("PRAGMA freelist_count")
        return free == [(0,)] and _is_empty(Path(f"{file}-wal"))


def _is_empty(log: Path) -> bool:
    return not log.exists() or log.stat().st_size == 0
