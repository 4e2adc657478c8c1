from __future__ import annotations

import os
from pathlib import Path

import pytest

from companion.audio.identity import source_name

_OUTPUTS = '[{{"index": 9, "source": 4, "properties": {{"application.process.id": "{pid}"}}}}]'
_SOURCES = '[{"index": 3, "name": "webcam"}, {"index": 4, "name": "headset", "mute": false}]'


def _server(folder: Path, monkeypatch: pytest.MonkeyPatch, outputs: str, sources: str) -> None:
    """A pactl that answers so."""
    script = folder / "pactl"
    script.write_text(
        f"#!/bin/sh\ncase $3 in source-outputs) echo '{outputs}';; sources) echo '{sources}';; esac"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_own_stream_tells_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _server(tmp_path, monkeypatch, _OUTPUTS.format(pid=os.getpid()), _SOURCES)
    assert source_name() == "headset"


def test_streams_of_others_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _server(tmp_path, monkeypatch, _OUTPUTS.format(pid=1), _SOURCES)
    assert source_name() is None


@pytest.mark.parametrize("answer", ["", "no json", '{"other": "shape"}', '[{"source": "four"}]'])
def test_answer_in_another_dialect_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    _server(tmp_path, monkeypatch, answer, answer)
    assert source_name() is None


def test_without_pactl_it_is_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert source_name() is None


def test_server_that_does_not_answer_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "pactl"
    script.write_text("#!/bin/sh\nexec sleep 60")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("companion.audio.identity._PATIENCE", 0.05)
    assert source_name() is None
