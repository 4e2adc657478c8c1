"""Which microphone this service listens with: chosen once, remembered by its name."""

from __future__ import annotations

import msgspec

from companion.settings import Settings
from companion.storage.opening import Storage

KEY = "microphone"
_LONGEST_NAME = 200


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A device by (part of) its name, empty for the system's default; one channel or all mixed."""

    name: str = ""
    channel: int | None = None
    """From 0; None: all mixed."""


async def chosen_microphone(storage: Storage, settings: Settings) -> Choice:
    """What was chosen last; before that, what the settings say."""
    kept = await storage.preferences.get(KEY)
    try:
        return msgspec.convert(kept, Choice) if kept else Choice(settings.microphone)
    except msgspec.ValidationError:  # written by another version
        return Choice(settings.microphone)


async def remember_microphone(storage: Storage, choice: Choice) -> None:
    """Listen with this one from the next opening on."""
    kept = Choice(choice.name[:_LONGEST_NAME], choice.channel)
    await storage.preferences.put(KEY, msgspec.to_builtins(kept))
