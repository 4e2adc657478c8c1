"""The stream: it says that something changed; a GET says what it is now.

The id of an event is the journal's sequence. A page that comes back with `Last-Event-ID`
is told at once whether it missed something, so no lost event can leave a page wrong.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import msgspec
from litestar import Controller, get
from litestar.response import Stream

from companion.dashboard.access import Session as BrowserSession
from companion.dashboard.access import session_of
from companion.dashboard.service_log import log
from companion.dashboard.visit import House, WebRequest
from companion.session.changes import Change, Subscription
from companion.session.lifecycle import Session

HEARTBEAT = 15.0
"""Seconds between signs of life, so that a dead connection is noticed."""
_PASSING = frozenset({"LevelMeasured"})
_HEADERS = {"X-Accel-Buffering": "no"}


class Live(Controller):
    """What pages follow."""

    path = "/"

    @get("/stroom")
    async def stream(self, request: WebRequest) -> Stream:
        """Server-sent events `state` and `level`, for as long as the page is open."""
        house: House = request.app.state.house
        browser = session_of(request)
        last = request.headers.get("last-event-id", "")
        follower = Follower(house, browser, last)
        return Stream(follower, media_type="text/event-stream", headers=_HEADERS)


class Follower:
    """One open page. Iterating it gives the bytes of the stream."""

    farewell = b""
    """Said to a page whose session is revoked."""

    def __init__(self, house: House, browser: BrowserSession, last: str) -> None:
        self._house = house
        self._browser = browser
        self._last = last

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Clean-up is synchronous: after a disconnect nothing behind an await would run."""
        house, subscription = self._house, self._house.session.subscribe()
        house.streams.add(self)
        log.stream_opened(len(house.streams))
        changed = revoked = None
        try:
            yield self.greet()
            revoked = asyncio.ensure_future(self._browser.revoked.wait())
            while True:
                changed = changed or asyncio.ensure_future(_next(subscription))
                done, _ = await asyncio.wait(
                    {changed, revoked}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED
                )
                if revoked in done:
                    if self.farewell:
                        yield self.farewell
                    return
                if changed not in done:
                    yield b": still here\n\n"
                    continue
                change, changed = changed.result(), None
                if change is None:
                    return
                for message in self.tell(change):
                    yield message
        finally:
            subscription.close()
            for task in (changed, revoked):
                if task is not None:
                    task.cancel()
            house.streams.discard(self)
            log.stream_closed(len(house.streams))

    def greet(self) -> bytes:
        """What the page hears first. Slips on phones are in no journal: the version can't tell."""
        shared = self._house.sharing.on
        return greeting(self._house.session, "" if shared else self._last)

    def tell(self, change: Change) -> list[bytes]:
        """A change as this page may hear it."""
        return messages(change, self._house.session)


async def _next(subscription: Subscription) -> Change | None:
    """The next change, or None when the service ends."""
    return await anext(aiter(subscription), None)


def greeting(session: Session, last: str) -> bytes:
    """What a page hears first: that it is behind, unless it has seen the present version."""
    retry = b"retry: 500\n"
    if last == str(session.version) and session.version:
        return retry + b": up to date\n\n"
    return retry + event("state", ["everything"], session.version)


def messages(change: Change, session: Session) -> list[bytes]:
    """A change as events: the level by its value, all else by its name."""
    found = []
    if change.what - _PASSING:
        found.append(event("state", sorted(change.what - _PASSING), change.version))
    view = session.view() if change.what & _PASSING else None
    if view is not None:
        found.append(event("level", round(view.listening.rms_db, 1)))
    return found


def event(name: str, data: object, version: int | None = None) -> bytes:
    """One event; without a version it leaves the page's last id as it was."""
    head = f"id: {version}\n" if version is not None else ""
    return f"{head}event: {name}\ndata: {msgspec.json.encode(data).decode()}\n\n".encode()
