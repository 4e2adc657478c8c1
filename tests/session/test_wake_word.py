from __future__ import annotations

import pytest

from companion.errors import StorageError, UsageError
from companion.session.wake_word import checked_wake_word, chosen_wake_word, remember_wake_word
from tests.session.rooms import Room


async def test_the_listener_is_told_the_word_that_was_chosen(room: Room) -> None:
    await room.start(agreed=3, present=3)
    assert room.ears.orders[-1].wake_word == "companion"
    await remember_wake_word(room.storage, "  Regisseur ")
    room.crash()
    await room.session.resume()
    assert room.ears.orders[-1].wake_word == "regisseur"


@pytest.mark.parametrize("word", ["", "ok", "a b", "x" * 25, "r2d2-robot", "volgende keer", "<b>"])
def test_a_word_that_speech_could_not_tell_apart_is_refused(word: str) -> None:
    with pytest.raises(UsageError):
        checked_wake_word(word)


def test_a_name_of_two_words_is_fine() -> None:
    assert checked_wake_word("Beste Juliëtte") == "beste juliëtte"


async def test_a_disk_that_fails_leaves_the_word_of_the_settings(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_key: str, _default: object = None) -> object:
        raise StorageError("storage.failed", "No disk")

    monkeypatch.setattr(room.storage.preferences, "get", fail)
    assert await chosen_wake_word(room.storage, room.settings) == "companion"
