from __future__ import annotations

import pytest
import sqlalchemy as sa

from companion.errors import StorageError
from companion.method.evaluation import Answers
from companion.storage.opening import Storage
from companion.storage.tables import evaluations
from tests.storage.made import a_stored_meeting


async def _with_meeting(storage: Storage) -> str:
    return (await a_stored_meeting(storage)).id


def _answers(number: int) -> Answers:
    return Answers(veilig=number, methode=10 - number, meenemen=5)


async def test_answers_come_back_by_meeting(storage: Storage) -> None:
    record = await _with_meeting(storage)
    for number in range(5):
        await storage.evaluations.add(record, _answers(number))
    found = await storage.evaluations.of_meeting(record)
    assert sorted(each.veilig for each in found) == [0, 1, 2, 3, 4]
    assert await storage.evaluations.of_meeting("another") == []


async def test_neither_rows_nor_ids_keep_the_order_in_which_people_answered(
    plain: Storage,
) -> None:
    record = await _with_meeting(plain)
    seen: set[str] = set()
    order: list[int] = []
    by_row = sa.text("SELECT id, answers ->> 'veilig' AS number FROM evaluations ORDER BY rowid")
    for number in range(9):
        await plain.evaluations.add(record, _answers(number))
        async with plain.database.transaction() as connection:
            rows = (await connection.execute(by_row)).all()
        ids = {row.id for row in rows}
        assert not ids & seen, "an id outlived an answer"
        seen |= ids
        order = [row.number for row in rows]
    assert sorted(order) == list(range(9))
    assert order != sorted(order)  # once in 362,880 times by chance


async def test_nothing_but_the_numbers_is_kept(storage: Storage) -> None:
    assert [column.name for column in evaluations.columns] == ["id", "meeting", "answers"]
    record = await _with_meeting(storage)
    await storage.evaluations.add(record, _answers(3))
    async with storage.database.transaction() as connection:
        (row,) = await connection.execute(sa.select(evaluations))
    assert row.answers == {"veilig": 3, "methode": 7, "meenemen": 5}


async def test_answers_go_with_their_meeting(storage: Storage) -> None:
    record = await _with_meeting(storage)
    await storage.evaluations.add(record, _answers(3))
    await storage.forget.meeting(record)
    assert await storage.evaluations.of_meeting(record) == []
    async with storage.database.transaction() as connection:
        count = await connection.scalar(sa.select(sa.func.count()).select_from(evaluations))
    assert count == 0


async def test_answers_about_no_meeting_are_refused(storage: Storage) -> None:
    with pytest.raises(StorageError):
        await storage.evaluations.add("nergens", _answers(1))
