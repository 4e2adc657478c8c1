from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def _kill(folder: Path, kills: int, *options: str) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.storage.killed", str(folder), str(kills), *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    result: dict[str, int] = json.loads(done.stdout)
    return result


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_hundred_kills_lose_no_acknowledged_fact(home: Path) -> None:
    result = _kill(home / "data", 100)
    assert result["lost"] == 0
    assert result["acknowledged"] >= 100


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_acknowledging_before_the_commit_would_lose_facts(home: Path) -> None:
    assert _kill(home / "data", 10, "--early")["lost"] > 0
