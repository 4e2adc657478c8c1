"""`companion doctor`: what works on this machine, and what to do about what does not."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from companion.errors import CompanionError, StorageError
from companion.replaying.recording import model_folder
from companion.resources import bundled
from companion.settings import Settings, load_settings

if TYPE_CHECKING:
    from companion.session.microphone import Choice
    from companion.speech.transcriber import Transcriber

State = Literal["good", "note", "wrong"]
_CLIP = 30.0
"""Seconds of the sample meeting that are recognised to measure the machine."""
_ROOM = 0.35
"""Of real time: what the first look may take. Drafts that come to nothing take a fifth more,
and the second look needs as much again."""
_COST = {"base": 1.0, "small": 3.2, "medium": 9.5, "large-v3-turbo": 11.0, "large-v3": 18.0}
"""About how much longer than base a model takes, by its size."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `hint` says what to do."""

    what: str
    state: State
    found: str
    hint: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self)

    def as_line(self) -> str:
        """For the terminal."""
        mark = {"good": "✓", "note": "·", "wrong": "✗"}[self.state]
        return f"{mark} {self.what}: {self.found}" + (f". {self.hint}" if self.hint else "")


def examine() -> list[Check]:
    """Every check, each on its own: one that fails does not stop the others."""
    settings = load_settings()
    looks: list[tuple[str, Callable[[Settings], Iterator[Check]]]] = [
        ("database", _database),
        ("language", _language),
        ("speech model", _speech),
        ("microphone", microphone),
        ("listener", _sandbox),
    ]
    checks: list[Check] = []
    for what, look in looks:
        try:
            checks += look(settings)
        except CompanionError as error:
            checks.append(Check(what, "wrong", error.message, error.hint))
    return checks


def _database(settings: Settings) -> Iterator[Check]:
    from companion.storage.opening import open_storage  # noqa: PLC0415 - loads SQLAlchemy

    async def open_and_close() -> str:
        storage = await open_storage(settings)
        await storage.close()
        return storage.key_note.value

    key = asyncio.run(open_and_close())
    where = "server" if settings.database_url else str(settings.database_file)
    yield Check("database", "good", f"opens ({where}); key: {key}")


def _language(settings: Settings) -> Iterator[Check]:
    from companion.analysis.classify import classify  # noqa: PLC0415 - loads spaCy

    began = time.perf_counter()
    classify(["Wat maakt dat het je raakt?"], settings.language_model)
    yield Check(
        "language", "good", f"the Dutch pipeline loads in {time.perf_counter() - began:.1f} s"
    )


def _speech(settings: Settings) -> Iterator[Check]:
    from companion.speech.whisper import Whisper, available_cores  # noqa: PLC0415

    folder = model_folder(settings.speech_model, settings)
    began = time.perf_counter()
    whisper = Whisper(folder)
    load = time.perf_counter() - began
    factor = seconds_per_second(whisper)
    yield Check("speech model", "good", f"{folder.name}, loads in {load:.1f} s")
    state: State = "good" if factor < _ROOM else "wrong"
    found = f"{factor:.2f} s of work a second of sound on {_place(available_cores())}"
    yield Check("speed", state, found, advice(folder.name, factor))


def _place(cores: int) -> str:
    from ctranslate2 import get_cuda_device_count  # noqa: PLC0415

    return "a graphics card" if get_cuda_device_count() else f"{cores} cores"


def seconds_per_second(whisper: Transcriber) -> float:
    """Recognition time per second of sound, on the sample meeting's beginning."""
    from companion.audio.recording import open_recording  # noqa: PLC0415
    from companion.speech.recognition import recognise  # noqa: PLC0415
    from companion.speech.utterances import Utterances  # noqa: PLC0415

    cut = Utterances()
    heard, spent = 0.0, 0.0
    for frame in open_recording(bundled("models/demo") / "incident.opus").frames():
        for utterance in cut.feed(frame):
            began = time.perf_counter()
            recognise(utterance, whisper)
            spent += time.perf_counter() - began
        heard = frame.until
        if heard >= _CLIP:
            break
    return spent / heard


def advice(model: str, factor: float) -> str:
    """The largest model that leaves room, judged from how this one does."""
    if model not in _COST:
        return "" if factor < _ROOM else "Too slow to follow a meeting live: take a smaller one"
    per_base = factor / _COST[model]
    fitting = [name for name, cost in _COST.items() if per_base * cost < _ROOM]
    if not fitting:
        return "Too slow to follow a meeting live; it works by hand, and with a recording"
    best = max(fitting, key=lambda name: _COST[name])
    if best == model:
        return f"{model} fits this machine"
    return f"{best} fits this machine (by estimate): companion models get {best}"


def microphone(settings: Settings) -> Iterator[Check]:
    """The one that a meeting would listen with, for two seconds."""
    from companion.audio.level import measure  # noqa: PLC0415
    from companion.audio.microphone import Microphone  # noqa: PLC0415

    choice = _chosen(settings)
    loudest = -120.0
    with Microphone(choice.name, choice.channel) as opened:
        until = time.monotonic() + 2.0
        while time.monotonic() < until:
            frame = opened.read(timeout=0.5)
            if frame is not None:
                loudest = max(loudest, measure(frame.samples).peak_db)
    found = f"{_which(choice, opened.name)} opens, peak {loudest:.0f} dB in two seconds"
    if loudest < -90.0:
        hint = "It gives digital silence: is it muted, or is another device meant?"
        yield Check("microphone", "wrong", found, hint)
    else:
        yield Check("microphone", "good", found)


def _chosen(settings: Settings) -> Choice:
    """What a meeting would listen with; the settings' where the database can't be asked."""
    from companion.session.microphone import Choice, chosen_microphone  # noqa: PLC0415
    from companion.storage.opening import open_storage  # noqa: PLC0415 - loads SQLAlchemy

    async def ask() -> Choice:
        storage = await open_storage(settings)
        try:
            return await chosen_microphone(storage, settings)
        finally:
            await storage.close()

    try:
        return asyncio.run(ask())
    except StorageError:  # told by its own check
        return Choice(settings.microphone)


def _which(choice: Choice, name: str) -> str:
    """The device, and why it is this one."""
    channel = "" if choice.channel is None else f", channel {choice.channel + 1}"
    why = "the chosen one" if choice.name else "the system's default"
    return f"{name} ({why}{channel})"


def _sandbox(settings: Settings) -> Iterator[Check]:  # noqa: ARG001 - one shape for all looks
    look = (
        "from companion.listening.sandbox import enter; s = enter(); print(s.enforced, s.why_not)"
    )
    process = subprocess.run(  # noqa: S603 - our own interpreter; entering can't be undone
        [sys.executable, "-c", look], capture_output=True, text=True, timeout=30, check=False
    )
    enforced, _, why_not = process.stdout.strip().partition(" ")
    if enforced == "True":
        yield Check("listener", "good", "no network and no files, enforced by the system")
    else:
        yield Check("listener", "note", f"not enforced by the system: {why_not}")
