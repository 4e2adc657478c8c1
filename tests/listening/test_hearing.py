from __future__ import annotations

import numpy as np
import pytest

from companion.audio.frame import SAMPLE_RATE, Frame
from companion.audio.recording import open_recording
from companion.events import AnyFinding, Gap, GapCause, LevelMeasured
from companion.listening.backlog import Backlog
from companion.listening.condition import Condition
from companion.listening.hearing import Hearing
from companion.resources import bundled


def _hearing(origin: float = 0.0) -> tuple[Hearing, Backlog, list[AnyFinding]]:
    sent: list[AnyFinding] = []
    backlog = Backlog()
    return Hearing(origin, backlog, Condition(sent.append), sent.append), backlog, sent


def _quiet(at: float, seconds: float = 0.1, value: float = 0.1) -> Frame:
    return Frame(np.full(round(seconds * SAMPLE_RATE), value, np.float32), at)


def test_level_is_told_about_four_times_a_second_in_meeting_time() -> None:
    hearing, _, sent = _hearing(origin=60.0)
    for tenth in range(40):
        hearing.take(_quiet(tenth / 10))
    levels = [finding for finding in sent if isinstance(finding, LevelMeasured)]
    assert 12 <= len(levels) <= 16
    assert levels[-1].at == pytest.approx(64.0, abs=0.3)
    assert levels[0].rms_db == pytest.approx(-20.0, abs=0.1)


def test_missing_sound_is_a_gap() -> None:
    hearing, _, sent = _hearing(origin=10.0)
    hearing.take(_quiet(0.0))
    hearing.take(_quiet(5.1))
    gaps = [finding for finding in sent if isinstance(finding, Gap)]
    assert [(round(gap.at, 3), round(gap.seconds, 3), gap.cause) for gap in gaps] == [
        (15.1, 5.0, GapCause.BEHIND)
    ]
    assert hearing.now == pytest.approx(15.2)


def test_speech_goes_to_the_backlog_in_meeting_time() -> None:
    hearing, backlog, sent = _hearing(origin=100.0)
    for frame in open_recording(bundled("models/demo/incident.opus")).frames():
        if frame.at > 6.0:
            break
        hearing.take(frame)
    hearing.finish()
    first = backlog.take()
    assert first is not None
    assert 100.5 < first.at < 103
    assert any(isinstance(finding, LevelMeasured) and finding.speech for finding in sent)
