"""What people answered about a meeting, without who, when, or in which order."""

from __future__ import annotations

import secrets

import msgspec
import sqlalchemy as sa

from companion.method.evaluation import Answers
from companion.storage.database import Database
from companion.storage.records import new_id
from companion.storage.tables import evaluations
from companion.storage.unbroken import unbroken


class Evaluations:
    """The answers, by meeting; they go with their meeting."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @unbroken
    async def add(self, meeting: str, answers: Answers) -> None:
        """Keep one person's answers.

        A table remembers in which order its rows came. So all rows of the meeting are
        written anew at every answer, shuffled and under new ids.
        """
        mine = evaluations.c.meeting == meeting
        async with self._database.transaction() as connection:
            found = await connection.execute(sa.select(evaluations.c.answers).where(mine))
            together = [row.answers for row in found] + [msgspec.to_builtins(answers)]
            secrets.SystemRandom().shuffle(together)
            await connection.execute(sa.delete(evaluations).where(mine))
            rows = [{"id": new_id(), "meeting": meeting, "answers": each} for each in together]
            await connection.execute(sa.insert(evaluations), rows)

    @unbroken
    async def of_meeting(self, meeting: str) -> list[Answers]:
        """All answers about a meeting, in no order that says anything."""
        query = sa.select(evaluations.c.answers).where(evaluations.c.meeting == meeting)
        async with self._database.transaction() as connection:
            found = await connection.execute(query)
            return [msgspec.convert(row.answers, Answers) for row in found]
