from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from companion.audio.frame import Frame, Samples
from companion.audio.level import measure
from companion.settings import Settings
from companion.speech.activity import Activity
from companion.speech.transcriber import Recognised
from companion.speech.utterances import Utterances
from companion.speech.whisper import Whisper
from models.speech.inventing import believed_anyway, invented
from models.speech.sounds import KINDS, non_speech


@pytest.mark.parametrize("kind", list(KINDS))
def test_sounds_of_nobody_are_the_same_each_time_and_can_be_heard(kind: str) -> None:
    one, again = (list(non_speech(1 / 3, kinds=(kind,))) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    assert not np.array_equal(one[0], one[1])
    level = measure(one[0])
    assert -75 < level.rms_db < -5
    assert level.peak_db < 0.1


class _Believer:
    def recognise(self, samples: Samples, *, quick: bool = False) -> Recognised:  # noqa: ARG002
        return Recognised("Wat maakt dat je dat deed?", -0.1)


class _Talker(Activity):
    """Takes everything for speech but for a moment every four seconds."""

    def probabilities(self, frame: Frame) -> Iterator[tuple[Samples, float]]:
        for chunk, _ in super().probabilities(frame):
            yield chunk, 0.0 if frame.at % 4 > 3 else 1.0


def test_count_can_fail() -> None:
    talker = Utterances(activity=_Talker())
    found = invented(_Believer(), 0.5, None, kinds=("fan",), utterances=talker)
    assert found["findings"] == found["taken_for_speech"] >= 6
    assert believed_anyway(_Believer(), 1.0)["believed"] > 6


@pytest.mark.model
def test_where_nobody_speaks_nothing_is_found() -> None:
    found = invented(Whisper(Settings().models_dir / "base"), 1.0, None)
    assert (found["believed"], found["findings"]) == (0, 0)


@pytest.mark.model
def test_gates_refuse_nearly_all_that_gets_past_the_voice_activity() -> None:
    found = believed_anyway(Whisper(Settings().models_dir / "base"), 1.0)
    assert found["pieces"] == 12
    assert found["believed"] <= 1, found["of"]
