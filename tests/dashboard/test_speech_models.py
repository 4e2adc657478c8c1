from __future__ import annotations

import pytest

from companion.session.commands import Pause
from companion.session.speech_model import chosen_speech_model
from tests.dashboard.visitor import Visitor


@pytest.fixture
def leader_with_models(leader: Visitor) -> Visitor:
    """Two models lie on this machine."""
    for name in ("base", "small"):
        folder = leader.room.settings.models_dir / name
        folder.mkdir(parents=True)
        (folder / "model.bin").write_bytes(b"x")
    return leader


async def _chosen(leader: Visitor) -> str:
    return await chosen_speech_model(leader.room.storage, leader.room.settings)


async def test_another_model_is_chosen_before_a_meeting(leader_with_models: Visitor) -> None:
    answer = await leader_with_models.post("/spraakmodel", {"model": "small"})
    assert answer.headers["location"] == "/spraakmodel"
    assert await _chosen(leader_with_models) == "small"
    assert "<b>small</b>" in (await leader_with_models.get("/spraakmodel")).text


async def test_while_it_listens_the_model_stays(leader_with_models: Visitor) -> None:
    await leader_with_models.room.start(agreed=3, present=3)
    assert (await leader_with_models.post("/spraakmodel", {"model": "small"})).status_code == 409
    assert await _chosen(leader_with_models) == "base"


async def test_in_a_pause_it_can_be_changed(leader_with_models: Visitor) -> None:
    await leader_with_models.room.start(agreed=3, present=3)
    await leader_with_models.room.do(Pause())
    assert "/spraakmodel" in (await leader_with_models.get("/leiden")).text
    answer = await leader_with_models.post("/spraakmodel", {"model": "small"})
    assert answer.headers["location"] == "/leiden"
    assert await _chosen(leader_with_models) == "small"


async def test_a_model_that_is_not_there_is_told(leader: Visitor) -> None:
    assert (await leader.post("/spraakmodel", {"model": "large"})).status_code == 422
    assert "companion models get base" in (await leader.get("/spraakmodel")).text
