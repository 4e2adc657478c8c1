from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from companion.cli import app
from companion.errors import MethodError
from companion.method.definitions import MAX_BYTES
from companion.method.editing import copy_of
from companion.method.own import OwnMethods
from companion.vocabulary import Text
from tests.method.meetings import METHODS

COPY = copy_of(METHODS["incident"], METHODS)


def test_what_is_saved_is_read_back_and_a_second_time_replaced(tmp_path: Path) -> None:
    own = OwnMethods(tmp_path)
    own.save(COPY)
    own.save(replace(COPY, summary=Text(nl="Korter")))
    found = own.read()
    assert found.by_id[COPY.id].summary.nl == "Korter"
    assert found.own == {"incident-2": "incident-2.toml"}
    assert [file.name for file in (tmp_path / "methods").iterdir()] == ["incident-2.toml"]


def test_a_method_keeps_the_file_it_came_in(tmp_path: Path) -> None:
    own = OwnMethods(tmp_path)
    own.save(COPY)
    (tmp_path / "methods" / "incident-2.toml").rename(tmp_path / "methods" / "onze.toml")
    own.save(COPY)
    assert [file.name for file in (tmp_path / "methods").iterdir()] == ["onze.toml"]
    own.remove(COPY.id)
    assert list((tmp_path / "methods").iterdir()) == []


def test_a_faulty_method_never_reaches_the_disk(tmp_path: Path) -> None:
    own = OwnMethods(tmp_path)
    own.save(COPY)
    with pytest.raises(MethodError, match=r"name\.nl"):
        own.save(replace(COPY, name=Text(nl=" ")))
    assert own.read().by_id[COPY.id] == COPY


def test_a_shipped_method_is_not_removed(tmp_path: Path) -> None:
    OwnMethods(tmp_path).remove("incident")
    assert "incident" in OwnMethods(tmp_path).read().by_id


def test_a_folder_that_is_in_the_way_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "methods").write_text("", encoding="utf-8")
    with pytest.raises(MethodError, match="can't be written"):
        OwnMethods(tmp_path).save(COPY)


def test_the_second_file_with_an_id_is_left_out_and_named(tmp_path: Path) -> None:
    own = OwnMethods(tmp_path)
    own.save(COPY)
    text = (tmp_path / "methods" / "incident-2.toml").read_text(encoding="utf-8")
    (tmp_path / "methods" / "zelfde.toml").write_text(text, encoding="utf-8")
    assert [problem.file for problem in own.read().problems] == ["zelfde.toml"]


def test_a_file_too_large_for_a_method_is_not_read(tmp_path: Path) -> None:
    own = OwnMethods(tmp_path)
    own.save(COPY)
    with (tmp_path / "methods" / "incident-2.toml").open("a", encoding="utf-8") as file:
        file.write("#" * MAX_BYTES)
    (problem,) = own.read().problems
    assert "larger than" in problem.message


def test_the_command_line_shows_own_methods_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPANION_CONFIG_DIR", str(tmp_path))
    OwnMethods(tmp_path).save(COPY)
    rows = json.loads(CliRunner().invoke(app, ["methods", "--json"]).stdout)
    assert [row["id"] for row in rows] == [*METHODS, "incident-2"]
    assert [step["id"] for step in rows[-1]["steps"]] == [s.id for s in COPY.steps]
