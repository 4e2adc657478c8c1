"""Reviews that a group gave to a trainer by a code on this machine, and taking them back.

Of a code only its digest is kept. It has 50 random bits, so that a digest of it can't be
turned back by trying, and the entrance counts wrong ones.
"""

from __future__ import annotations

import hashlib
import secrets

import msgspec
import sqlalchemy as sa

from companion.clock import Clock, SystemClock
from companion.storage.database import Database
from companion.storage.records import new_id
from companion.storage.tables import handovers, meetings
from companion.storage.unbroken import unbroken

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without signs that look like another."""
_LENGTH = 10


class Handover(msgspec.Struct, frozen=True, kw_only=True):
    """A review that was given: which, when (epoch seconds), and the digest of its code."""

    meeting: str
    code: str
    given: float


def new_code() -> str:
    """A code to say aloud, in two groups of five."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    return f"{signs[:5]}-{signs[5:]}"


def digest(code: str) -> str:
    """What is kept of a code; case, spaces and hyphens don't matter."""
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


class Handovers:
    """What was given on this machine, by meeting."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or SystemClock()

    @unbroken
    async def give(self, meeting: str, code: str) -> None:
        """Give a meeting's review to whoever has the code with this digest; once is enough."""
        async with self._database.transaction() as connection:
            await connection.execute(sa.delete(handovers).where(handovers.c.meeting == meeting))
            values = {"id": new_id(), "meeting": meeting, "code": code, "given": self._clock.wall()}
            await connection.execute(sa.insert(handovers).values(values))

    @unbroken
    async def withdraw(self, meeting: str) -> None:
        """Take a meeting's review back."""
        async with self._database.transaction() as connection:
            await connection.execute(sa.delete(handovers).where(handovers.c.meeting == meeting))

    @unbroken
    async def renew(self, group: str, code: str) -> None:
        """Another code for all that a group gave: the old one opens nothing any more."""
        own = sa.select(meetings.c.id).where(meetings.c.group == group)
        async with self._database.transaction() as connection:
            await connection.execute(
                sa.update(handovers).where(handovers.c.meeting.in_(own)).values(code=code)
            )

    @unbroken
    async def of_meeting(self, meeting: str) -> Handover | None:
        """How this meeting's review was given; None when it wasn't."""
        found = await self._select(handovers.c.meeting == meeting)
        return found[0] if found else None

    @unbroken
    async def of_group(self, group: str) -> list[Handover]:
        """What a group gave, the earliest meeting first."""
        return await self._select(meetings.c.group == group)

    @unbroken
    async def behind(self, code: str) -> list[Handover]:
        """What the code with this digest opens, the earliest meeting first."""
        return await self._select(handovers.c.code == code)

    async def _select(self, where: sa.ColumnElement[bool]) -> list[Handover]:
        query = (
            sa.select(handovers.c.meeting, handovers.c.code, handovers.c.given)
            .join(meetings, meetings.c.id == handovers.c.meeting)
            .where(where)
            .order_by(meetings.c.started, meetings.c.id)
        )
        async with self._database.transaction() as connection:
            rows = await connection.execute(query)
            return [Handover(meeting=r.meeting, code=r.code, given=r.given) for r in rows]
