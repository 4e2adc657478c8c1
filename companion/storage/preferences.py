"""What this service remembers of its use: the microphone by name, sounds, and the like."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from companion.storage.database import Database
from companion.storage.tables import preferences
from companion.storage.unbroken import unbroken


class Preferences:
    """Values by key; a value is anything that JSON holds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @unbroken
    async def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or `default`."""
        query = sa.select(preferences.c.value).where(preferences.c.key == key)
        async with self._database.transaction() as connection:
            row = (await connection.execute(query)).one_or_none()
            return row[0] if row else default

    @unbroken
    async def put(self, key: str, value: Any) -> None:
        """Keep a value, in the place of an earlier one."""
        async with self._database.transaction() as connection:
            changed = await connection.execute(
                sa.update(preferences).where(preferences.c.key == key).values(value=value)
            )
            if not changed.rowcount:
                await connection.execute(sa.insert(preferences).values(key=key, value=value))
