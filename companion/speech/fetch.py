"""Getting a speech model: the one command that may use the network.

`base` is assembled from packages that are installed with the program, so that it needs
no model hub. The others come from the hub, resumed where a download broke off. Every
file is checked before it takes its place; one that does not match is refused by name.
"""

from __future__ import annotations

import importlib.resources
import os
import shutil
from collections.abc import Callable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

from companion.errors import ModelError
from companion.speech.manifest import FileState, SpeechModel, check_file, check_model

Progress = Callable[[str], None]
_BLOCK = 1 << 20


def get_model(model: SpeechModel, folder: Path, progress: Progress) -> None:
    """Put `model` whole and checked into `folder`; what is already right stays."""
    states = check_model(folder, model)
    wanted = [n for n, s in states.items() if s in {FileState.MISSING, FileState.DAMAGED}]
    if not wanted:
        return
    folder.mkdir(parents=True, exist_ok=True)
    sources = _installed_parts(model)
    for name in wanted:
        parts = sources.get(name)
        if parts:
            progress(f"{name}: from the installed packages")
            arriving = _join(parts, folder / f"{name}.arriving")
        else:
            progress(f"{name}: from {model.repository} on the model hub (network)")
            arriving = _download(model, name, folder)
        _place(arriving, folder / name, model)


def _installed_parts(model: SpeechModel) -> dict[str, list[Traversable]]:
    """Files of the model in installed packages: name → its parts in order."""
    found: dict[str, list[Traversable]] = {}
    for entry in _package_files(model.packages):
        name = entry.name.split(".part")[0]
        if name in model.files:
            found.setdefault(name, []).append(entry)
    return {name: sorted(parts, key=lambda part: part.name) for name, parts in found.items()}


def _package_files(packages: tuple[str, ...]) -> Iterator[Traversable]:
    for package in packages:
        try:
            yield from (importlib.resources.files(package) / "data").iterdir()
        except ModuleNotFoundError:
            return


def _join(parts: list[Traversable], target: Path) -> Path:
    with target.open("wb") as out:
        for part in parts:
            with part.open("rb") as piece:
                shutil.copyfileobj(piece, out, _BLOCK)
    return target


def _download(model: SpeechModel, name: str, folder: Path) -> Path:
    """One file from the hub into a staging folder that lets a broken download go on."""
    os.environ.pop("HF_HUB_OFFLINE", None)
    from huggingface_hub import hf_hub_download  # noqa: PLC0415 - slow, and only needed here

    try:
        return Path(hf_hub_download(model.repository, name, local_dir=folder / ".arriving"))
    except (OSError, ValueError) as error:
        raise ModelError(
            "model.unreachable",
            f"Speech model {model.name}: {name} could not be fetched from the model hub",
            "Check the network and try again; a broken download goes on where it stopped",
        ) from error


def _place(arriving: Path, target: Path, model: SpeechModel) -> None:
    if check_file(arriving, model.files[target.name]) is FileState.DAMAGED:
        arriving.unlink()
        raise ModelError(
            "model.refused",
            f"Speech model {model.name}: {target.name} does not match its published digest"
            " and was refused",
            "Try again; if it stays so, the source has changed",
        )
    arriving.replace(target)
