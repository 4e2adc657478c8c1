"""The program started, killed and started again."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError

import pytest

from companion.events import AnyEvent, StepEntered
from companion.method.definitions import load_methods
from companion.settings import load_settings
from companion.storage.opening import open_storage
from companion.vocabulary import MovedBy
from tests.program import Program

pytestmark = pytest.mark.enable_socket

_AFTER_QUESTIONS = [step.name.nl for step in load_methods()["incident"].steps[2:]]
_UNTIL_THE_END = 240.0
"""Seconds in which the rest of the demo is over at twice its speed, and a slow start too."""


@pytest.fixture(autouse=True)
def _home(home: Path) -> Path:
    return home


def _until(look: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.25)


def test_port_in_use_is_one_line_that_names_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "companion.cli", "serve"],
            env=os.environ | {"COMPANION_PORT": str(port)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 6
    (line,) = done.stderr.splitlines()
    assert f"Port {port} is in use" in line
    assert "COMPANION_PORT" in line


def test_serve_prints_one_link_that_works_once() -> None:
    with Program("serve") as program:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/binnen\?sleutel=\S{20,}", program.url)
        assert "Intervisie Companion" in program.enter()
        program.forget()
        with pytest.raises(HTTPError, match="40"):
            program.enter()


def test_wrong_passphrase_changes_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_KEY_SOURCE", "passphrase")
    monkeypatch.setenv("COMPANION_PASSPHRASE", "goed")
    with Program("serve"):
        pass
    before = (home / "data" / "companion.db").read_bytes()
    monkeypatch.setenv("COMPANION_PASSPHRASE", "fout")
    command = [sys.executable, "-m", "companion.cli", "serve"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 5
    assert len(done.stderr.splitlines()) == 1
    assert (home / "data" / "companion.db").read_bytes() == before


def test_meeting_by_hand_survives_kill_without_model_or_microphone() -> None:
    with Program("serve") as program:
        program.enter()
        _begin_by_hand(program)
        program.press("volgende")
        program.press("bevestig", what="Ik bel morgen met Sem", who="Bilal")
        program.kill()
    with Program("serve") as again:
        again.enter()
        assert "Ik bel morgen met Sem" in again.get("/plan")
        assert "Vragen</h1>" in again.get("/leiden/nu")


def _begin_by_hand(program: Program) -> None:
    """A group and its meeting without listening, through the forms."""
    members = "Ans\nBilal\nChantal"
    page = program.post("/groepen/nieuw", name="Noord", method="incident", members=members)
    group = re.search(r"groep=([0-9a-f]{16})", page) or re.search(r"groepen/([0-9a-f]{16})", page)
    assert group
    live = program.post(
        "/beginnen",
        group=group[1],
        method="incident",
        members="Bilal",
        begeleider="Ans",
        inbrenger="Bilal",
        confidential="yes",
        listen="no",
    )
    assert "Introductie</h1>" in live


@pytest.mark.model
def test_demo_killed_halfway_goes_on_with_nothing_acknowledged_lost(
    model_data: Path, home: Path
) -> None:
    (home / "data").mkdir(exist_ok=True)
    (home / "data" / "models").symlink_to(model_data / "models")
    with Program("demo", "--speed", "2") as program:
        program.enter()
        _until(lambda: "Vragen</h1>" in program.get("/leiden/nu"))
        program.press("bevestig", what="Een afspraak van hand", who="Peter")
        program.kill()
    with Program("serve") as again:
        again.enter()
        assert "Een afspraak van hand" in again.get("/plan")
        now = again.get("/leiden/nu")
        assert "Vragen</h1>" in now
        _until(lambda: _step(again) in _AFTER_QUESTIONS, _UNTIL_THE_END)
    entered = [event for event in _journal() if isinstance(event, StepEntered)]
    assert len(entered) > 1
    assert {event.by for event in entered} == {MovedBy.HEARD}


def _step(program: Program) -> str:
    """The step in which the live page says that the group is."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", program.get("/leiden/nu"))
    return found[1] if found else ""


def _journal() -> list[AnyEvent]:
    """What the running meeting has kept."""

    async def read() -> list[AnyEvent]:
        storage = await open_storage(load_settings())
        try:
            record = await storage.meetings.running()
            assert record is not None
            return [row.event for row in await storage.journal.read(record.id)]
        finally:
            await storage.close()

    return asyncio.run(read())
