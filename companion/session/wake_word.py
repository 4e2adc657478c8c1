"""The word that spoken commands begin with: the settings' own, or one that was chosen here."""

from __future__ import annotations

import re

from companion.errors import StorageError, UsageError
from companion.settings import Settings
from companion.storage.opening import Storage

KEY = "wake_word"
LEAST, MOST = 5, 24
"""Letters: a shorter word is heard in ordinary speech too often."""
_LETTERS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}")
_COMMANDS = frozenset(
    {"volgende", "vorige", "pauze", "pauzeer", "verder", "hervat", "minuut", "minuten"}
    | {"hoeveel", "noteer", "vergeet", "laatste", "luisteren", "afspraak", "actie"}
)


def checked_wake_word(word: str) -> str:
    """The word in small letters; UsageError when speech could not tell it from the rest."""
    plain = " ".join(word.lower().split())
    letters = len(plain.replace(" ", ""))
    if not _LETTERS.fullmatch(plain) or not LEAST <= letters <= MOST:
        raise UsageError("wake-word.letters", f"A wake word has {LEAST} to {MOST} letters")
    if _COMMANDS & set(plain.split()):
        raise UsageError("wake-word.command", "A wake word is no part of a command")
    return plain


async def chosen_wake_word(storage: Storage, settings: Settings) -> str:
    """The word chosen on the pages, else the settings' one; the clock never waits for it."""
    try:
        return str(await storage.preferences.get(KEY, "") or settings.wake_word)
    except StorageError:
        return settings.wake_word


async def remember_wake_word(storage: Storage, word: str) -> None:
    """Keep another word; listening that starts from now on uses it."""
    await storage.preferences.put(KEY, checked_wake_word(word))
