"""The database key: from the keyring, a passphrase, or a file that only its owner can read.

A key is made only together with a new database. Where a database exists and its key does
not, that is an error to be solved by a person: a new key would open nothing.
"""

from __future__ import annotations

import os
import secrets
import stat
from enum import StrEnum
from pathlib import Path

import keyring
from argon2 import low_level
from keyring.errors import KeyringError

from companion.errors import StorageError
from companion.settings import Settings

KEY_BYTES = 32
_SERVICE = "intervisie-companion"
_SALT_BYTES = 16
# RFC 9106, section 4, second recommended option
_PASSES, _MEMORY_KIB, _LANES = 3, 64 * 1024, 4


class KeyNote(StrEnum):
    """Where the key of the open database came from, for the screen to say."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a word, not a secret
    FILE = "key-file"
    SERVER = "server"
    """PostgreSQL: the organisation's server keeps the data."""


def database_key(settings: Settings) -> tuple[bytes, KeyNote]:
    """The 32-byte key of `settings.database_file`, made when there is no database yet."""
    database = settings.database_file
    fresh = not database.exists() or database.stat().st_size == 0
    if settings.key_source == "passphrase":
        return _from_passphrase(settings.passphrase, database, fresh=fresh), KeyNote.PASSPHRASE
    if settings.key_source == "keyring":
        return _from_keyring(database, fresh=fresh), KeyNote.KEYRING
    if settings.key_source == "file" or key_file(database).exists():
        return _from_file(key_file(database), fresh=fresh), KeyNote.FILE
    try:
        return _from_keyring(database, fresh=fresh), KeyNote.KEYRING
    except StorageError:
        if not fresh:
            raise
        return _from_file(key_file(database), fresh=True), KeyNote.FILE


def key_file(database: Path) -> Path:
    """Where the key file of a database lies."""
    return database.with_suffix(".key")


def salt_file(database: Path) -> Path:
    """Where the salt of a passphrase lies."""
    return database.with_suffix(".salt")


def _missing(what: str) -> StorageError:
    return StorageError(
        "storage.key-missing",
        f"The database is there, but {what} is not",
        "Put it back; without it nobody can read the database",
    )


def _from_keyring(database: Path, *, fresh: bool) -> bytes:
    user = str(database)
    try:
        held = keyring.get_password(_SERVICE, user)
        if held is None and fresh:
            held = secrets.token_hex(KEY_BYTES)
            keyring.set_password(_SERVICE, user, held)
    except KeyringError as error:
        raise StorageError(
            "storage.keyring",
            "The system's keyring can't be used",
            "Unlock it, or set key_source to passphrase or file for a new database",
        ) from error
    if held is None:
        raise _missing("its key in the keyring")
    return _from_hex(held, "The key in the keyring")


def _from_passphrase(passphrase: str, database: Path, *, fresh: bool) -> bytes:
    if not passphrase:
        raise StorageError(
            "storage.passphrase", "The database asks for a passphrase", "Set COMPANION_PASSPHRASE"
        )
    file = salt_file(database)
    if fresh and not file.exists():
        _write_new(file, secrets.token_hex(_SALT_BYTES))
    if not file.exists():
        raise _missing(file.name)
    return low_level.hash_secret_raw(
        passphrase.encode(),
        _from_hex(_read(file), file.name, _SALT_BYTES),
        time_cost=_PASSES,
        memory_cost=_MEMORY_KIB,
        parallelism=_LANES,
        hash_len=KEY_BYTES,
        type=low_level.Type.ID,
    )


def _from_file(file: Path, *, fresh: bool) -> bytes:
    if not file.exists():
        if not fresh:
            raise _missing(file.name)
        _write_new(file, secrets.token_hex(KEY_BYTES))
    if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise StorageError(
            "storage.key-open",
            f"Others on this machine can read {file.name}",
            f"Run: chmod 600 {file}",
        )
    return _from_hex(_read(file), file.name)


def _from_hex(text: str, what: str, length: int = KEY_BYTES) -> bytes:
    try:
        value = bytes.fromhex(text.strip())
    except ValueError:
        value = b""
    if len(value) != length:
        raise StorageError("storage.key-damaged", f"{what} is damaged", "Put back a copy of it")
    return value


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError("storage.key-unreadable", f"{file.name} can't be read") from error


def _write_new(file: Path, text: str) -> None:
    """Write a file that did not exist, for its owner only, and wait until it is on the disk."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(text + "\n")
        out.flush()
        os.fsync(out.fileno())
