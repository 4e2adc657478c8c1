"""What the tests need from outside, and how to get it where it is missing.

On a developer's machine a test whose need is not met is skipped with the line that
says how to meet it; with CI=true such a skip is a failure.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.settings import Settings


def _has_postgres() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def _has_pulse() -> bool:
    tools = all(shutil.which(tool) for tool in ("pulseaudio", "paplay", "pactl"))
    return tools and ctypes.util.find_library("portaudio") is not None


def _has_model() -> bool:
    return (Settings().models_dir / "base" / "model.bin").is_file()


_NEEDS: dict[str, tuple[Callable[[], bool], str]] = {
    "browser": (lambda: shutil.which("chromium") is not None, "apt-get install chromium"),
    "pulse": (_has_pulse, "apt-get install pulseaudio pulseaudio-utils libportaudio2"),
    "postgres": (_has_postgres, "apt-get install postgresql"),
    "model": (_has_model, "companion models get base"),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what can't run here, with the line that helps; in CI that ends the run as failed."""
    missing = {name: how for name, (has, how) in _NEEDS.items() if not has()}
    for item in items:
        for name, how in missing.items():
            if not item.get_closest_marker(name):
                continue
            if os.environ.get("CI") == "true":
                pytest.exit(f"{item.nodeid} needs {name}: {how}", returncode=1)
            item.add_marker(pytest.mark.skip(reason=f"needs {name}: {how}"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home: own settings, data and methods, no environment of the user."""
    for name in [name for name in os.environ if name.startswith("COMPANION_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COMPANION_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("COMPANION_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COMPANION_KEY_SOURCE", "file")
    return tmp_path


@pytest.fixture(scope="session")
def model_data() -> Path:
    """The data folder of the user that has the speech model (read only)."""
    return Settings().data_dir
