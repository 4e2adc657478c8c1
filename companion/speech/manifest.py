"""The speech models that are supported, and whether a folder holds one unharmed."""

from __future__ import annotations

import hashlib
import tomllib
from enum import StrEnum
from pathlib import Path

import msgspec

from companion.errors import ModelError, UsageError
from companion.resources import bundled

_BLOCK = 1 << 20


class ModelFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a file must be; an empty digest is not known and not checked."""

    sha256: str = ""
    bytes: int = 0


class SpeechModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the manifest."""

    name: str
    repository: str
    licence: str
    megabytes: int
    files: dict[str, ModelFile]
    note: str = ""
    packages: tuple[str, ...] = ()
    """Installed packages whose `data` folders hold the files, model.bin in parts."""


class FileState(StrEnum):
    """What a check found of one file."""

    OK = "ok"
    NOT_VERIFIED = "not verified"
    MISSING = "missing"
    DAMAGED = "does not match its digest"


class _Manifest(msgspec.Struct, forbid_unknown_fields=True):
    model: list[SpeechModel]


def supported_models() -> dict[str, SpeechModel]:
    """Every model of the manifest, by name, smallest first."""
    table = tomllib.loads((bundled("models") / "manifest.toml").read_text(encoding="utf-8"))
    return {model.name: model for model in msgspec.convert(table, _Manifest).model}


def find_model(name: str) -> SpeechModel:
    """The model of this name, or a UsageError that lists the names."""
    models = supported_models()
    if name not in models:
        raise UsageError(
            "model.unknown", f"Unknown speech model {name!r}", f"Known: {', '.join(models)}"
        )
    return models[name]


def digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    running = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            running.update(block)
    return running.hexdigest()


def check_file(path: Path, expected: ModelFile) -> FileState:
    """Size first, since it is free; then the digest, where one is known."""
    if not path.is_file():
        return FileState.MISSING
    if expected.bytes and path.stat().st_size != expected.bytes:
        return FileState.DAMAGED
    if not expected.sha256:
        return FileState.NOT_VERIFIED
    return FileState.OK if digest(path) == expected.sha256 else FileState.DAMAGED


def check_model(folder: Path, model: SpeechModel) -> dict[str, FileState]:
    """The state of each file of `model` in `folder`."""
    return {name: check_file(folder / name, file) for name, file in model.files.items()}


def require_model(folder: Path, model: SpeechModel) -> None:
    """Raise a ModelError that names the first file that is missing or damaged."""
    for name, state in check_model(folder, model).items():
        if state in {FileState.MISSING, FileState.DAMAGED}:
            raise ModelError(
                "model.missing" if state is FileState.MISSING else "model.damaged",
                f"Speech model {model.name}: {name} {state}"
                if state is FileState.DAMAGED
                else f"Speech model {model.name}: {name} is missing",
                f"Run: companion models get {model.name}",
            )
