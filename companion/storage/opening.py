"""Open the database, whatever it is, and refuse clearly what can't be opened."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import ArgumentError

from companion.clock import Clock
from companion.errors import StorageError
from companion.settings import Settings
from companion.storage.actions import Actions
from companion.storage.database import Database, server_engine, sqlite_engine
from companion.storage.evaluations import Evaluations
from companion.storage.figures import Figures
from companion.storage.forget import Forget
from companion.storage.goals import Goals
from companion.storage.groups import Groups
from companion.storage.handovers import Handovers
from companion.storage.journal import Journal
from companion.storage.keys import KeyNote, database_key
from companion.storage.meetings import Meetings
from companion.storage.migrating import migrate
from companion.storage.notes import Notes
from companion.storage.preferences import Preferences
from companion.storage.trainer_notes import TrainerNotes


class Storage:
    """The open database, by subject."""

    def __init__(self, database: Database, key_note: KeyNote, clock: Clock | None = None) -> None:
        self.database = database
        self.key_note = key_note
        """Where the key came from, for the screen to say."""
        self.groups = Groups(database)
        self.meetings = Meetings(database)
        self.journal = Journal(database)
        self.actions = Actions(database, clock)
        self.preferences = Preferences(database)
        self.evaluations = Evaluations(database)
        self.figures = Figures(database)
        self.handovers = Handovers(database, clock)
        self.goals = Goals(database, clock)
        self.trainer_notes = TrainerNotes(database, clock)
        self.notes = Notes(database)
        self.forget = Forget(database)

    async def close(self) -> None:
        """Close the database; nothing may be asked of it afterwards."""
        await self.database.close()


async def open_storage(settings: Settings, clock: Clock | None = None) -> Storage:
    """The database that the settings name, its tables up to date; else StorageError.

    What is there and can't be read is never changed, moved or removed.
    """
    if settings.database_url:
        return await _open(_server(settings.database_url), KeyNote.SERVER, clock)
    _make_folder(settings.data_dir)
    key, note = database_key(settings)
    database = Database(sqlite_engine(settings.database_file, key), settings.database_file)
    return await _open(database, note, clock)


async def open_plain(file: Path, clock: Clock | None = None) -> Storage:
    """A database without encryption, so that a test can look for bytes in the file."""
    return await _open(Database(sqlite_engine(file, None), file), KeyNote.FILE, clock)


async def _open(database: Database, note: KeyNote, clock: Clock | None) -> Storage:
    try:
        if database.file is not None:
            await database.flush_log()
            await _check(database)
        await migrate(database)
    except StorageError:
        await database.close()
        raise
    return Storage(database, note, clock)


async def _check(database: Database) -> None:
    """Reads every page in use, and so the digest that each carries."""
    if await database.pragma("PRAGMA quick_check(1)") != [("ok",)]:
        raise StorageError(
            "storage.damaged",
            "The database file is damaged",
            "Nothing was changed; put back a copy, or move the file away to start anew",
        )


def _server(url: str) -> Database:
    try:
        if url.startswith("postgresql+asyncpg://"):
            return Database(server_engine(url), None)
    except ImportError as error:
        raise StorageError(
            "storage.driver",
            "The program for PostgreSQL is not installed",
            "Install intervisie-companion[postgresql]",
        ) from error
    except ArgumentError:
        pass
    raise StorageError(
        "storage.url",
        "The database URL can't be used",
        "It looks like postgresql+asyncpg://user@host/name",
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            "storage.folder", f"The data folder can't be made: {error.strerror}", str(folder)
        ) from error
