"""Erase, and look whether it is gone.

SQLite overwrites what it deletes (secure_delete); rewriting the file (VACUUM) and cutting
the write-ahead log to nothing then leave no page that could still hold it. On a server the
rows are gone and the tables rewritten; its own log and backups are out of our sight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from companion.errors import StorageError
from companion.events import MeetingStarted
from companion.storage.database import Database
from companion.storage.tables import actions, groups, journal, meetings
from companion.storage.unbroken import unbroken

GONE = "–"
"""Stands where a forgotten member's name stood."""
_Rows: TypeAlias = tuple[sa.Table, sa.ColumnElement[bool]]
"""A table, and which of its rows."""
_TEXTS = ("what", "how", "with_whom", "when", "needs", "noticed_by", "learned")


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What was erased; `verified` only after a look at what is left."""

    what: Literal["meeting", "group", "member", "everything", "expired"]
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
        """A meeting with its journal and the plan it made."""
        chosen: list[_Rows] = [
            (actions, actions.c.meeting == meeting),
            (journal, journal.c.meeting == meeting),
            (meetings, meetings.c.id == meeting),
        ]
        return await self._erase("meeting", chosen)

    @unbroken
    async def group(self, group: str) -> Receipt:
        """A group with its meetings and its actions."""
        own = sa.select(meetings.c.id).where(meetings.c.group == group)
        chosen: list[_Rows] = [
            (actions, actions.c.group == group),
            (actions, actions.c.meeting.in_(own)),
            (journal, journal.c.meeting.in_(own)),
            (meetings, meetings.c.group == group),
            (groups, groups.c.id == group),
        ]
        return await self._erase("group", chosen)

    @unbroken
    async def everything(self) -> Receipt:
        """All groups, meetings and actions."""
        tables = (actions, journal, meetings, groups)
        return await self._erase("everything", [(table, sa.true()) for table in tables])

    @unbroken
    async def expired(self, old_actions: Iterable[str], old_meetings: Iterable[str]) -> Receipt:
        """What is past its term; the actions of an old meeting stay until their own."""
        old = list(old_meetings)
        chosen: list[_Rows] = [
            (actions, actions.c.id.in_(list(old_actions))),
            (journal, journal.c.meeting.in_(old)),
            (meetings, meetings.c.id.in_(old)),
        ]
        return await self._erase("expired", chosen)

    @unbroken
    async def member(self, group: str, name: str) -> Receipt:
        """A member: their own actions, and their name wherever the group's data have it."""
        if not name.strip():
            raise StorageError("storage.no-name", "Whose name should be forgotten?")
        async with self._database.transaction() as connection:
            rows = await _erase_member(connection, group, name)
        async with self._database.transaction() as connection:
            left = await _name_left(connection, group, name)
        return await self._receipt("member", rows, left)

    async def _erase(
        self,
        what: Literal["meeting", "group", "everything", "expired"],
        chosen: list[_Rows],
    ) -> Receipt:
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

    async def _receipt(
        self,
        what: Literal["meeting", "group", "member", "everything", "expired"],
        rows: int,
        left: int,
    ) -> Receipt:
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


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


async def _erase_member(connection: AsyncConnection, group: str, name: str) -> int:
    own = (actions.c.group == group) & (actions.c.who == name)
    rows = (await connection.execute(sa.delete(actions).where(own))).rowcount
    rows += await _rename_in_actions(connection, group, _word(name))
    rows += await _rename_in_journals(connection, group, name)
    members = await connection.scalar(sa.select(groups.c.members).where(groups.c.id == group))
    if members and name in members:
        others = [member for member in members if member != name]
        await connection.execute(
            sa.update(groups).where(groups.c.id == group).values(members=others)
        )
        rows += 1
    return rows


async def _rename_in_actions(connection: AsyncConnection, group: str, word: re.Pattern[str]) -> int:
    changed = 0
    for row in await connection.execute(sa.select(actions).where(actions.c.group == group)):
        values = {text: word.sub(GONE, row._mapping[text]) for text in _TEXTS}  # noqa: SLF001
        if any(values[text] != row._mapping[text] for text in _TEXTS):  # noqa: SLF001
            await connection.execute(
                sa.update(actions).where(actions.c.id == row.id).values(values)
            )
            changed += 1
    return changed


async def _rename_in_journals(connection: AsyncConnection, group: str, name: str) -> int:
    changed = 0
    for key, started in await _starts(connection, group):
        if name not in {*started.members, started.inbrenger, started.begeleider}:
            continue
        members = tuple(GONE if member == name else member for member in started.members)
        without = msgspec.structs.replace(
            started,
            members=members,  # their places stay: turns and voices point at them
            inbrenger=GONE if started.inbrenger == name else started.inbrenger,
            begeleider=GONE if started.begeleider == name else started.begeleider,
        )
        await connection.execute(
            sa.update(journal)
            .where(journal.c.meeting == key[0], journal.c.sequence == key[1])
            .values(event=msgspec.json.encode(without).decode())
        )
        changed += 1
    return changed


async def _starts(
    connection: AsyncConnection, group: str
) -> list[tuple[tuple[str, int], MeetingStarted]]:
    own = sa.select(meetings.c.id).where(meetings.c.group == group)
    rows = await connection.execute(
        sa.select(journal).where(journal.c.meeting.in_(own), journal.c.kind == "MeetingStarted")
    )
    decode = msgspec.json.Decoder(MeetingStarted).decode
    return [((row.meeting, row.sequence), decode(row.event)) for row in rows]


async def _name_left(connection: AsyncConnection, group: str, name: str) -> int:
    """How many of the group's rows still have the name."""
    word, left = _word(name), 0
    for row in await connection.execute(sa.select(actions).where(actions.c.group == group)):
        texts = [row._mapping[text] for text in (*_TEXTS, "who")]  # noqa: SLF001
        left += any(word.search(text) for text in texts)
    for _, started in await _starts(connection, group):
        left += name in {*started.members, started.inbrenger, started.begeleider}
    members = await connection.scalar(sa.select(groups.c.members).where(groups.c.id == group))
    return left + (name in (members or ()))
