from __future__ import annotations

from companion.storage.opening import Storage


async def test_a_preference_is_what_was_put_last(storage: Storage) -> None:
    assert await storage.preferences.get("microphone") is None
    await storage.preferences.put("microphone", "Tafel")
    await storage.preferences.put("microphone", {"name": "Raam", "channel": 2})
    assert await storage.preferences.get("microphone") == {"name": "Raam", "channel": 2}
    assert await storage.preferences.get("sounds", {}) == {}
