"""The real microphone path: a private PulseAudio, PortAudio and the worker as a process."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
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
from companion.listening import devices
from companion.listening.devices import Answer, Listed, MicrophoneVerdict, Refused
from companion.listening.link import (
    AnyInstruction,
    HearAgain,
    Listen,
    OwnSound,
    StopHearing,
    Unpacker,
    pack,
    read_finding,
)
from companion.resources import bundled
from companion.settings import Settings

pytestmark = [pytest.mark.pulse, pytest.mark.model]
_BASE = str(Settings().models_dir / "base")
_PATIENCE = 60


@dataclass
class _Room:
    """A sound server of its own with one room: what is played in it, its microphone hears."""

    folder: Path
    server: subprocess.Popen[bytes]

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "HOME": str(self.folder),
            "XDG_RUNTIME_DIR": str(self.folder),
            "PULSE_SERVER": f"unix:{self.folder}/socket",
        }

    def control(self, *words: str) -> str:
        return subprocess.run(
            ["pactl", *words], env=self.environment, check=True, capture_output=True, text=True
        ).stdout.strip()

    def play(self, sound: Path, sink: str = "room") -> subprocess.Popen[bytes]:
        return subprocess.Popen(["paplay", f"--device={sink}", str(sound)], env=self.environment)

    def devices_of(self, process: subprocess.Popen[bytes]) -> int:
        """How many streams this process records from."""
        return self.control("list", "source-outputs").count(f'process.id = "{process.pid}"')


@pytest.fixture
def room() -> Iterator[_Room]:
    folder = Path(tempfile.mkdtemp(prefix="room-"))  # pytest's own is too long for a socket
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
    modules = [
        f"module-native-protocol-unix socket={folder}/socket auth-anonymous=1",
        "module-null-sink sink_name=room",
        "module-rescue-streams",
    ]
    environment = {**os.environ, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    for module in modules:
        command += ["--load", module]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:
        room = _Room(folder, server)
        for _ in range(200):
            if (folder / "socket").exists():
                break
            time.sleep(0.05)
        room.control("set-default-source", "room.monitor")
        yield room
        server.send_signal(signal.SIGCONT)
        server.kill()
    shutil.rmtree(folder)


@dataclass
class _Listener:
    process: subprocess.Popen[bytes]
    found: list[AnyFinding] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def tell(self, instruction: AnyInstruction) -> None:
        assert self.process.stdin
        self.process.stdin.write(pack(instruction))
        self.process.stdin.flush()

    def read(self) -> None:
        assert self.process.stdout
        unpacker = Unpacker()
        while data := os.read(self.process.stdout.fileno(), 1 << 16):
            with self.changed:
                self.found += [read_finding(body) for body in unpacker.feed(data)]
                self.changed.notify_all()

    def until(self, holds: Callable[[AnyFinding], bool]) -> None:
        """Wait for a finding that holds among those not yet waited for."""
        with self.changed:
            assert self.changed.wait_for(lambda: any(map(holds, self.found)), _PATIENCE), self.found
            while not holds(self.found.pop(0)):
                pass

    def until_problem(self, problem: ListeningProblem) -> None:
        self.until(lambda f: isinstance(f, ListeningReported) and f.problem is problem)

    def until_sound(self) -> None:
        self.until(lambda f: isinstance(f, LevelMeasured) and f.rms_db > -60)


@pytest.fixture
def listener(room: _Room) -> Iterator[_Listener]:
    command = [sys.executable, "-m", "companion.listening.worker"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=room.environment
    ) as process:
        listener = _Listener(process)
        reader = threading.Thread(target=listener.read)
        reader.start()
        listener.tell(Listen(speech_model=_BASE))
        yield listener
        process.kill()
        reader.join()


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 20 seconds of the demo."""
    demo = bundled("models/demo/incident.opus")
    rate = soundfile.info(demo).samplerate
    sound, _ = soundfile.read(demo, dtype="float32", stop=20 * rate)
    path = tmp_path_factory.mktemp("recording") / "speech.wav"
    soundfile.write(path, sound, rate)
    return path


def test_what_is_said_in_the_room_becomes_findings(
    room: _Room, listener: _Listener, speech: Path
) -> None:
    listener.until(lambda f: isinstance(f, LevelMeasured))
    with room.play(speech):
        listener.until(lambda f: isinstance(f, LevelMeasured) and f.speech)
        listener.until(lambda f: isinstance(f, TurnHeard) and f.until - f.at > 1)
        listener.until(lambda f: isinstance(f, ListeningReported) and f.words >= 5 and f.enforced)


def test_pause_closes_the_device_itself(room: _Room, listener: _Listener) -> None:
    listener.until(lambda f: isinstance(f, LevelMeasured))
    assert room.devices_of(listener.process) == 1
    listener.tell(StopHearing())
    listener.until(lambda f: isinstance(f, ListeningReported) and f.state is ListeningState.PAUSED)
    assert room.devices_of(listener.process) == 0
    listener.tell(HearAgain(starts_at=60.0))
    listener.until(lambda f: isinstance(f, LevelMeasured) and f.at > 60.0)


def test_muted_microphone_is_told(room: _Room, listener: _Listener, speech: Path) -> None:
    listener.until_problem(ListeningProblem.DIGITAL_SILENCE)  # an empty room of zeros
    with room.play(speech) as playing:
        listener.until_sound()
        listener.until(
            lambda f: isinstance(f, ListeningReported) and f.problem is ListeningProblem.NONE
        )
        playing.kill()
    listener.until_problem(ListeningProblem.DIGITAL_SILENCE)


def test_microphone_that_goes_away_is_told_and_found_again(
    room: _Room, listener: _Listener, speech: Path
) -> None:
    listener.until(lambda f: isinstance(f, LevelMeasured))
    room.control("unload-module", "module-null-sink")
    listener.until(
        lambda f: (
            isinstance(f, ListeningReported)
            and f.problem in {ListeningProblem.MICROPHONE_LOST, ListeningProblem.NO_MICROPHONE}
        )
    )
    room.control("load-module", "module-null-sink", "sink_name=room")
    room.control("set-default-source", "room.monitor")
    with room.play(speech) as playing:
        listener.until_sound()
        playing.kill()


def test_another_microphone_is_not_listened_to_unasked(
    room: _Room, listener: _Listener, speech: Path
) -> None:
    with room.play(speech) as playing:
        listener.until_sound()
        playing.kill()
    room.control("load-module", "module-null-sink", "sink_name=corridor")
    room.control("set-default-source", "corridor.monitor")
    output = room.control("list", "short", "source-outputs").split()[0]
    room.control("move-source-output", output, "corridor.monitor")
    listener.until_problem(ListeningProblem.MICROPHONE_CHANGED)
    time.sleep(0.5)
    assert room.devices_of(listener.process) == 0
    listener.tell(HearAgain(starts_at=90.0))
    with room.play(speech, sink="corridor") as playing:
        listener.until_sound()
        playing.kill()


def test_sound_server_that_hangs_is_told(room: _Room, listener: _Listener) -> None:
    listener.until(lambda f: isinstance(f, LevelMeasured))
    room.server.send_signal(signal.SIGSTOP)
    listener.until_problem(ListeningProblem.MICROPHONE_LOST)
    room.server.send_signal(signal.SIGCONT)
    listener.until(lambda f: isinstance(f, ListeningReported) and not f.problem)


def _microphone(room: _Room, name: str, title: str, master: str = "room.monitor") -> str:
    """A microphone that hears `master`, as the server shows it to people."""
    return room.control(
        "load-module",
        "module-remap-source",
        f"master={master}",
        f"source_name={name}",
        f'source_properties=device.description="{title}"',
    )


def _ask(room: _Room, *words: str) -> list[Answer]:
    """What the short-lived process answers."""
    done = subprocess.run(
        [sys.executable, "-m", "companion.listening.microphones", *words],
        env=room.environment,
        capture_output=True,
        timeout=_PATIENCE,
        check=False,
    )
    return [msgspec.json.decode(line, type=Answer) for line in done.stdout.splitlines()]


def _tested(room: _Room, *words: str) -> devices.MicrophoneTest:
    answer = _ask(room, "--test", "--seconds=2", *words)[-1]
    assert isinstance(answer, devices.Tested), answer
    return answer.test


def test_microphones_are_listed_by_the_names_people_know(room: _Room) -> None:
    _microphone(room, "jabra", "Jabra-Speak-510")
    _microphone(room, "webcam", "Webcam-C920")
    room.control("set-default-source", "webcam")
    (answer,) = _ask(room)
    assert isinstance(answer, Listed)
    assert [(m.name, m.default) for m in answer.microphones] == [
        ("Jabra-Speak-510", False),
        ("Webcam-C920", True),
    ]


def test_microphone_chosen_by_name_is_the_one_that_is_heard(room: _Room, speech: Path) -> None:
    room.control("load-module", "module-null-sink", "sink_name=corridor")
    _microphone(room, "jabra", "Jabra-Speak-510")
    _microphone(room, "webcam", "Webcam-C920", master="corridor.monitor")
    room.control("set-default-source", "webcam")
    with room.play(speech) as playing:
        chosen, default = _tested(room, "--name=jabra"), _tested(room)
        playing.kill()
    assert chosen.name == "Jabra-Speak-510"
    assert chosen.speech > 0.2
    assert chosen.verdict in {MicrophoneVerdict.GOOD, MicrophoneVerdict.QUIET}
    assert default.verdict is MicrophoneVerdict.SILENT


def test_one_channel_is_heard_alone(room: _Room, tmp_path: Path, speech: Path) -> None:
    sound, rate = soundfile.read(speech, dtype="float32")
    left = tmp_path / "left.wav"
    soundfile.write(left, np.stack([sound, np.zeros_like(sound)], axis=1), rate)
    with room.play(left) as playing:
        first, second = (_tested(room, f"--channel={channel}") for channel in (0, 1))
        playing.kill()
    assert first.speech > 0.2
    assert second.verdict is MicrophoneVerdict.SILENT


def test_microphone_of_another_sample_rate_is_heard_in_its_own_time(
    room: _Room, speech: Path
) -> None:
    room.control("load-module", "module-null-sink", "sink_name=old", "rate=8000", "channels=1")
    room.control("set-default-source", "old.monitor")
    with room.play(speech, sink="old") as playing:
        found = _tested(room)
        playing.kill()
    assert found.speech > 0.2
    assert 2.0 <= found.seconds < 2.3


def test_unknown_microphone_is_refused_with_the_names_there_are(room: _Room) -> None:
    _microphone(room, "jabra", "Jabra-Speak-510")
    (answer,) = _ask(room, "--test", "--name=Yeti")
    assert isinstance(answer, Refused)
    assert "Jabra-Speak-510" in answer.hint


def test_sound_kept_back_by_a_hung_server_moves_no_time(
    room: _Room, listener: _Listener, speech: Path
) -> None:
    with room.play(speech) as playing:
        listener.until_sound()
        room.server.send_signal(signal.SIGSTOP)
        time.sleep(1.0)  # shorter than a loss: what was kept back comes in a burst
        room.server.send_signal(signal.SIGCONT)
        began = time.monotonic()
        listener.until_sound()
        playing.kill()
    with listener.changed:
        levels = [f.at for f in listener.found if isinstance(f, LevelMeasured)]
    lived = time.monotonic() - began
    assert all(b - a < 1.5 for a, b in itertools.pairwise(levels))
    assert not levels or levels[-1] - levels[0] < lived + 2.0


def _lateness(listener: _Listener) -> float:
    """The least that its time is behind the clock, over the next three seconds of sound."""
    late: list[float] = []
    with listener.changed:
        listener.found.clear()
        while len(late) < 12:
            assert listener.changed.wait(_PATIENCE)
            late += [
                time.monotonic() - f.at for f in listener.found if isinstance(f, LevelMeasured)
            ]
            listener.found.clear()
    return min(late)


def test_listener_that_stood_still_keeps_up_with_the_clock(
    room: _Room, listener: _Listener, speech: Path
) -> None:
    with room.play(speech) as playing:
        listener.until_sound()
        before = _lateness(listener)
        listener.process.send_signal(signal.SIGSTOP)
        time.sleep(3.0)
        listener.process.send_signal(signal.SIGCONT)
        after = [_lateness(listener) for _ in range(2)][-1]
        playing.kill()
    assert abs(after - before) < 0.3


def test_own_sound_of_a_page_is_not_heard(room: _Room, listener: _Listener, speech: Path) -> None:
    with room.play(speech) as playing:
        listener.until_sound()
        listener.tell(OwnSound(seconds=3.0))
        listener.until(lambda f: isinstance(f, LevelMeasured) and f.rms_db < -100)
        listener.until(lambda f: isinstance(f, LevelMeasured) and f.rms_db > -60)
        playing.kill()
