from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from companion.session.microphone import KEY, Choice, chosen_microphone, remember_microphone
from companion.settings import Settings
from companion.storage.opening import Storage, open_storage


@pytest.fixture
async def storage(home: Path) -> AsyncIterator[Storage]:  # noqa: ARG001
    storage = await open_storage(Settings())
    yield storage
    await storage.close()


async def test_before_a_choice_the_settings_hold(storage: Storage) -> None:
    assert await chosen_microphone(storage, Settings(microphone="Jabra")) == Choice("Jabra")


async def test_choice_is_remembered_by_name_and_replaced(storage: Storage) -> None:
    await remember_microphone(storage, Choice("Webcam", 1))
    assert await chosen_microphone(storage, Settings(microphone="Jabra")) == Choice("Webcam", 1)
    await remember_microphone(storage, Choice())
    assert await chosen_microphone(storage, Settings(microphone="Jabra")) == Choice()


async def test_what_another_version_kept_is_no_obstacle(storage: Storage) -> None:
    await storage.preferences.put(KEY, {"device": 3})
    assert await chosen_microphone(storage, Settings()) == Choice()
