"""The command line as another program calls it: output, exit codes, one clear line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_PROJECT = Path(__file__).resolve().parent.parent
_DEMO = _PROJECT / "models" / "demo"


def _companion(
    *arguments: str, given: str | bytes = "", timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    data = given if isinstance(given, bytes) else given.encode()
    done = subprocess.run(
        [sys.executable, "-m", "companion.cli", *arguments],
        input=data,
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def _one_line(done: subprocess.CompletedProcess[str], code: int) -> str:
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("companion: ")
    return line


@pytest.fixture(autouse=True)
def _home(home: Path) -> Path:
    return home


def test_methods_prints_the_eight_with_their_steps() -> None:
    listed = json.loads(_companion("methods", "--json").stdout)
    assert [method["id"] for method in listed] == [
        "incident",
        "roddel",
        "vijfstappen",
        "socratisch",
        "balint",
        "crea",
        "zesstappen",
        "werkplek",
    ]
    assert listed[0]["steps"][1]["questions"] == "open"


def test_own_method_is_added_and_a_broken_one_is_explained(home: Path) -> None:
    folder = home / "config" / "methods"
    folder.mkdir(parents=True)
    shipped = _PROJECT / "companion" / "method" / "data" / "roddel.toml"
    own = shipped.read_text(encoding="utf-8").replace('id = "roddel"', 'id = "eigen"', 1)
    (folder / "eigen.toml").write_text(own, encoding="utf-8")
    (folder / "kapot.toml").write_text("id = [", encoding="utf-8")
    done = _companion("methods", "--json")
    assert "eigen" in [method["id"] for method in json.loads(done.stdout)]
    assert "kapot.toml" in done.stderr


def test_classify_gives_a_line_of_json_a_sentence() -> None:
    done = _companion("classify", "--json", given="Wat deed dat met je?\n\nHij vroeg of ik kwam.\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["label"] for row in rows] == ["open", "neutraal"]
    assert sum(rows[0]["scores"].values()) == pytest.approx(1, abs=0.01)
    assert set(rows[0]["scores"]) == {
        "open",
        "gericht",
        "gesloten",
        "keuze",
        "suggestief",
        "verkapt_advies",
        "advies",
        "neutraal",
    }


def test_classify_refuses_what_is_no_text() -> None:
    assert "UTF-8" in _one_line(_companion("classify", given=b"\xff\xfe\x00"), 2)


def test_replay_of_the_sample_transcript_finds_its_course() -> None:
    done = _companion(
        "replay", str(_DEMO / "transcript.jsonl"), "--method", "incident", "--minutes=6", "--json"
    )
    report = json.loads(done.stdout)
    assert [step["step"] for step in report["steps"]] == [
        "introductie",
        "vragen",
        "perceptie",
        "analyse",
        "advies",
        "afronding",
    ]
    assert any(finding["too_early"] for finding in report["findings"])
    assert any("dinsdag" in (action["when"] or "") for action in report["actions"])
    assert any(cue["cue"] for cue in report["cues"])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("replay", "nowhere.jsonl", "--method", "incident"), 2, "nowhere.jsonl"),
        (("replay", "nowhere.jsonl", "--method", "kletsen"), 2, "kletsen"),
        (("replay", "nowhere.jsonl"), 2, "--method"),
        (("analyse", "nowhere.wav", "--method", "incident"), 2, "nowhere.wav"),
        (("models", "get", "huge"), 2, "large-v3-turbo"),
        (("models", "fetch"), 2, "get"),
        (("dance",), 2, "dance"),
        (("forget", "colleague"), 2, "member"),
    ],
)
def test_wrong_call_is_one_line_and_an_exit_code(
    arguments: tuple[str, ...], code: int, said: str
) -> None:
    assert said in _one_line(_companion(*arguments), code)


def test_broken_json_is_named_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "meeting.jsonl"
    file.write_text('{"start": 1, "end": 2, "text": "a"}\n{nee', encoding="utf-8")
    line = _one_line(_companion("replay", str(file), "--method", "incident"), 2)
    assert "line 2" in line


def test_unknown_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_COLOUR", "blue")
    assert "COMPANION_COLOUR" in _one_line(_companion("methods"), 2)


def test_unknown_key_in_the_settings_file_is_refused(home: Path) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "settings.toml").write_text('colour = "blue"', encoding="utf-8")
    assert "colour" in _one_line(_companion("methods"), 2)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"this is text, not sound", "no recording"), (b"RIFF\0\0\0\0WAVE", "")],
)
def test_recording_that_is_none_is_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "meeting.wav"
    file.write_bytes(content)
    line = _one_line(_companion("analyse", str(file), "--method", "incident"), 2)
    assert "meeting.wav" in line
    assert said in line


def test_missing_speech_model_says_how_to_get_it() -> None:
    recording = str(_DEMO / "incident.opus")
    line = _one_line(_companion("analyse", recording, "--method", "incident"), 3)
    assert "companion models get base" in line


def test_speech_model_with_a_changed_byte_is_refused_by_file(home: Path) -> None:
    _companion("models", "get", "base")
    model = home / "data" / "models" / "base" / "model.bin"
    with model.open("r+b") as file:
        file.seek(1_000_000)
        changed = bytes([file.read(1)[0] ^ 1])
        file.seek(1_000_000)
        file.write(changed)
    recording = str(_DEMO / "incident.opus")
    line = _one_line(_companion("analyse", recording, "--method", "incident"), 3)
    assert "model.bin" in line
    assert _companion("models", "verify").returncode == 3


@pytest.mark.model
def test_sample_recording_gives_its_steps_early_advice_and_agreement(
    monkeypatch: pytest.MonkeyPatch, model_data: Path
) -> None:
    monkeypatch.setenv("COMPANION_DATA_DIR", str(model_data))
    recording = str(_DEMO / "incident.opus")
    done = _companion(
        "analyse", recording, "--method", "incident", "--minutes=6", "--json", timeout=600
    )
    report = json.loads(done.stdout)
    assert [step["step"] for step in report["steps"]] == [
        "introductie",
        "vragen",
        "perceptie",
        "analyse",
        "advies",
        "afronding",
    ]
    assert any(finding["too_early"] for finding in report["findings"])
    assert any(action["when"] and "dinsdag" in action["when"] for action in report["actions"])
