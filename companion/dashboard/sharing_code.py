"""The code that phones join with, and how often it may be guessed wrong. Pure but for chance.

Eight characters out of 31: 8.5e11 codes, one of them right for as long as it is shared. An
address that guesses wrong waits longer and longer, and only that address: a prankster locks
himself out, not the room. When the room's whole budget of wrong guesses is used up, nobody
new gets in until the begeleider asks for another code.
"""

from __future__ import annotations

import hmac
import secrets
from enum import StrEnum

import msgspec

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0 and O, no 1, I and L: they are read for each other."""
LENGTH = 8
FREE_GUESSES = 5
"""Wrong guesses of one address before it has to wait."""
FIRST_WAIT = 30.0
LONGEST_WAIT = 900.0
"""Seconds; each wrong guess after the free ones doubles the wait."""
BUDGET = 2_000
"""Wrong guesses of all addresses together."""


class Verdict(StrEnum):
    """What became of a guess."""

    RIGHT = "right"
    WRONG = "wrong"
    WAIT = "wait"
    """This address must wait; the guess was not looked at."""
    SPENT = "spent"
    """The room's budget is used up; the guess was not looked at."""


class _Guesser(msgspec.Struct):
    wrong: int = 0
    until: float = 0.0


class JoinCode:
    """A code and who guessed at it."""

    def __init__(self, code: str = "") -> None:
        self.code = code or new_code()
        self.wrong = 0
        self._guessers: dict[str, _Guesser] = {}

    @property
    def shown(self) -> str:
        """In two groups, as people read it aloud."""
        return f"{self.code[:4]} {self.code[4:]}"

    @property
    def spent(self) -> bool:
        """Nobody new gets in with this code."""
        return self.wrong >= BUDGET

    def guess(self, text: str, address: str, now: float) -> Verdict:
        """Judge a guess from an address at `now` (monotonic seconds)."""
        if self.spent:
            return Verdict.SPENT
        guesser = self._guessers.setdefault(address, _Guesser())
        if now < guesser.until:
            return Verdict.WAIT
        if hmac.compare_digest(tidy(text).encode(), self.code.encode()):
            del self._guessers[address]
            return Verdict.RIGHT
        self.wrong += 1
        guesser.wrong += 1
        doubled = guesser.wrong - FREE_GUESSES
        if doubled >= 0:
            guesser.until = now + min(FIRST_WAIT * 2 ** min(doubled, 10), LONGEST_WAIT)
        return Verdict.WRONG


def new_code() -> str:
    """A fresh code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidy(text: str) -> str:
    """As it is meant, however it was typed; never longer than a few codes."""
    return "".join(sign for sign in text[:64].upper() if sign.isascii() and sign.isalnum())
