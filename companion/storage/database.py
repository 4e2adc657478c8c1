"""One connection to the database, its transactions and its errors.

SQLite is opened through SQLCipher, so that the whole file is encrypted, by one connection
that holds the file alone: a second program gets a clear error instead of a surprise.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import aiosqlite
import sqlcipher3
from sqlalchemy import event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_dbapi
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from companion.errors import StorageError
from companion.storage.tables import METADATA

_WAL_IS_SAFE = (3, 51, 3)
"""Before this version a reset of the log can damage the file."""
_ERRORS = (
    "DatabaseError",
    "Error",
    "IntegrityError",
    "NotSupportedError",
    "OperationalError",
    "ProgrammingError",
    "sqlite_version",
    "sqlite_version_info",
)
_BUSY_SECONDS = 1.0


class Database:
    """An open database; `file` is None for a server."""

    def __init__(self, engine: AsyncEngine, file: Path | None) -> None:
        self.engine = engine
        self.file = file

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that is on the disk when the block ends; StorageError when it can't be."""
        try:
            async with self.engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise storage_error(error) from error
        except (SQLAlchemyError, OSError) as error:
            raise _unreachable(error) from error

    async def pragma(self, text: str) -> list[tuple[Any, ...]]:
        """Rows of a PRAGMA or VACUUM, which SQLite takes outside a transaction only."""
        try:
            async with self.engine.connect() as connection:
                raw = await connection.get_raw_connection()
                driver = cast("aiosqlite.Connection", raw.driver_connection)
                async with driver.execute(text) as cursor:
                    return [tuple(row) for row in await cursor.fetchall()]
        except (DBAPIError, sqlcipher3.Error) as error:
            raise storage_error(error) from error
        except OSError as error:
            raise _unreachable(error) from error

    async def flush_log(self) -> None:
        """Bring the write-ahead log into the file and cut the log to nothing."""
        if self.file is not None:
            await self.pragma("PRAGMA wal_checkpoint(TRUNCATE)")

    async def compact(self) -> None:
        """Rewrite the database without the space that deleted rows left."""
        if self.file is not None:
            await self.pragma("VACUUM")
            await self.flush_log()
            return
        engine = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        try:
            async with engine.connect() as connection:
                for table in METADATA.tables:
                    await connection.exec_driver_sql(f"VACUUM FULL {table}")
        except DBAPIError as error:
            raise storage_error(error) from error

    async def close(self) -> None:
        """Close the connection."""
        await self.engine.dispose()


def _unreachable(error: Exception) -> StorageError:
    reason = getattr(error, "strerror", None)
    return StorageError(
        "storage.unreachable", f"The database can't be reached: {reason or 'no answer'}"
    )


def storage_error(error: Exception) -> StorageError:
    """The database's complaint as one clear line."""
    text = str(getattr(error, "orig", None) or error)
    for sign, code, message, hint in _COMPLAINTS:
        if sign in text:
            return StorageError(code, message, hint)
    return StorageError("storage.failed", f"The database refused: {text}")


_KEEP = "Nothing was changed; put back a copy, or move the file away to start anew"
_COMPLAINTS = (
    (
        "file is not a database",
        "storage.key",
        "The database can't be read: the key or passphrase is wrong, or the file is damaged",
        _KEEP,
    ),
    ("malformed", "storage.damaged", "The database file is damaged", _KEEP),
    (
        "database is locked",
        "storage.in-use",
        "Another program has the database open",
        "Close the other Intervisie Companion first",
    ),
    ("is full", "storage.full", "The disk is full", "Make room; nothing was deleted"),
    ("disk I/O error", "storage.io", "The disk can't be written", "Look at the disk"),
    (
        "unable to open",
        "storage.unreadable",
        "The database file can't be opened",
        "Look at who may read and write it",
    ),
    ("readonly", "storage.readonly", "The database file may not be written", "Look at its rights"),
)


def sqlite_engine(file: Path, key: bytes | None) -> AsyncEngine:
    """An engine on one encrypted file; without a key the file is plain (tests look inside)."""

    async def connect() -> aiosqlite.Connection:
        connection = aiosqlite.Connection(_opener(file, key), 64)
        connection._thread.daemon = True  # noqa: SLF001 (as SQLAlchemy does for its own)
        try:
            return await connection
        except (sqlcipher3.Error, OSError):
            await asyncio.to_thread(connection._thread.join)  # noqa: SLF001 (it outlives the loop)
            raise

    dbapi = AsyncAdapt_aiosqlite_dbapi(aiosqlite, sqlcipher3)
    for name in _ERRORS:  # SQLCipher raises its own classes, not the standard library's
        setattr(dbapi, name, getattr(sqlcipher3, name))
    engine = create_async_engine(
        "sqlite+aiosqlite:///",
        module=dbapi,
        async_creator=connect,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,  # values are what people wrote; they don't belong in a message
    )
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _opener(file: Path, key: bytes | None) -> Callable[[], Any]:
    def open_file() -> Any:
        if not file.exists():
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        connection = sqlcipher3.connect(str(file), timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            for pragma in _pragmas(key):
                connection.execute(pragma).fetchall()
        except sqlcipher3.Error:
            connection.close()
            raise
        return connection

    return open_file


def _pragmas(key: bytes | None) -> list[str]:
    wal = sqlcipher3.sqlite_version_info >= _WAL_IS_SAFE
    return [
        # a wrong key is told once, by us, and not in lines of SQLCipher's own
        *(["PRAGMA cipher_log_level = NONE", f"PRAGMA key = \"x'{key.hex()}'\""] if key else []),
        "PRAGMA locking_mode = EXCLUSIVE",
        f"PRAGMA journal_mode = {'WAL' if wal else 'DELETE'}",
        # without a log a commit is the removal of a file, which only EXTRA waits for
        f"PRAGMA synchronous = {'FULL' if wal else 'EXTRA'}",
        "PRAGMA secure_delete = ON",
        "PRAGMA foreign_keys = ON",
        "PRAGMA temp_store = MEMORY",
    ]


def server_engine(url: str) -> AsyncEngine:
    """An engine on an organisation's PostgreSQL."""
    return create_async_engine(url, pool_size=4, max_overflow=0, hide_parameters=True)
