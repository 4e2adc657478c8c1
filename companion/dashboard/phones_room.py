"""The phones of one shared meeting: who joined, what they wrote, what they asked. Memory only."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum

import msgspec

from companion.dashboard.access import Sessions, Viewer
from companion.dashboard.sharing_code import JoinCode, Verdict
from companion.errors import UsageError
from companion.session.slips import Slips

MOST_PHONES = 40
"""Fewer than there are sessions, so that nobody's is ever pushed out."""


class Ask(StrEnum):
    """What somebody, nobody says who, asked with a phone."""

    PAUZE = "pauze"
    STOP = "stop-luisteren"


class Phone(msgspec.Struct):
    """One phone that joined."""

    writer: str
    """Names its slips to the service alone."""
    name: str
    """What its owner wants to be called; may be empty."""
    evaluated: bool = False


class PhonesRoom:
    """Everything that phones bring along; closing it forgets all of it."""

    def __init__(self, meeting: str, port: int, now: Callable[[], float] = time.monotonic) -> None:
        self.meeting = meeting
        self.code = JoinCode()
        self.sessions = Sessions(f"telefoon-{port}")
        self.slips = Slips()
        self.asks: dict[Ask, None] = {}
        """In the order of asking."""
        self.closed = False
        self._phones: dict[str, Phone] = {}
        self._now = now

    def __len__(self) -> int:
        return len(self._phones)

    def join(self, guess: str, address: str, name: str) -> tuple[Verdict, str]:
        """Judge a code; with the right one, the id of a new session."""
        verdict = self.code.guess(guess, address, self._now())
        if verdict is not Verdict.RIGHT:
            return verdict, ""
        if len(self._phones) >= MOST_PHONES:
            raise UsageError("phones.full", f"There are {MOST_PHONES} phones already")
        session_id = self.sessions.open(Viewer.PHONE)
        self._phones[session_id] = Phone(writer=str(len(self._phones)), name=name)
        return verdict, session_id

    def phone(self, session_id: str | None) -> Phone:
        """The phone of a session that the access rules let in."""
        return self._phones[session_id or ""]

    def renew_code(self) -> None:
        """Another code, with a budget of its own; who joined stays."""
        self.code = JoinCode()

    def ask(self, what: Ask) -> None:
        """Somebody asks."""
        self.asks[what] = None

    def answered(self, what: Ask) -> None:
        """The begeleider saw it."""
        self.asks.pop(what, None)

    def close(self) -> None:
        """Revoke every session, which ends the streams, and forget what was written."""
        self.closed = True
        for session_id in self._phones:
            self.sessions.close(session_id)
        self._phones.clear()
        self.slips = Slips()
        self.asks.clear()
