"""Which speech model this service listens with: chosen once, changed in a pause."""

from __future__ import annotations

from pathlib import Path

from companion.errors import ConflictError, UsageError
from companion.session.running import Running
from companion.settings import Settings
from companion.storage.opening import Storage

KEY = "speech_model"


def present_models(settings: Settings) -> tuple[str, ...]:
    """Names of the models that lie on this machine; the listener checks them when it loads."""
    found = (path.parent.name for path in settings.models_dir.glob("*/model.bin"))
    return tuple(sorted(found))


async def chosen_speech_model(storage: Storage, settings: Settings) -> str:
    """What was chosen last, while it is still there; else what the settings say."""
    kept = await storage.preferences.get(KEY)
    return kept if kept in present_models(settings) else settings.speech_model


async def speech_model_folder(storage: Storage, settings: Settings) -> Path:
    """Where the chosen model lies; the settings may name a folder of the user's own."""
    given = Path(await chosen_speech_model(storage, settings))
    return given if given.is_absolute() else settings.models_dir / given


async def change_speech_model(
    storage: Storage, settings: Settings, here: Running | None, name: str
) -> None:
    """Listen with this model from the next opening on.

    In a pause the listener ends, so that the next one loads the model; nothing is lost,
    since nothing is heard. ConflictError while the microphone is open, UsageError for a
    model that isn't there.
    """
    if name not in present_models(settings):
        raise UsageError(
            "model.unknown",
            f"Speech model {name} is not on this machine",
            f"Run: companion models get {name}",
        )
    if here and here.listens:
        raise ConflictError("model.in-use", "The companion is listening", "Pause the meeting first")
    if here and not here.ended:
        await here.ears.stop()
    await storage.preferences.put(KEY, name)
