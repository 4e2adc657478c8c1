"""The same tests over both databases: SQLCipher in a file, PostgreSQL in a cluster of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from companion.clock import VirtualClock
from companion.settings import Settings
from companion.storage.opening import Storage, open_plain, open_storage


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(data_dir=home / "data", key_source="file")


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
async def storage(
    request: pytest.FixtureRequest, settings: Settings, clock: VirtualClock
) -> AsyncIterator[Storage]:
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
        await _empty(url)
        settings = settings.model_copy(update={"database_url": url})
    opened = await open_storage(settings, clock)
    yield opened
    await opened.close()


@pytest.fixture
async def plain(tmp_path: Path, clock: VirtualClock) -> AsyncIterator[Storage]:
    """A database without encryption, to look for bytes in its file."""
    opened = await open_plain(tmp_path / "plain.db", clock)
    yield opened
    await opened.close()


async def _empty(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await engine.dispose()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server that listens on a socket file only; PostgreSQL refuses to run as root."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"))
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # pytest's own folders are closed to postgres
    become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if become:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    subprocess.run(
        [*become, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N"],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    options: list[str | Path] = ["-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
    server = subprocess.Popen(
        [*become, programs / "postgres", "-D", data, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    _wait_for(folder / ".s.PGSQL.5432")
    yield f"postgresql+asyncpg://postgres@/postgres?host={folder}"
    subprocess.run(
        [*become, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    server.wait(30)
    shutil.rmtree(folder)


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + 30
    while not path.exists():
        if time.monotonic() > deadline:
            pytest.fail("PostgreSQL did not start")
        time.sleep(0.05)
    time.sleep(0.5)
