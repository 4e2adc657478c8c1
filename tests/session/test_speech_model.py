from __future__ import annotations

import pytest

from companion.errors import ConflictError, UsageError
from companion.session.commands import Pause, Resume
from companion.session.speech_model import chosen_speech_model, present_models
from tests.session.rooms import Room


def _has(room: Room, *names: str) -> None:
    for name in names:
        folder = room.settings.models_dir / name
        folder.mkdir(parents=True)
        (folder / "model.bin").touch()


def _model(room: Room) -> str:
    return room.ears.orders[-1].speech_model


async def test_in_a_pause_the_next_listener_has_the_other_model(room: Room) -> None:
    _has(room, "base", "small")
    await room.start(agreed=3, present=3)
    room.ears.reached = 40.0
    assert _model(room) == str(room.settings.models_dir / "base")
    await room.do(Pause())
    await room.session.change_speech_model("small")
    assert not room.ears.alive
    await room.tick(60.0)
    await room.do(Resume())
    order = room.ears.orders[-1]
    assert _model(room) == str(room.settings.models_dir / "small")
    assert (order.starts_at, order.source_from) == (60.0, 40.0)


async def test_while_it_listens_the_model_stays(room: Room) -> None:
    _has(room, "small")
    await room.start(agreed=3, present=3)
    with pytest.raises(ConflictError, match="listening"):
        await room.session.change_speech_model("small")
    assert room.ears.alive
    assert await chosen_speech_model(room.storage, room.settings) == "base"


async def test_model_that_is_not_there_is_refused_with_what_to_do(room: Room) -> None:
    with pytest.raises(UsageError, match="not on this machine") as caught:
        await room.session.change_speech_model("large-v3")
    assert "companion models get large-v3" in caught.value.hint


async def test_choice_is_remembered_for_the_next_meeting(room: Room) -> None:
    _has(room, "base", "small")
    await room.session.change_speech_model("small")
    room.crash()
    await room.start(agreed=3, present=3)
    assert _model(room).endswith("small")


async def test_model_that_went_away_gives_way_to_the_settings(room: Room) -> None:
    _has(room, "small")
    await room.session.change_speech_model("small")
    (room.settings.models_dir / "small" / "model.bin").unlink()
    assert present_models(room.settings) == ()
    assert await chosen_speech_model(room.storage, room.settings) == "base"
