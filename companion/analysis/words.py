"""Words as the language part compares them: lower case, one kind of apostrophe, no punctuation.

A recogniser's capitals and marks can't be trusted, so nothing downstream looks at them,
except at a question mark, which is kept as a hint.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"'?[a-z0-9\u00e0-\u00ff]+(?:['-][a-z0-9\u00e0-\u00ff]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})


def plain(text: str) -> str:
    """`text` in lower case, with straight apostrophes and composed letters."""
    return unicodedata.normalize("NFC", text).translate(_APOSTROPHES).lower()


def words(text: str) -> list[str]:
    """The words of `text`, plain and without punctuation."""
    return _WORD.findall(plain(text))


def placed_words(text: str) -> list[tuple[str, int]]:
    """The words of `text`, whose letters are composed, and where each begins in it."""
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_APOSTROPHES))
    return [(found[0], found.start()) for found in _WORD.finditer(lower)]


def asks_by_mark(text: str) -> bool:
    """Whether a question mark stands at or near the end of `text`."""
    return "?" in text[-3:]
