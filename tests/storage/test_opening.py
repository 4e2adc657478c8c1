from __future__ import annotations

import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from companion.errors import StorageError
from companion.settings import Settings
from companion.storage.keys import KeyNote
from companion.storage.opening import Storage, open_plain, open_storage
from companion.storage.tables import METADATA
from tests.storage.made import a_group

_HEADER = b"SQLite format 3\x00"


async def _make(settings: Settings) -> bytes:
    """A closed database with one group; its bytes."""
    storage = await open_storage(settings)
    await storage.groups.save(a_group())
    await storage.close()
    return settings.database_file.read_bytes()


async def test_file_is_encrypted_as_a_whole(settings: Settings) -> None:
    content = await _make(settings)
    assert _HEADER not in content
    assert b"Team Noord" not in content


async def test_plain_twin_would_show_it(tmp_path: Path) -> None:
    storage = await open_plain(tmp_path / "plain.db")
    await storage.groups.save(a_group())
    await storage.close()
    content = (tmp_path / "plain.db").read_bytes()
    assert content.startswith(_HEADER)
    assert b"Team Noord" in content


async def test_file_is_its_owners_only(settings: Settings) -> None:
    await _make(settings)
    assert stat.S_IMODE(settings.database_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.data_dir.stat().st_mode) == 0o700


async def test_storage_says_where_the_key_came_from(settings: Settings) -> None:
    storage = await open_storage(settings)
    assert storage.key_note is KeyNote.FILE
    await storage.close()


async def test_wrong_passphrase_is_one_clear_line_and_changes_nothing(settings: Settings) -> None:
    right = settings.model_copy(update={"key_source": "passphrase", "passphrase": "goed"})
    before = await _make(right)
    wrong = right.model_copy(update={"passphrase": "fout"})
    with pytest.raises(StorageError, match="passphrase is wrong") as caught:
        await open_storage(wrong)
    assert "\n" not in str(caught.value)
    assert settings.database_file.read_bytes() == before
    storage = await open_storage(right)
    assert await storage.groups.list() == [a_group()]
    await storage.close()


@pytest.mark.parametrize("place", [0, 100, 4096 + 50, -200])
async def test_damaged_file_is_refused_and_left_as_it_is(settings: Settings, place: int) -> None:
    content = bytearray(await _make(settings))
    content[place] ^= 0xFF
    settings.database_file.write_bytes(content)
    with pytest.raises(StorageError, match="damaged") as caught:
        await open_storage(settings)
    assert "Nothing was changed" in caught.value.hint
    assert settings.database_file.read_bytes() == content


async def test_cut_off_file_is_refused(settings: Settings) -> None:
    content = await _make(settings)
    settings.database_file.write_bytes(content[: len(content) // 2])
    with pytest.raises(StorageError, match="damaged"):
        await open_storage(settings)


async def test_some_other_file_is_refused_and_left_as_it_is(settings: Settings) -> None:
    await _make(settings)
    settings.database_file.write_text("mijn vakantiefoto's " * 500)
    with pytest.raises(StorageError):
        await open_storage(settings)
    assert settings.database_file.read_text().startswith("mijn vakantiefoto's")


async def test_second_program_is_told_that_the_first_has_it(settings: Settings) -> None:
    storage = await open_storage(settings)
    with pytest.raises(StorageError, match="Another program has the database open"):
        await open_storage(settings)
    await storage.groups.save(a_group())
    await storage.close()


async def test_database_of_a_newer_version_is_refused(settings: Settings) -> None:
    storage = await open_storage(settings)
    async with storage.database.transaction() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await storage.close()
    with pytest.raises(StorageError, match="newer version"):
        await open_storage(settings)


async def test_folder_that_cannot_be_made_is_one_clear_line(settings: Settings) -> None:
    settings.data_dir.parent.mkdir(parents=True, exist_ok=True)
    settings.data_dir.write_text("a file stands in its place")
    with pytest.raises(StorageError, match="data folder"):
        await open_storage(settings)


@pytest.mark.parametrize("url", ["postgres", "mysql://x/y", "postgresql+asyncpg://x@/y?host=/weg"])
async def test_unusable_server_is_one_clear_line(settings: Settings, url: str) -> None:
    elsewhere = settings.model_copy(update={"database_url": url})
    with pytest.raises(StorageError) as caught:
        await open_storage(elsewhere)
    assert "\n" not in str(caught.value)


async def test_sqlite_waits_for_the_disk_and_overwrites_what_it_deletes(settings: Settings) -> None:
    storage = await open_storage(settings)
    asked = {
        name: (await storage.database.pragma(f"PRAGMA {name}"))[0][0]
        for name in ("synchronous", "secure_delete", "foreign_keys", "journal_mode")
    }
    await storage.close()
    assert asked == {
        "synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "journal_mode": "wal",
    }  # fmt: skip


async def test_migrations_make_the_tables_that_the_program_uses(storage: Storage) -> None:
    async with storage.database.transaction() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), METADATA)
        )
    assert differences == []


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_closing_leaves_no_file_open(settings: Settings) -> None:
    await _make(settings)
    before = _open_files()
    for _ in range(3):
        await _make(settings)
    assert _open_files() <= before
