"""Words with the marks around them, as the noise model reads and writes them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

ENDS = (".", "?", "!", "…")
"""Marks after which a sentence may begin."""

_EDGE = re.compile(r"^([^\w']*)(.*?)([^\w%€]*)$", re.DOTALL)
_QUOTE = re.compile(r"(?<!\w)'(?=\w{3,}'?)|'$|[\"“”„‘«»()]")
_CLITIC = re.compile(r"^'[a-z](?![a-z])|^'(ie|ns)\b")
_LETTERS = (
    ("sch", "sg"), ("ij", "y"), ("ei", "y"), ("ou", "au"), ("ch", "g"), ("ph", "f"), ("th", "t"),
    ("ck", "k"), ("qu", "kw"), ("x", "ks"), ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_FINAL = {"d": "t", "b": "p"}


@dataclass(frozen=True)
class Token:
    """A word without its marks, and the mark that follows it ("" for none)."""

    word: str
    mark: str = ""

    @property
    def low(self) -> str:
        """The word in small letters: what counts as the same word."""
        return self.word.lower()

    @property
    def capital(self) -> bool:
        """It begins with a capital."""
        return self.word[:1].isupper()

    def cased(self, *, capital: bool) -> Token:
        """The same word with or without its first capital."""
        if capital:
            return replace(self, word=self.word[:1].upper() + self.word[1:])
        return replace(self, word=self.word[:1].lower() + self.word[1:])

    def __str__(self) -> str:
        return f"{self.word}{self.mark}"


def tokens_of(text: str) -> list[Token]:
    """The words of `text`; quotation marks go, a free-standing dash marks the word before."""
    found: list[Token] = []
    for piece in text.replace("’", "'").split():
        bare = piece if _CLITIC.match(piece) else _QUOTE.sub("", piece)
        match = _EDGE.match(bare)
        word = match[2] if match else ""
        mark = _mark(match[3] if match and word else bare)
        if word:
            found.append(Token(word, mark))
        elif found and mark and not found[-1].mark:
            found[-1] = replace(found[-1], mark=mark)
    return found


def text_of(tokens: list[Token]) -> str:
    """The tokens as text."""
    return " ".join(map(str, tokens))


def _mark(tail: str) -> str:
    if "?" in tail:
        return "?"
    if "…" in tail or ".." in tail:
        return "…"
    for mark in ("!", ".", ",", ":", ";"):
        if mark in tail:
            return mark
    return "," if "-" in tail or "–" in tail else ""


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """A rough Dutch phonetic form: letters that sound alike become one."""
    plain = unicodedata.normalize("NFD", word.lower())
    plain = "".join(c for c in plain if c.isalnum())
    for written, spoken in _LETTERS:
        plain = plain.replace(written, spoken)
    plain = _DOUBLED.sub(r"\1", plain)
    return plain[:-1] + _FINAL.get(plain[-1], plain[-1]) if plain else ""


@lru_cache(maxsize=200_000)
def distance(one: str, other: str) -> float:
    """Edits between the sounds of two words, per letter of the longer: 0 alike, 1 nothing alike."""
    a, b = sound(one), sound(other)
    if a == b:
        return 0.0
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, start=1):
        before, row[0] = row[0], i
        for j, right in enumerate(b, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1] / max(len(a), len(b), 1)
