"""Who may open what: the launch token, server-side sessions, and one table of all routes.

The printed URL carries a token that works once. It buys a session whose id the service
chose; a session id that a browser brings along is looked up, never adopted.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec
from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers.base import BaseRouteHandler

MAX_SESSIONS = 64
IDLE_SECONDS = 12 * 3600


class Viewer(StrEnum):
    """What somebody at a page may do."""

    BEGELEIDER = "begeleider"
    """Everything: whoever started the service, or was given its link."""
    GROUP = "groep"
    """Looks at the group screen only."""
    PHONE = "telefoon"
    """Takes part by phone, on the shared socket only."""
    TRAINER = "trainer"
    """Sees the reviews that a group gave with a code, and nothing else."""


_EVERYONE: frozenset[Viewer] | None = None
_LEADS = frozenset({Viewer.BEGELEIDER})
_LOOKS = frozenset({Viewer.BEGELEIDER, Viewer.GROUP})
_TRAINS = frozenset({Viewer.BEGELEIDER, Viewer.TRAINER})
_PHONES = frozenset({Viewer.PHONE})
Table = Mapping[str, frozenset[Viewer] | None]

ACCESS: dict[str, frozenset[Viewer] | None] = {
    # None: without a session; nothing behind it says anything about a group
    "GET /binnen": _EVERYONE,
    "GET /bestanden/{digest}/{name}": _EVERYONE,
    "POST /taal": _EVERYONE,
    "POST /afmelden": frozenset(Viewer),
    "POST /toetsen": _LEADS,
    "GET /": _LEADS,
    "GET /groepen/nieuw": _LEADS,
    "POST /groepen/nieuw": _LEADS,
    "GET /groepen/{group_id}": _LEADS,
    "POST /groepen/{group_id}": _LEADS,
    "POST /acties/{action_id}": _LEADS,
    "GET /beginnen": _LEADS,
    "POST /beginnen": _LEADS,
    "GET /spraakmodel": _LEADS,
    "POST /spraakmodel": _LEADS,
    "GET /microfoon": _LEADS,
    "POST /microfoon": _LEADS,
    "POST /microfoon/proef": _LEADS,
    "GET /leiden": _LEADS,
    "GET /leiden/nu": _LEADS,
    "GET /leiden/afspraak": _LEADS,
    "GET /leiden/afronden": _LEADS,
    "GET /leiden/toestemming": _LEADS,
    "GET /leiden/sneltoetsen": _LEADS,
    "POST /leiden/doen/{what}": _LEADS,
    "GET /leiden/stemmen": _LEADS,
    "POST /leiden/stemmen/{what}": _LEADS,
    "GET /plan": _LEADS,
    "GET /plan/{meeting_id}": _LEADS,
    "POST /plan/{meeting_id}/afspraken": _LEADS,
    "POST /plan/{meeting_id}/notities": _LEADS,
    "GET /plan/{meeting_id}/samenvatting": _LEADS,
    "GET /plan/{meeting_id}/samenvatting/{kind}": _LEADS,
    "GET /plan/{meeting_id}/agenda": _LEADS,
    "GET /groepen/{group_id}/agenda": _LEADS,
    "GET /groepen/{group_id}/acties": _LEADS,
    "GET /groepen/{group_id}/terugblik": _LEADS,
    "POST /groepen/{group_id}/termijnen": _LEADS,
    "GET /wissen/{what}/{which}": _LEADS,
    "POST /wissen/{what}/{which}": _LEADS,
    "GET /delen": _LEADS,
    "POST /delen/aan": _LEADS,
    "POST /delen/uit": _LEADS,
    "POST /delen/code": _LEADS,
    "POST /delen/doen/{what}": _LEADS,
    "GET /evaluatie": _LEADS,
    "POST /evaluatie": _LEADS,
    "POST /evaluatie/openen": _LEADS,
    "POST /evaluatie/tonen": _LEADS,
    "GET /scherm": _LOOKS,
    "GET /scherm/nu": _LOOKS,
    "GET /stroom": _LOOKS,
    "GET /stem": _LEADS,
    "POST /stem": _LEADS,
    "POST /leiden/geluid": _LEADS,
    "GET /methoden": _LEADS,
    "POST /methoden": _LEADS,
    "GET /methode-invoer": _LEADS,
    "POST /methode-invoer": _LEADS,
    "GET /methoden/{method_id}": _LEADS,
    "POST /methoden/{method_id}": _LEADS,
    "GET /methoden/{method_id}/bestand": _LEADS,
    "POST /methoden/{method_id}/wis": _LEADS,
    "GET /methoden/{method_id}/stap": _LEADS,
    "POST /methoden/{method_id}/stap": _LEADS,
    "GET /methoden/{method_id}/stap/{step_id}": _LEADS,
    "POST /methoden/{method_id}/stap/{step_id}": _LEADS,
    "POST /methoden/{method_id}/stap/{step_id}/wis": _LEADS,
    "GET /cijfers/{meeting_id}": _LEADS,
    "GET /cijfers/{meeting_id}/{file}": _LEADS,
    "GET /cijfers/{meeting_id}/groep": _LOOKS,
    "GET /cijfers/{meeting_id}/geven": _LEADS,
    "POST /cijfers/{meeting_id}/geven": _LEADS,
    "POST /cijfers/{meeting_id}/terugtrekken": _LEADS,
    "GET /trainer/binnen": _EVERYONE,
    "POST /trainer/binnen": _EVERYONE,
    "GET /trainer": _TRAINS,
    "GET /trainer/openen": _LEADS,
    "POST /trainer/openen": _LEADS,
    "GET /trainer/reviews/{meeting_id}": _TRAINS,
    "GET /trainer/reviews/{meeting_id}/{file}": _TRAINS,
    "GET /trainer/groepen/{group_id}": _TRAINS,
    "POST /trainer/groepen/{group_id}/doelen": _TRAINS,
    "POST /trainer/groepen/{group_id}/doelen/{goal_id}": _TRAINS,
    "POST /trainer/groepen/{group_id}/notities": _TRAINS,
    "POST /trainer/groepen/{group_id}/notities/{note_id}": _TRAINS,
}
"""Every route, and who may use it; a route without a row is refused and fails a test."""

PHONE_ACCESS: dict[str, frozenset[Viewer] | None] = {
    "GET /": _EVERYONE,
    "POST /meedoen": _EVERYONE,
    "GET /bestanden/{digest}/{name}": _EVERYONE,
    "POST /taal": _EVERYONE,
    "GET /telefoon": _PHONES,
    "GET /telefoon/nu": _PHONES,
    "GET /telefoon/evaluatie": _PHONES,
    "POST /telefoon/doen/{what}": _PHONES,
    "GET /stroom": _PHONES,
}
"""Every route of the socket that phones use; no other is there, and its sessions open no other."""


class Session(msgspec.Struct):
    """A browser that came in; `revoked` also ends its open streams."""

    viewer: Viewer
    seen: float
    revoked: asyncio.Event
    scope: str = ""
    """Of a trainer: the digest of the code that he came in with."""


class Sessions:
    """The sessions of this run of the service; none outlives it."""

    def __init__(self, cookie: str) -> None:
        self.cookie = cookie
        self._by_digest: dict[bytes, Session] = {}
        self._token = secrets.token_urlsafe(32)
        self._used = False

    @property
    def token(self) -> str:
        """For the URL that the command line prints."""
        return self._token

    def enter(self, token: str) -> str | None:
        """A new session id for the launch token, the first time only."""
        right = hmac.compare_digest(token.encode("utf-8", "replace"), self._token.encode())
        if not right or self._used:
            return None
        self._used = True
        return self.open(Viewer.BEGELEIDER)

    def open(self, viewer: Viewer, scope: str = "") -> str:
        """A new session; the one unused for longest makes room."""
        self._forget_idle()
        while len(self._by_digest) >= MAX_SESSIONS:
            oldest = min(self._by_digest, key=lambda key: self._by_digest[key].seen)
            self._by_digest.pop(oldest).revoked.set()
        chosen = secrets.token_urlsafe(32)
        self._by_digest[_digest(chosen)] = Session(viewer, time.monotonic(), asyncio.Event(), scope)
        return chosen

    def find(self, session_id: str | None) -> Session | None:
        """The session of this id, if it exists and is not revoked or idle too long."""
        if not session_id:
            return None
        session = self._by_digest.get(_digest(session_id))
        if session is None or time.monotonic() - session.seen > IDLE_SECONDS:
            return None
        session.seen = time.monotonic()
        return session

    def close(self, session_id: str | None) -> None:
        """End a session and its streams."""
        session = self._by_digest.pop(_digest(session_id or ""), None)
        if session:
            session.revoked.set()

    def _forget_idle(self) -> None:
        now = time.monotonic()
        for key, session in list(self._by_digest.items()):
            if now - session.seen > IDLE_SECONDS:
                self._by_digest.pop(key).revoked.set()


def _digest(session_id: str) -> bytes:
    return hashlib.sha256(session_id.encode("utf-8", "replace")).digest()


def session_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Session:
    """The session behind a request; NotAuthorized without one."""
    sessions: Sessions = connection.app.state.sessions
    session = sessions.find(connection.cookies.get(sessions.cookie))
    if session is None:
        raise NotAuthorizedException
    return session


async def may_enter(
    connection: ASGIConnection[Any, Any, Any, Any],
    _handler: BaseRouteHandler,
) -> None:
    """Litestar guard: by the table, and closed where the table says nothing."""
    _by_table(connection, ACCESS)


async def phone_may_enter(
    connection: ASGIConnection[Any, Any, Any, Any],
    _handler: BaseRouteHandler,
) -> None:
    """The same for the socket that phones use."""
    _by_table(connection, PHONE_ACCESS)


def _by_table(connection: ASGIConnection[Any, Any, Any, Any], table: Table) -> None:
    path = connection.scope.get("path_template", "")
    method = "GET" if connection.scope.get("method") == "HEAD" else connection.scope.get("method")
    row = f"{method} {path}"
    if row not in table:
        raise PermissionDeniedException
    allowed = table[row]
    if allowed is not None and session_of(connection).viewer not in allowed:
        raise PermissionDeniedException
