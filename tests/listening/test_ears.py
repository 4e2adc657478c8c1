from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from companion.audio.frame import Frame
from companion.errors import MicrophoneError, RecordingError
from companion.events import (
    AnyFinding,
    Gap,
    GapCause,
    LevelMeasured,
    ListeningProblem,
    ListeningReported,
    ListeningState,
)
from companion.listening import ears as module
from companion.listening.backlog import Backlog
from companion.listening.condition import Condition
from companion.listening.ears import Ears
from companion.listening.sources import Source


class _Time:
    now = 500.0

    def monotonic(self) -> float:
        return self.now


@dataclass
class _Device:
    """Gives frames until it is lost."""

    frames: int
    trouble: ListeningProblem = ListeningProblem.MICROPHONE_LOST
    ended: bool = False
    closed: bool = False
    given: int = 0

    def read(self, timeout: float) -> Frame | None:  # noqa: ARG002
        if self.given == self.frames:
            return None
        self.given += 1
        return Frame(np.full(1_600, 0.1, np.float32), (self.given - 1) / 10)

    def problem(self) -> ListeningProblem:
        return self.trouble if self.given == self.frames else ListeningProblem.NONE

    def close(self) -> None:
        self.closed = True


@dataclass
class _Scene:
    """The ears with everything around them; `wait` until something was sent."""

    open_source: Callable[[], Source]
    live: bool = True
    sent: list[AnyFinding] = field(default_factory=list)
    backlog: Backlog = field(default_factory=Backlog)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        condition = Condition(self.send)
        condition.update(ready=True)
        self.ears = Ears(self.open_source, 60.0, self.backlog, condition, self.send, self.live)

    def send(self, finding: AnyFinding) -> None:
        with self.changed:
            self.sent.append(finding)
            self.changed.notify_all()

    def wait(self, holds: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(holds, timeout=20)

    def problems(self) -> list[ListeningProblem]:
        return [report.problem for report in self.sent if isinstance(report, ListeningReported)]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Time:
    clock = _Time()
    monkeypatch.setattr(module, "time", clock)
    monkeypatch.setattr(module, "_REOPEN_EVERY", 0.01)
    monkeypatch.setattr(module, "refresh_devices", lambda: None)
    return clock


def test_lost_device_is_opened_again_and_what_was_missed_is_a_gap(clock: _Time) -> None:
    devices = [_Device(10), _Device(1_000_000)]
    opened: list[_Device] = []

    def open_source() -> Source:
        if opened:
            clock.now += 9.0  # of which one second was heard
        opened.append(devices[len(opened)])
        return opened[-1]

    scene = _Scene(open_source)
    scene.ears.start()
    scene.wait(lambda: any(isinstance(f, Gap) for f in scene.sent))
    scene.ears.stop()
    (gap,) = (f for f in scene.sent if isinstance(f, Gap))
    assert (gap.at, gap.seconds) == pytest.approx((69.0, 8.0))
    assert gap.cause is GapCause.MICROPHONE
    assert ListeningProblem.MICROPHONE_LOST in scene.problems()
    assert opened[0].closed
    assert opened[1].closed


def test_time_after_a_loss_is_the_meeting_s(clock: _Time) -> None:
    devices = iter([_Device(10), _Device(1_000_000)])

    def open_source() -> Source:
        clock.now += 5.0
        return next(devices)

    scene = _Scene(open_source)
    scene.ears.start()
    scene.wait(lambda: any(isinstance(f, LevelMeasured) and f.at > 70 for f in scene.sent))
    scene.ears.stop()
    ends = [f.at for f in scene.sent if isinstance(f, LevelMeasured)]
    assert not [at for at in ends if 66.1 < at < 70.0]


@pytest.mark.usefixtures("clock")
def test_no_microphone_is_a_state_and_it_is_found_when_it_comes() -> None:
    tries = iter([None, None, _Device(1_000_000)])

    def open_source() -> Source:
        device = next(tries)
        if device is None:
            raise MicrophoneError("microphone.none", "No microphone was found")
        return device

    scene = _Scene(open_source)
    scene.ears.start()
    scene.wait(lambda: any(isinstance(f, LevelMeasured) for f in scene.sent))
    scene.ears.stop()
    none, missing, *_, found = scene.problems()
    assert (none, missing) == (ListeningProblem.NONE, ListeningProblem.NO_MICROPHONE)
    assert found is ListeningProblem.NONE


@pytest.mark.usefixtures("clock")
def test_digital_silence_is_told_and_the_device_stays_open() -> None:
    device = _Device(10, trouble=ListeningProblem.DIGITAL_SILENCE)
    scene = _Scene(lambda: device)
    scene.ears.start()
    scene.wait(lambda: ListeningProblem.DIGITAL_SILENCE in scene.problems())
    assert not device.closed
    scene.ears.stop()
    assert device.closed


def test_recording_that_ends_closes_the_backlog() -> None:
    class _Tape(_Device):
        def read(self, timeout: float) -> Frame | None:
            frame = super().read(timeout)
            self.ended = frame is None
            return frame

    tape = _Tape(20, trouble=ListeningProblem.NONE)
    scene = _Scene(lambda: tape, live=False)
    scene.ears.start()
    assert scene.backlog.take() is None
    scene.ears.stop()
    assert scene.ears.heard == pytest.approx(2.0)
    states = [f.state for f in scene.sent if isinstance(f, ListeningReported)]
    assert states[-1] is ListeningState.HEARING, "what waits is still to be recognised"


def test_recording_waits_until_it_can_be_understood() -> None:
    opened = threading.Event()

    def open_source() -> Source:
        opened.set()
        return _Device(1_000_000)

    scene = _Scene(open_source, live=False)
    scene.ears.condition.update(ready=False)
    scene.ears.start()
    assert not opened.wait(0.3)
    scene.ears.condition.update(ready=True)
    assert opened.wait(20)
    scene.ears.stop()


def test_recording_that_is_closed_before_it_could_be_understood_is_not_opened() -> None:
    device = _Device(1_000_000)
    scene = _Scene(lambda: device, live=False)
    scene.ears.condition.update(ready=False)
    scene.ears.start()
    scene.ears.stop()
    assert device.given == 0


def test_recording_that_is_damaged_is_a_state() -> None:
    def open_source() -> Source:
        raise RecordingError("recording.damaged", "a.wav: the sound is damaged after 0:10")

    scene = _Scene(open_source, live=False)
    scene.ears.start()
    assert scene.backlog.take() is None
    assert scene.problems()[-1] is ListeningProblem.SOURCE_ENDED


@pytest.mark.usefixtures("clock")
def test_another_microphone_closes_the_ears_until_somebody_agrees() -> None:
    opened: list[_Device] = []

    def open_source() -> Source:
        opened.append(_Device(10, trouble=ListeningProblem.MICROPHONE_CHANGED))
        return opened[-1]

    scene = _Scene(open_source)
    scene.ears.start()
    scene.wait(lambda: ListeningProblem.MICROPHONE_CHANGED in scene.problems())
    assert scene.ears._thread
    scene.ears._thread.join(timeout=20)
    assert [device.closed for device in opened] == [True]
    assert scene.problems()[-1] is ListeningProblem.MICROPHONE_CHANGED
