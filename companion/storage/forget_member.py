"""One member out of everything that a group has: what is their own, and the name elsewhere."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from companion.events import AgreementConfirmed, MeetingStarted
from companion.storage.tables import (
    actions,
    goals,
    groups,
    journal,
    meetings,
    notes,
    trainer_notes,
)

GONE = "–"
"""Stands where a forgotten member's name stood."""
_TEXTS: tuple[tuple[sa.Table, tuple[str, ...]], ...] = (
    (
        actions,
        ("what", "who", "how", "with_whom", "when", "needs", "noticed_by", "learned"),
    ),
    (notes, ("text", "member")),
    (goals, ("text",)),
    (trainer_notes, ("text",)),
)
"""Every table with words that people typed, and the columns that hold them."""
_NAMED = ("MeetingStarted", "AgreementConfirmed")
_Named = MeetingStarted | AgreementConfirmed
_decode = msgspec.json.Decoder(_Named).decode


async def erase_member(connection: AsyncConnection, group: str, name: str) -> int:
    """Remove a member's own actions and eye-openers, and the name elsewhere; rows touched."""
    own = (actions.c.group == group) & (actions.c.who == name)
    rows = (await connection.execute(sa.delete(actions).where(own))).rowcount
    written = notes.c.meeting.in_(_meetings(group)) & (notes.c.member == name)
    rows += (await connection.execute(sa.delete(notes).where(written))).rowcount
    for table, columns in _TEXTS:
        rows += await _rename(connection, group, table, columns, _word(name))
    rows += await _rename_in_journals(connection, group, name)
    members = await _members(connection, group)
    if name in members:
        others = [member for member in members if member != name]
        await connection.execute(
            sa.update(groups).where(groups.c.id == group).values(members=others)
        )
        rows += 1
    return rows


async def name_left(connection: AsyncConnection, group: str, name: str) -> int:
    """How many of the group's rows still have the name."""
    word, left = _word(name), 0
    for table, columns in _TEXTS:
        for row in await connection.execute(_rows(group, table)):
            left += any(word.search(row._mapping[text]) for text in columns)  # noqa: SLF001
    for _, event in await _events(connection, group):
        left += event != _without(event, name)
    return left + (name in await _members(connection, group))


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def _meetings(group: str) -> sa.Select[Any]:
    return sa.select(meetings.c.id).where(meetings.c.group == group)


def _rows(group: str, table: sa.Table) -> sa.Select[Any]:
    """A group's rows of a table that belongs to the group, or to its meetings."""
    if "group" in table.c:
        return sa.select(table).where(table.c.group == group)
    return sa.select(table).where(table.c.meeting.in_(_meetings(group)))


async def _members(connection: AsyncConnection, group: str) -> list[str]:
    found = await connection.scalar(sa.select(groups.c.members).where(groups.c.id == group))
    return list(found or ())


async def _rename(
    connection: AsyncConnection,
    group: str,
    table: sa.Table,
    columns: tuple[str, ...],
    word: re.Pattern[str],
) -> int:
    changed = 0
    for row in await connection.execute(_rows(group, table)):
        before = {text: row._mapping[text] for text in columns}  # noqa: SLF001
        after = {text: word.sub(GONE, value) for text, value in before.items()}
        if after != before:
            await connection.execute(sa.update(table).where(table.c.id == row.id).values(after))
            changed += 1
    return changed


async def _rename_in_journals(connection: AsyncConnection, group: str, name: str) -> int:
    changed = 0
    for (meeting, sequence), event in await _events(connection, group):
        without = _without(event, name)
        if without == event:
            continue
        row = (journal.c.meeting == meeting) & (journal.c.sequence == sequence)
        text = msgspec.json.encode(without).decode()
        await connection.execute(sa.update(journal).where(row).values(event=text))
        changed += 1
    return changed


async def _events(
    connection: AsyncConnection, group: str
) -> list[tuple[tuple[str, int], MeetingStarted | AgreementConfirmed]]:
    """What journals of meetings that did not end properly say with names in it."""
    rows = await connection.execute(
        sa.select(journal).where(
            journal.c.meeting.in_(_meetings(group)), journal.c.kind.in_(_NAMED)
        )
    )
    return [((row.meeting, row.sequence), _decode(row.event)) for row in rows]


def _without(
    event: MeetingStarted | AgreementConfirmed, name: str
) -> MeetingStarted | AgreementConfirmed:
    if isinstance(event, AgreementConfirmed):
        columns = ("what", "who", "how", "with_whom", "when", "needs", "noticed_by")
        word = _word(name)
        return msgspec.structs.replace(
            event, **{text: word.sub(GONE, getattr(event, text)) for text in columns}
        )
    return msgspec.structs.replace(
        event,
        # their places stay: turns and voices point at them
        members=tuple(GONE if member == name else member for member in event.members),
        inbrenger=GONE if event.inbrenger == name else event.inbrenger,
        begeleider=GONE if event.begeleider == name else event.begeleider,
    )
