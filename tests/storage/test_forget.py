from __future__ import annotations

from pathlib import Path

import pytest

from companion.clock import VirtualClock
from companion.events import LastMinuteForgotten, MeetingStarted, PlannedStep, TurnHeard
from companion.method.definitions import load_methods
from companion.storage import database as database_module
from companion.storage.forget import GONE
from companion.storage.opening import Storage, open_plain
from tests.storage.made import a_group, a_meeting, an_action

_WORDS = "Ik bel de bewindvoerder over de zwarte kater"
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


async def test_without_the_defences_the_words_would_be_found(
    tmp_path: Path, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    weak = [p for p in database_module._pragmas(None) if "secure_delete" not in p]
    monkeypatch.setattr(database_module, "_pragmas", lambda _: [*weak, "PRAGMA secure_delete=OFF"])
    storage = await open_plain(tmp_path / "weak.db", clock)
    monkeypatch.setattr(storage.database, "compact", storage.database.flush_log)
    await _fill(storage)
    receipt = await storage.forget.everything()
    assert _WORDS.encode() in _bytes(storage)
    assert not receipt.verified
    await storage.close()


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
