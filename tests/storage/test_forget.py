from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from companion.clock import VirtualClock
from companion.events import (
    AgreementConfirmed,
    LastMinuteForgotten,
    MeetingStarted,
    PlannedStep,
    TurnHeard,
)
from companion.method.definitions import load_methods
from companion.storage import database as database_module
from companion.storage.forget_member import GONE
from companion.storage.notes import NoteKind
from companion.storage.opening import Storage, open_plain
from companion.storage.tables import METADATA, goals, trainer_notes
from tests.storage.made import a_group, a_meeting, a_note, an_action

_WORDS = "Ik bel de bewindvoerder over de zwarte kater"
_NOTED = "Hoe raak ik los van de blauwe paraplu"
_MARK = 4242.424242


def _started(meeting: str, **given: object) -> MeetingStarted:
    method = load_methods()["incident"]
    plan = tuple(PlannedStep(step=step.id, seconds=60.0) for step in method.steps)
    return MeetingStarted(at=0.0, meeting=meeting, wall=1.0, method=method, plan=plan, **given)  # type: ignore[arg-type]


async def _fill(storage: Storage) -> None:
    """Two groups, each with a meeting, its journal and an action."""
    for group in ("noord", "zuid"):
        meeting = f"m-{group}"
        await storage.groups.save(a_group(id=group, name=group, members=("Ans", "Bo")))
        await storage.meetings.create(a_meeting(id=meeting, group=group))
        started = _started(meeting, members=("Ans", "Bo"), inbrenger="Ans", begeleider="Bo")
        await storage.journal.append(meeting, 1.0, started)
        await storage.journal.append(meeting, 1.0, TurnHeard(at=_MARK, until=_MARK + 1))
        own = an_action(id=f"{meeting}.a1", group=group, meeting=meeting, what=_WORDS, who="Ans")
        told = an_action(
            id=f"{meeting}.a2", group=group, meeting=meeting, what="Ik vraag Ans of Ansje", who="Bo"
        )
        await storage.actions.put([own, told])  # it runs still: its journal is there


async def test_forgotten_meeting_takes_its_journal_and_plan_along(storage: Storage) -> None:
    await _fill(storage)
    receipt = await storage.forget.meeting("m-noord")
    assert (receipt.rows, receipt.verified) == (5, True)
    assert [meeting.id for meeting in await storage.meetings.list()] == ["m-zuid"]
    assert await storage.actions.of_group("noord") == []
    assert await storage.journal.read("m-noord") == []
    assert len(await storage.groups.list()) == 2


async def test_forgotten_group_leaves_the_other_one_whole(storage: Storage) -> None:
    await _fill(storage)
    receipt = await storage.forget.group("noord")
    assert (receipt.rows, receipt.verified) == (6, True)
    assert [group.id for group in await storage.groups.list()] == ["zuid"]
    assert len(await storage.actions.of_group("zuid")) == 2
    assert len(await storage.journal.read("m-zuid")) == 2


async def test_forgetting_everything_leaves_nothing(storage: Storage) -> None:
    await _fill(storage)
    receipt = await storage.forget.everything()
    assert (receipt.rows, receipt.verified) == (12, True)
    assert await storage.groups.list() == []
    assert await storage.meetings.list() == []
    assert await storage.actions.all() == []


async def test_forgotten_member_is_nowhere_in_the_group_any_more(storage: Storage) -> None:
    await _fill(storage)
    receipt = await storage.forget.member("noord", "Ans")
    assert (receipt.rows, receipt.verified) == (4, True)
    group = await storage.groups.get("noord")
    assert group is not None
    assert group.members == ("Bo",)
    (left,) = await storage.actions.of_group("noord")
    assert left.what == f"Ik vraag {GONE} of Ansje"
    started = (await storage.journal.read("m-noord"))[0].event
    assert isinstance(started, MeetingStarted)
    assert (started.members, started.inbrenger, started.begeleider) == ((GONE, "Bo"), GONE, "Bo")


async def test_forgotten_member_stays_known_in_another_group(storage: Storage) -> None:
    await _fill(storage)
    await storage.forget.member("noord", "Ans")
    assert len(await storage.actions.of_group("zuid")) == 2
    started = (await storage.journal.read("m-zuid"))[0].event
    assert isinstance(started, MeetingStarted)
    assert started.members == ("Ans", "Bo")


def _bytes(storage: Storage) -> bytes:
    """The database file and its write-ahead log."""
    file = storage.database.file
    assert file is not None
    log = Path(f"{file}-wal")
    return file.read_bytes() + (log.read_bytes() if log.exists() else b"")


async def test_forgotten_words_are_gone_from_the_file(plain: Storage) -> None:
    await _fill(plain)
    assert _WORDS.encode() in _bytes(plain)
    await plain.forget.everything()
    assert _WORDS.encode() not in _bytes(plain)
    assert b"Ans" not in _bytes(plain)


async def test_forgotten_minute_is_gone_from_the_file(plain: Storage) -> None:
    mark = b"4242.424242"
    await plain.meetings.create(a_meeting())
    await plain.journal.append("m1", 1.0, TurnHeard(at=_MARK, until=_MARK + 1))
    assert mark in _bytes(plain)
    await plain.journal.append("m1", 1.0, LastMinuteForgotten(at=4300.0, since=4240.0))
    assert mark not in _bytes(plain)


@pytest.mark.parametrize("defended", [True, False])
async def test_deleting_overwrites_the_words_and_without_secure_delete_it_would_not(
    tmp_path: Path, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch, *, defended: bool
) -> None:
    """Looks before the file is rewritten, so that nothing else can have removed them."""
    if not defended:
        weak = [p for p in database_module._pragmas(None) if "secure_delete" not in p]
        off = [*weak, "PRAGMA secure_delete = OFF"]
        monkeypatch.setattr(database_module, "_pragmas", lambda _: off)
    storage = await open_plain(tmp_path / "looked-at.db", clock)
    await _fill(storage)
    await storage.notes.write([a_note(meeting="m-noord", text=_NOTED)])
    before: list[bytes] = []
    rewrite = storage.database.compact

    async def look_and_rewrite() -> None:
        await storage.database.flush_log()
        before.append(_bytes(storage))
        await rewrite()

    monkeypatch.setattr(storage.database, "compact", look_and_rewrite)
    assert (await storage.forget.everything()).verified
    assert (_WORDS.encode() in before[0]) is not defended
    assert (_NOTED.encode() in before[0]) is not defended
    assert _WORDS.encode() not in _bytes(storage)
    await storage.close()


async def test_a_file_that_is_not_rewritten_is_not_called_verified(
    plain: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _fill(plain)
    for number in range(60):  # more than one page, so that deleting leaves free ones
        await plain.notes.write([a_note(id=str(number), meeting="m-noord", member=str(number))])
    monkeypatch.setattr(plain.database, "compact", plain.database.flush_log)
    assert not (await plain.forget.everything()).verified


async def test_log_that_is_not_cut_would_be_found(
    plain: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing() -> None:
        pass

    monkeypatch.setattr(plain.database, "flush_log", nothing)
    await _fill(plain)
    receipt = await plain.forget.everything()
    assert _WORDS.encode() in _bytes(plain)
    assert not receipt.verified


async def test_erasure_without_room_to_rewrite_the_file_is_not_called_verified(
    plain: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full() -> None:
        raise database_module.storage_error(Exception("database or disk is full"))

    await _fill(plain)
    monkeypatch.setattr(plain.database, "compact", full)
    receipt = await plain.forget.everything()
    assert (receipt.rows, receipt.verified) == (12, False)


_VALUES: dict[type, object] = {str: "x", float: 1.0, int: 1, object: {}}  # object: JSON


async def _a_row_everywhere(storage: Storage) -> None:
    """One group and one meeting with a row in every table there is."""
    ids = {"group": "noord", "meeting": "m1"}
    async with storage.database.transaction() as connection:
        for table in METADATA.sorted_tables:
            own = {"groups": "noord", "meetings": "m1", "preferences": "group:noord"}
            values = {
                column.name: ids.get(column.name) or _VALUES[column.type.python_type]
                for column in table.c
            }
            first = next(iter(table.primary_key)).name
            values[first] = own.get(table.name, values[first])
            await connection.execute(sa.insert(table).values(values))


async def _filled_tables(storage: Storage) -> set[str]:
    async with storage.database.transaction() as connection:
        counts = {
            table.name: await connection.scalar(sa.select(sa.func.count()).select_from(table))
            for table in METADATA.sorted_tables
        }
    return {name for name, count in counts.items() if count}


async def test_no_table_is_left_out_of_an_erasure(storage: Storage) -> None:
    every = {table.name for table in METADATA.sorted_tables}
    await _a_row_everywhere(storage)
    assert await _filled_tables(storage) == every
    assert (await storage.forget.meeting("m1")).verified
    left = {"groups", "goals", "trainer_notes", "preferences"}
    assert await _filled_tables(storage) == left
    assert (await storage.forget.group("noord")).verified
    assert await _filled_tables(storage) == set()
    await _a_row_everywhere(storage)
    assert (await storage.forget.everything()).rows == len(every)
    assert await _filled_tables(storage) == set()


async def test_forgotten_member_is_gone_from_notes_goals_and_agreements_underway(
    plain: Storage,
) -> None:
    name = "Quirijn"
    await plain.groups.save(a_group(members=(name, "Bo")))
    await plain.meetings.create(a_meeting(group="noord"))
    agreed = AgreementConfirmed(at=1.0, agreement="a1", what=f"Ik vraag {name}", who=name)
    await plain.journal.append("m1", 1.0, agreed)
    opener = a_note(id="n2", kind=NoteKind.EYE_OPENER, member=name, text="wachten helpt")
    await plain.notes.write([a_note(text=f"Hoe bereik ik {name}?"), opener])
    await plain.actions.put([an_action(group="noord", who=f"Bo en {name}")])
    async with plain.database.transaction() as connection:
        words = {"group": "noord", "text": f"meer ruimte voor {name}", "created": 1.0}
        await connection.execute(sa.insert(goals).values(id="g", indicator="", **words))
        await connection.execute(sa.insert(trainer_notes).values(id="t", **words))
    receipt = await plain.forget.member("noord", name)
    assert (receipt.rows, receipt.verified) == (7, True)
    assert name.encode() not in _bytes(plain)
    assert [note.text for note in await plain.notes.of_meeting("m1")] == [f"Hoe bereik ik {GONE}?"]
