from __future__ import annotations

import msgspec
import pytest

from companion.dashboard import microphones
from companion.errors import MicrophoneError
from companion.listening.devices import InputDevice, MicrophoneTest, MicrophoneVerdict
from companion.session.microphone import Choice, chosen_microphone
from tests.dashboard.visitor import Visitor

_DEVICES = (
    InputDevice(name="Ingebouwd", default=True, channels=1, rate=48000),
    InputDevice(name="Tafel <b>", default=False, channels=2, rate=48000),
)


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int | None]]:
    """Two microphones that can be tried; what was tried."""
    asked: list[tuple[str, int | None]] = []

    async def listed() -> tuple[InputDevice, ...]:
        return _DEVICES

    async def try_one(
        name: str, channel: int | None, seconds: float, on_level: object = None
    ) -> MicrophoneTest:
        asked.append((name, channel))
        if callable(on_level):
            on_level(-31.26)
        verdict = MicrophoneVerdict.GOOD
        return MicrophoneTest(
            name=name,
            seconds=seconds,
            speech_db=-24.0,
            peak_db=-9.0,
            speech=0.62,
            clipped=0.0,
            verdict=verdict,
        )

    monkeypatch.setattr(microphones, "microphones", listed)
    monkeypatch.setattr(microphones, "try_microphone", try_one)
    return asked


@pytest.mark.usefixtures("tried")
async def test_every_microphone_can_be_chosen_and_is_remembered(leader: Visitor) -> None:
    text = (await leader.get("/microfoon")).text
    assert "Tafel &lt;b&gt;" in text
    await leader.post("/microfoon", {"microphone": "Tafel <b>", "channel": "1"})
    storage, settings = leader.room.storage, leader.room.settings
    assert await chosen_microphone(storage, settings) == Choice("Tafel <b>", 1)


async def test_a_try_tells_of_level_and_speech(
    leader: Visitor, tried: list[tuple[str, int | None]]
) -> None:
    answer = await leader.post("/microfoon/proef", {"microphone": "Tafel <b>"})
    assert "Goed te horen" in answer.text
    assert "62% van de tijd, op -24 dB" in answer.text
    assert tried == [("Tafel <b>", None)]


@pytest.mark.usefixtures("tried")
async def test_with_a_script_the_level_comes_while_it_lasts(leader: Visitor) -> None:
    headers = {"accept": "application/x-ndjson"}
    answer = await leader.post("/microfoon/proef", {"microphone": ""}, headers=headers)
    level, verdict = (msgspec.json.decode(line) for line in answer.text.splitlines())
    assert level == {"level": -31.3}
    assert "Goed te horen" in verdict["html"]


async def test_the_microphone_is_not_tried_while_it_listens_to_a_meeting(
    leader: Visitor, tried: list[tuple[str, int | None]]
) -> None:
    await leader.room.start(agreed=3, present=3)
    assert (await leader.post("/microfoon/proef", {"microphone": ""})).status_code == 409
    assert tried == []


async def test_no_microphone_is_a_line_on_the_page(
    leader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def none(*_: object, **__: object) -> None:
        raise MicrophoneError("microphone.none", "There is no microphone")

    monkeypatch.setattr(microphones, "microphones", none)
    monkeypatch.setattr(microphones, "try_microphone", none)
    answer = await leader.get("/microfoon")
    assert answer.status_code == 200
    assert "notice trouble" in answer.text
    headers = {"accept": "application/x-ndjson"}
    answer = await leader.post("/microfoon/proef", {"microphone": ""}, headers=headers)
    assert "html" in msgspec.json.decode(answer.text)
