"""Actions: what was agreed, and what became of it at the look-back."""

from __future__ import annotations

import builtins
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from companion.clock import Clock, SystemClock
from companion.errors import StorageError
from companion.storage.database import Database
from companion.storage.records import Action, ActionState
from companion.storage.rows import from_row, to_row
from companion.storage.tables import actions
from companion.storage.unbroken import unbroken

_OUTCOME = ("state", "learned", "closed")


async def put_actions(
    connection: AsyncConnection, given: Iterable[Action], *, keep_outcome: bool = False
) -> None:
    """Add actions, or put them in the place of those with their ids, in this transaction."""
    for action in given:
        values = to_row(action)
        kept = _OUTCOME if keep_outcome else ()
        changes = {name: value for name, value in values.items() if name not in kept}
        changed = await connection.execute(
            sa.update(actions).where(actions.c.id == action.id).values(changes)
        )
        if not changed.rowcount:
            await connection.execute(sa.insert(actions).values(values))


class Actions:
    """The stored actions."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or SystemClock()

    @unbroken
    async def put(self, given: Iterable[Action]) -> None:
        """Add or replace actions, all or none."""
        async with self._database.transaction() as connection:
            await put_actions(connection, given)

    @unbroken
    async def open_for(self, group: str) -> list[Action]:
        """What the group's next meeting opens with: no outcome yet, oldest first."""
        still_open = actions.c.state == ActionState.OPEN.value
        return await self._select((actions.c.group == group) & still_open)

    @unbroken
    async def of_group(self, group: str) -> list[Action]:
        """All of a group's actions, oldest first."""
        return await self._select(actions.c.group == group)

    @unbroken
    async def of_meeting(self, meeting: str) -> list[Action]:
        """The plan that a meeting made."""
        return await self._select(actions.c.meeting == meeting)

    @unbroken
    async def all(self) -> builtins.list[Action]:
        """Every action, oldest first."""
        return await self._select(sa.true())

    @unbroken
    async def get(self, action: str) -> Action | None:
        """One action, or None."""
        found = await self._select(actions.c.id == action)
        return found[0] if found else None

    @unbroken
    async def drop(self, action: str) -> None:
        """Take an action out of the plan; nothing happens when it is gone already."""
        async with self._database.transaction() as connection:
            await connection.execute(sa.delete(actions).where(actions.c.id == action))
        await self._database.flush_log()

    @unbroken
    async def set_outcome(
        self,
        action: str,
        state: ActionState,
        learned: str = "",
        follow_up: Action | None = None,
    ) -> None:
        """Note what became of an action, and what follows; OPEN takes an outcome back.

        StorageError if the action is unknown.
        """
        closed = None if state is ActionState.OPEN else self._clock.wall()
        values = {"state": state.value, "learned": learned, "closed": closed}
        async with self._database.transaction() as connection:
            changed = await connection.execute(
                sa.update(actions).where(actions.c.id == action).values(values)
            )
            if not changed.rowcount:
                raise StorageError("storage.no-action", "There is no such action any more")
            if follow_up is not None:
                await put_actions(connection, [follow_up])

    async def _select(self, where: sa.ColumnElement[bool]) -> builtins.list[Action]:
        query = sa.select(actions).where(where).order_by(actions.c.created, actions.c.id)
        async with self._database.transaction() as connection:
            return [from_row(row, Action) for row in await connection.execute(query)]
