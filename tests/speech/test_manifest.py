from __future__ import annotations

from pathlib import Path

import pytest

from companion.errors import ModelError, UsageError
from companion.speech.manifest import (
    FileState,
    ModelFile,
    SpeechModel,
    check_file,
    check_model,
    find_model,
    require_model,
    supported_models,
)

_HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


def _model(**files: ModelFile) -> SpeechModel:
    named = {name.replace("_", "."): file for name, file in files.items()}
    return SpeechModel(name="tiny", repository="x/y", licence="MIT", megabytes=1, files=named)


def test_manifest_names_the_five_supported_models() -> None:
    assert list(supported_models()) == ["base", "small", "medium", "large-v3", "large-v3-turbo"]


def test_base_and_small_have_every_digest() -> None:
    for name in ("base", "small"):
        assert all(len(file.sha256) == 64 for file in find_model(name).files.values())


def test_unknown_model_is_refused_with_the_known_names() -> None:
    with pytest.raises(UsageError, match="large-v3-turbo"):
        find_model("tiniest")


def test_changed_byte_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(b"hello")
    assert check_file(file, ModelFile(sha256=_HELLO)) is FileState.OK
    file.write_bytes(b"hellp")
    assert check_file(file, ModelFile(sha256=_HELLO)) is FileState.DAMAGED


def test_wrong_size_is_seen_without_a_digest(tmp_path: Path) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(b"hello")
    assert check_file(file, ModelFile(bytes=6)) is FileState.DAMAGED


def test_file_without_known_digest_says_not_verified(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"{}")
    assert check_model(tmp_path, _model(a_json=ModelFile())) == {"a.json": FileState.NOT_VERIFIED}


def test_damaged_model_is_refused_by_file_name(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"hellp")
    with pytest.raises(ModelError, match=r"model\.bin does not match") as caught:
        require_model(tmp_path, _model(model_bin=ModelFile(sha256=_HELLO)))
    assert "companion models get tiny" in caught.value.hint


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.bin is missing"):
        require_model(tmp_path, _model(model_bin=ModelFile(sha256=_HELLO)))
