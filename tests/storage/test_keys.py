from __future__ import annotations

import stat
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from companion.errors import StorageError
from companion.settings import Settings
from companion.storage.keys import KeyNote, database_key, key_file, salt_file


class MemoryKeyring(KeyringBackend):
    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password


def no_keyring() -> KeyringBackend:
    return fail.Keyring()  # type: ignore[no-untyped-call]


def _use(monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend)


def _settings(home: Path, source: str, passphrase: str = "") -> Settings:
    (home / "data").mkdir(exist_ok=True)
    return Settings.model_validate(
        {"data_dir": home / "data", "key_source": source, "passphrase": passphrase}
    )


def _make_database(settings: Settings) -> None:
    settings.database_file.write_bytes(b"something")


def test_key_file_is_made_for_its_owner_only_and_used_again(home: Path) -> None:
    settings = _settings(home, "file")
    key, note = database_key(settings)
    file = key_file(settings.database_file)
    assert (len(key), note) == (32, KeyNote.FILE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert database_key(settings) == (key, note)


def test_key_file_that_others_can_read_is_refused(home: Path) -> None:
    settings = _settings(home, "file")
    database_key(settings)
    key_file(settings.database_file).chmod(0o640)
    with pytest.raises(StorageError, match="chmod 600"):
        database_key(settings)


def test_missing_key_of_an_existing_database_is_not_replaced(home: Path) -> None:
    settings = _settings(home, "file")
    _make_database(settings)
    with pytest.raises(StorageError, match=r"companion\.key is not"):
        database_key(settings)
    assert not key_file(settings.database_file).exists()


def test_damaged_key_file_is_named(home: Path) -> None:
    settings = _settings(home, "file")
    database_key(settings)
    key_file(settings.database_file).write_text("zz")
    with pytest.raises(StorageError, match=r"companion\.key is damaged"):
        database_key(settings)


def test_keyring_comes_first(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _use(monkeypatch, MemoryKeyring())
    settings = _settings(home, "auto")
    key, note = database_key(settings)
    assert note is KeyNote.KEYRING
    assert not key_file(settings.database_file).exists()
    assert database_key(settings) == (key, note)


def test_without_a_keyring_a_new_database_gets_a_key_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _use(monkeypatch, no_keyring())
    assert database_key(_settings(home, "auto"))[1] is KeyNote.FILE


def test_key_file_stays_in_use_when_a_keyring_comes(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _use(monkeypatch, no_keyring())
    settings = _settings(home, "auto")
    made = database_key(settings)
    _use(monkeypatch, MemoryKeyring())
    assert database_key(settings) == made


@pytest.mark.parametrize("backend", [MemoryKeyring(), no_keyring()])
def test_keyring_without_the_key_of_an_existing_database_is_an_error(
    home: Path, monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend
) -> None:
    _use(monkeypatch, backend)
    settings = _settings(home, "auto")
    _make_database(settings)
    with pytest.raises(StorageError, match="keyring"):
        database_key(settings)
    assert not key_file(settings.database_file).exists()


def test_keyring_that_was_asked_for_is_not_replaced_by_a_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _use(monkeypatch, no_keyring())
    with pytest.raises(StorageError, match="keyring can't be used"):
        database_key(_settings(home, "keyring"))


def test_same_passphrase_gives_the_same_key_and_another_does_not(home: Path) -> None:
    key, note = database_key(_settings(home, "passphrase", "veel koffie vandaag"))
    assert note is KeyNote.PASSPHRASE
    assert database_key(_settings(home, "passphrase", "veel koffie vandaag"))[0] == key
    assert database_key(_settings(home, "passphrase", "weinig koffie"))[0] != key


def test_same_passphrase_elsewhere_gives_another_key(home: Path) -> None:
    settings = _settings(home, "passphrase", "veel koffie vandaag")
    key, _ = database_key(settings)
    salt_file(settings.database_file).unlink()
    assert database_key(settings)[0] != key


def test_missing_salt_of_an_existing_database_is_an_error(home: Path) -> None:
    settings = _settings(home, "passphrase", "veel koffie vandaag")
    _make_database(settings)
    with pytest.raises(StorageError, match=r"companion\.salt is not"):
        database_key(settings)


def test_empty_passphrase_is_asked_for(home: Path) -> None:
    with pytest.raises(StorageError, match="COMPANION_PASSPHRASE"):
        database_key(_settings(home, "passphrase"))
