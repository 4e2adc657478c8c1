from __future__ import annotations

import os
from pathlib import Path

import pytest

from companion.audio.sound_server import record_from, server_sources

_SOURCES = (
    '[{"name": "room.monitor", "description": "Monitor of Room"},'
    ' {"name": "alsa.jabra", "description": "Jabra Speak",'
    ' "sample_specification": "s16le 1ch 16000Hz"},'
    ' {"name": "hdmi", "properties": {"device.class": "monitor"}},'
    ' {"name": "plain", "sample_specification": "float32le 2ch 44100Hz"}]'
)


def _server(folder: Path, monkeypatch: pytest.MonkeyPatch, sources: str) -> None:
    script = folder / "pactl"
    script.write_text(f"#!/bin/sh\ncase $2 in list) echo '{sources}';; *) echo alsa.jabra;; esac")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_microphones_have_the_names_people_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _server(tmp_path, monkeypatch, _SOURCES)
    found = [(s.id, s.title, s.channels, s.rate, s.default) for s in server_sources()]
    assert found == [
        ("alsa.jabra", "Jabra Speak", 1, 16000.0, True),
        ("plain", "plain", 2, 44100.0, False),
    ]


@pytest.mark.parametrize("answer", ["", "Connection refused", '{"other": 1}', '[{"name": 3}]'])
def test_server_that_is_not_there_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    _server(tmp_path, monkeypatch, answer)
    assert server_sources() == []


def test_choice_holds_for_streams_opened_later_and_can_be_undone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PULSE_SOURCE", raising=False)
    record_from("alsa.jabra")
    assert os.environ["PULSE_SOURCE"] == "alsa.jabra"
    record_from("")
    assert "PULSE_SOURCE" not in os.environ
