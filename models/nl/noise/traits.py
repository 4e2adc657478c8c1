"""The coarse traits that rates depend on: trouble, length, size of a word, shape of a question."""

from __future__ import annotations

from typing import Literal

from models.nl.noise.tokens import ENDS, Token

Trouble = Literal["low", "mid", "high"]
"""How much of an utterance was misheard: under a third, under two thirds, more."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LEAD_INS = _set("en maar dus eh uh ehm nou ja nee oké want goed hé zeg allez wel")
_QUESTION_WORDS = _set(
    "wie wat waar wanneer welke welk hoe hoeveel hoelang hoezo waarom waardoor waarvan waarover"
    " waarmee waarvoor waaraan waaruit waarin waarop wiens waartoe vanwaar waarnaar sinds vanaf"
)
_SUBJECTS = _set(
    "je jij u hij ze zij we wij jullie het 't dat die er ik ge gij ie 'ie iemand dit deze de een"
    " jouw uw haar zijn mijn"
)
_JOINING = _set(
    "en maar dus omdat als dat toen of want terwijl hoewel die dan voor met in op bij van aan"
)


def bin_of(share: float) -> Trouble:
    """The trouble of an utterance of whose words that share was misheard."""
    return "low" if share < 1 / 3 else "mid" if share < 2 / 3 else "high"


def length_of(words: int) -> str:
    """A class of utterances by their number of words."""
    return "1-3" if words <= 3 else "4-7" if words <= 7 else "8-13" if words <= 13 else "14-"


def size_of(word: str) -> str:
    """A class of words by their letters."""
    letters = len(word)
    return "1-2" if letters <= 2 else "3-4" if letters <= 4 else "5-7" if letters <= 7 else "8-"


def shape_of(tokens: list[Token]) -> Literal["question word", "verb first", "statement"]:
    """How the last sentence begins: the shape decides whether its question mark survives."""
    last = tokens
    for place in range(len(tokens) - 2, -1, -1):
        if tokens[place].mark in ENDS:
            last = tokens[place + 1 :]
            break
    words = [token.low for token in last]
    while len(words) > 2 and words[0] in _LEAD_INS:
        words = words[1:]
    if any(word in _QUESTION_WORDS for word in words[:2]):
        return "question word"
    if len(words) > 1 and words[1] in _SUBJECTS and words[0] not in _JOINING:
        return "verb first"
    return "statement"
