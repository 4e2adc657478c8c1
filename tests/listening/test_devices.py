"""The service's side of the list and the test, against a process that answers as told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from companion.errors import MicrophoneError
from companion.listening.devices import MicrophoneVerdict, microphones, try_microphone

_LIST = (
    '{"type":"Listed","microphones":[{"name":"Jabra","default":true,"channels":1,"rate":16000.0}]}'
)
_TEST = (
    '{"type":"Tested","test":{"name":"Jabra","seconds":5.0,"speech_db":-20.0,"peak_db":-9.0,'
    '"speech":0.6,"clipped":0.0,"verdict":"good"}}'
)


def _answers(folder: Path, *lines: str) -> tuple[str, ...]:
    """A command that notes its words and prints these lines."""
    script = folder / "answers.py"
    notes = folder / "words"
    script.write_text(
        f"import sys, pathlib\npathlib.Path({str(notes)!r}).write_text(' '.join(sys.argv[1:]))\n"
        f"print({chr(10).join(lines)!r})"
    )
    return (sys.executable, str(script))


async def test_list_comes_as_it_is_told(tmp_path: Path) -> None:
    (found,) = await microphones(_answers(tmp_path, _LIST))
    assert (found.name, found.default, found.channels) == ("Jabra", True, 1)


async def test_levels_come_before_the_verdict(tmp_path: Path) -> None:
    levels: list[float] = []
    command = _answers(tmp_path, '{"type":"Tick","db":-31.5}', '{"type":"Tick","db":-30.0}', _TEST)
    found = await try_microphone("Jabra", 1, on_level=levels.append, command=command)
    assert levels == [-31.5, -30.0]
    assert found.verdict is MicrophoneVerdict.GOOD
    assert (tmp_path / "words").read_text() == "--test --name=Jabra --seconds=5.0 --channel=1"


async def test_name_that_looks_like_an_option_stays_a_name(tmp_path: Path) -> None:
    await try_microphone("--help", command=_answers(tmp_path, _TEST))
    assert "--name=--help" in (tmp_path / "words").read_text()


async def test_refusal_is_a_microphone_error_with_its_hint(tmp_path: Path) -> None:
    refused = '{"type":"Refused","code":"microphone.none","message":"No","hint":"Plug one in"}'
    with pytest.raises(MicrophoneError, match="Plug one in"):
        await microphones(_answers(tmp_path, refused))


@pytest.mark.parametrize("line", ["", "no json", '{"type":"Listen"}'])
async def test_process_that_makes_no_sense_is_one_clear_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(MicrophoneError, match="could not be asked for"):
        await microphones(_answers(tmp_path, line))
