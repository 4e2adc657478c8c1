"""`companion models`: what speech models this machine has, and getting one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from companion.errors import ModelError
from companion.settings import load_settings
from companion.speech.fetch import get_model
from companion.speech.manifest import (
    FileState,
    check_model,
    find_model,
    supported_models,
)


def rows() -> list[dict[str, Any]]:
    """One row a supported model: name, size, licence, source, and its state here."""
    folder = load_settings().models_dir
    return [
        {
            "name": model.name,
            "megabytes": model.megabytes,
            "licence": model.licence,
            "source": model.repository,
            "state": _state(check_model(folder / name, model)),
            "sha256": {file: known.sha256 or None for file, known in model.files.items()},
            "note": model.note,
        }
        for name, model in supported_models().items()
    ]


def table(models: list[dict[str, Any]]) -> str:
    """The rows as text."""
    return "\n".join(
        f"{row['name']:15}{row['megabytes']:>6} MB  {row['licence']:5}{row['state']:14}"
        f"{row['source']}  {row['note']}"
        for row in models
    )


def get(name: str, progress: Callable[[str], None]) -> None:
    """Fetch a model and say where it is; what does not match its digest is refused."""
    model = find_model(name)
    folder = load_settings().models_dir / name
    get_model(model, folder, progress)
    progress(f"{name}: {_state(check_model(folder, model))}, in {folder}")


def verify(progress: Callable[[str], None]) -> None:
    """Check every model that is here; ModelError names the files that are wrong."""
    wrong: list[str] = []
    for name, model in supported_models().items():
        folder = load_settings().models_dir / name
        if not folder.is_dir():
            continue
        for file, state in check_model(folder, model).items():
            progress(f"{name}/{file}: {state}")
            if state in {FileState.MISSING, FileState.DAMAGED}:
                wrong.append(f"{name}/{file} {state}")
    if wrong:
        raise ModelError("model.damaged", "; ".join(wrong), "Run: companion models get NAME")


def _state(states: dict[str, FileState]) -> str:
    """One word for a whole model: the worst of its files."""
    found = set(states.values())
    if found == {FileState.MISSING}:
        return "not here"
    for worst, word in (
        (FileState.DAMAGED, "damaged"),
        (FileState.MISSING, "incomplete"),
        (FileState.NOT_VERIFIED, "not verified"),
    ):
        if worst in found:
            return word
    return "verified"
