"""The listener as the process that it is."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import soundfile

from companion.events import (
    AnyFinding,
    LevelMeasured,
    ListeningProblem,
    ListeningReported,
    ListeningState,
    TurnHeard,
)
from companion.listening.link import (
    AnyInstruction,
    Finish,
    Listen,
    Unpacker,
    pack,
    read_finding,
)
from companion.resources import bundled
from companion.settings import Settings

_BASE = str(Settings().models_dir / "base")


@dataclass
class _Worker:
    process: subprocess.Popen[bytes]
    raw: bytes = b""
    _unpacker: Unpacker = field(default_factory=Unpacker)

    def tell(self, instruction: AnyInstruction) -> None:
        assert self.process.stdin
        self.process.stdin.write(pack(instruction))
        self.process.stdin.flush()

    def findings(self) -> Iterator[AnyFinding]:
        """Everything that it sends, until it ends."""
        assert self.process.stdout
        while data := self.process.stdout.read1(1 << 16):  # type: ignore[attr-defined]
            self.raw += data
            yield from map(read_finding, self._unpacker.feed(data))

    def until(self, state: ListeningState) -> list[AnyFinding]:
        found: list[AnyFinding] = []
        for finding in self.findings():
            found.append(finding)
            if isinstance(finding, ListeningReported) and finding.state is state:
                return found
        raise AssertionError(found)


@pytest.fixture
def worker() -> Iterator[_Worker]:
    command = [sys.executable, "-m", "companion.listening.worker"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        yield _Worker(process)
        process.kill()


@pytest.fixture(scope="module")
def opening(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 18 seconds of the demo."""
    demo = bundled("models/demo/incident.opus")
    rate = soundfile.info(demo).samplerate
    sound, _ = soundfile.read(demo, dtype="float32", stop=18 * rate)
    path = tmp_path_factory.mktemp("recording") / "opening.wav"
    soundfile.write(path, sound, rate)
    return path


@pytest.mark.model
def test_recording_becomes_findings_and_no_word_crosses(worker: _Worker, opening: Path) -> None:
    worker.tell(Listen(source=str(opening), speech_model=_BASE, speed=0, starts_at=100.0))
    found = worker.until(ListeningState.OFF)
    turns = [finding for finding in found if isinstance(finding, TurnHeard)]
    last = found[-1]
    assert isinstance(last, ListeningReported)
    assert (last.problem, last.enforced) == (
        ListeningProblem.SOURCE_ENDED,
        sys.platform.startswith("linux"),
    )
    assert len(turns) >= 2
    assert 100 < turns[0].at < 103
    assert turns[-1].until < 119
    assert last.words > 20, "without words nothing is shown by their absence"
    assert b"introductie" not in worker.raw.lower()
    assert sum(isinstance(finding, LevelMeasured) for finding in found) > 50


def test_missing_model_is_a_state_not_a_stack_trace(worker: _Worker, tmp_path: Path) -> None:
    folder = tmp_path / "base"
    worker.tell(Listen(source=str(tmp_path / "a.wav"), speech_model=str(folder)))
    report = worker.until(ListeningState.LOST)[-1]
    assert isinstance(report, ListeningReported)
    assert report.problem in {ListeningProblem.MODEL_MISSING, ListeningProblem.SOURCE_ENDED}
    worker.tell(Finish())
    assert worker.process.wait(timeout=30) == 0
    assert worker.process.stderr
    assert worker.process.stderr.read() == b""


def test_end_of_standard_input_ends_it(worker: _Worker) -> None:
    assert worker.process.stdin
    worker.process.stdin.close()
    assert worker.process.wait(timeout=30) == 0


@pytest.mark.model
def test_sigterm_ends_it_in_the_middle_of_listening(worker: _Worker, opening: Path) -> None:
    worker.tell(Listen(source=str(opening), speech_model=_BASE))
    worker.until(ListeningState.HEARING)
    worker.process.send_signal(signal.SIGTERM)
    assert worker.process.wait(timeout=30) == 0


def test_broken_instruction_ends_it_with_its_place_only(worker: _Worker) -> None:
    assert worker.process.stdin
    body = b'{"type":"geheim woord"}'
    worker.process.stdin.write(len(body).to_bytes(4, "big") + body)
    worker.process.stdin.close()
    assert worker.process.wait(timeout=30) == 70
    assert worker.process.stderr
    said = worker.process.stderr.read()
    assert said.startswith(b"listener: FrameError at link:")
    assert b"geheim" not in said


_CRASH = """
import threading
from companion.listening import worker
{silent}
def crash():
    raise ValueError("geheim woord")
{how}
"""
_HERE = "crash()"
_IN_A_THREAD = "thread = threading.Thread(target=crash); thread.start(); thread.join()"


def _crash(silent: str, how: str) -> str:
    code = _CRASH.format(silent=silent, how=how)
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    ).stderr


@pytest.mark.parametrize("how", [_HERE, _IN_A_THREAD])
def test_crash_prints_its_type_and_place_never_its_text(how: str) -> None:
    said = _crash("worker._keep_silent()", how)
    assert said.startswith("listener: ValueError at ")
    assert "geheim" not in said
    assert "geheim" in _crash("", how), "without it the text would be there"


def test_what_a_library_prints_does_not_enter_the_pipe() -> None:
    code = """
import os
from companion.listening import worker
private = worker._claim_standard_output()
print("noise of a library", flush=True)
os.write(1, b"noise of C code")
os.write(private, b"finding")
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert result.stdout == b"finding"
    assert b"noise of a library" in result.stderr
    assert b"noise of C code" in result.stderr
