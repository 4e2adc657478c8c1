from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from companion.audio.frame import Samples
from companion.audio.recording import open_recording
from companion.errors import ModelError
from companion.resources import bundled
from companion.settings import Settings
from companion.speech.gates import refuse
from companion.speech.transcriber import Recognised
from companion.speech.whisper import Whisper, check_folder, window

_BASE = Settings().models_dir / "base"


def test_missing_model_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.bin is missing") as caught:
        Whisper(tmp_path / "base")
    assert (caught.value.code, caught.value.exit_code) == ("model.missing", 3)
    assert "companion models get base" in caught.value.hint


def test_changed_model_is_refused_by_the_name_of_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_bytes(b"{}")
    with pytest.raises(ModelError, match="does not match its digest") as caught:
        check_folder(folder)
    assert caught.value.code == "model.damaged"


def test_own_model_under_another_name_must_only_be_complete(tmp_path: Path) -> None:
    folder = tmp_path / "eigen"
    folder.mkdir()
    for name in ("model.bin", "config.json"):
        (folder / name).write_bytes(b"{}")
    with pytest.raises(ModelError, match=r"tokenizer\.json is missing"):
        check_folder(folder)
    (folder / "tokenizer.json").write_bytes(b"{}")
    check_folder(folder)


@pytest.mark.parametrize(
    ("seconds", "quick", "frames"),
    [(2, False, 1500), (14, False, 1500), (14.1, False, 3000), (30, False, 3000),
     (2, True, 1000), (9, True, 1000), (9.1, True, 1500), (25, True, 3000)],
)  # fmt: skip
def test_window_is_the_shortest_that_leaves_room(
    seconds: float, *, quick: bool, frames: int
) -> None:
    assert window(seconds, quick=quick) == frames


@pytest.mark.parametrize("lost", [True, False])
def test_who_goes_round_in_a_short_window_gets_the_whole_one(
    monkeypatch: pytest.MonkeyPatch, *, lost: bool
) -> None:
    asked: list[int] = []

    def decoded(_: Whisper, __: object, frames: int, *___: float, quick: bool) -> Recognised:  # noqa: ARG001
        asked.append(frames)
        return Recognised("en dan " * 12 if lost and frames < 3000 else "Wat deed dat met je?")

    monkeypatch.setattr(Whisper, "_decoded", decoded)
    whisper = object.__new__(Whisper)
    features = SimpleNamespace(feature_extractor=lambda _: np.zeros((80, 3000), np.float32))
    whisper._model = features
    heard = whisper.recognise(np.zeros(48_000, np.float32))
    assert heard.text == "Wat deed dat met je?"
    assert asked == ([1500, 3000] if lost else [1500])


@pytest.mark.model
def test_model_that_cannot_be_loaded_is_a_damaged_model(tmp_path: Path) -> None:
    folder = tmp_path / "eigen"
    folder.mkdir()
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        shutil.copy(_BASE / name, folder / name)
    (folder / "model.bin").write_bytes(b"no model")
    with pytest.raises(ModelError, match="can't be loaded"):
        Whisper(folder)


@pytest.fixture(scope="module")
def whisper() -> Whisper:
    return Whisper(_BASE)


def _demo(begin: float, end: float) -> Samples:
    frames = open_recording(bundled("models/demo/incident.opus")).frames(begin)
    pieces: list[Samples] = []
    for frame in frames:
        pieces.append(frame.samples)
        if frame.until >= end - begin:
            break
    return np.concatenate(pieces)


@pytest.mark.model
def test_first_words_of_the_demo_are_understood(whisper: Whisper) -> None:
    heard = whisper.recognise(_demo(0.0, 8.0))
    assert "introductie" in heard.text.lower()
    assert -1.0 < heard.logprob < 0
    assert heard.no_speech < 0.5
    assert refuse(heard, 7.0) is None


@pytest.mark.model
def test_same_sound_gives_the_same_words(whisper: Whisper) -> None:
    sound = _demo(0.0, 4.0)
    assert whisper.recognise(sound) == whisper.recognise(sound)


@pytest.mark.model
@pytest.mark.parametrize("kind", ["silence", "noise", "hum", "clicks"])
def test_what_is_invented_where_nobody_speaks_is_refused(whisper: Whisper, kind: str) -> None:
    times = np.arange(16_000 * 5) / 16_000
    rng = np.random.default_rng(7)
    sounds = {
        "silence": np.zeros_like(times),
        "noise": rng.normal(0, 0.03, len(times)),
        "hum": 0.1 * np.sin(2 * np.pi * 100 * times),
        "clicks": (rng.random(len(times)) > 0.9995) * 0.5,
    }
    heard = whisper.recognise(sounds[kind].astype(np.float32))
    assert refuse(heard, 5.0) is not None
