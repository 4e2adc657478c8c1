"""The real service on a port of its own, with a session whose clock and ears a test holds."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Self, TypeVar

import uvicorn
from playwright._impl._api_structures import SetCookieParam

from companion.clock import VirtualClock
from companion.dashboard.access import Viewer
from companion.dashboard.application import make_house
from companion.dashboard.service import HOST, launch_url, make_server, open_socket
from companion.dashboard.sharing import Shared
from companion.dashboard.visit import House
from companion.events import AnyFinding
from companion.session.commands import AnyCommand
from companion.storage.opening import open_plain
from companion.storage.records import Group
from tests.browser.shared import joined, share
from tests.session.rooms import Room

_T = TypeVar("_T")
MEMBERS = ("Ans", "Bilal", "Chantal", "Daan", "Esra")


class StagedService:
    """Runs in a thread; what it is asked to do happens in its loop."""

    room: Room
    house: House
    port: int
    phone: SetCookieParam | None = None
    """The cookie of the phone that has joined."""
    _server: uvicorn.Server

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(20), "the service did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(15)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        clock = VirtualClock()
        storage = await open_plain(self._folder / "staged.db", clock)
        self.room = Room(storage, clock, self._folder)
        with open_socket(0) as listening:
            self.port = int(listening.getsockname()[1])
            self.house = make_house(self.room.session, self.port)
            self._server = make_server(self.house, self.port)
            ticking = asyncio.ensure_future(self.room.session.run())
            starting = asyncio.ensure_future(self._server.serve(sockets=[listening]))
            while not self._server.started:  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.01)
            self._ready.set()
            await starting
            await self.room.session.close()
            await self.house.sharing.stop()
            await ticking
            await storage.close()

    # ── asked from the test's thread ──────────────────────────────────────────

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def launch_url(self) -> str:
        return launch_url(self.house, self.port)

    def cookie(self) -> SetCookieParam:
        """A session of the begeleider's, ready for a browser."""
        name, value = self.house.sessions.cookie, self.house.sessions.open(Viewer.BEGELEIDER)
        return {"name": name, "value": value, "url": self.origin}

    def cookies(self) -> list[SetCookieParam]:
        """That, and the phone's if one has joined."""
        return [self.cookie(), *([self.phone] if self.phone else [])]

    def url(self, path: str) -> str:
        """The address of a page; "phone:/…" is one on the shared socket."""
        if not path.startswith("phone:"):
            return self.origin + path
        assert self.house.sharing.now is not None
        return self.house.sharing.now.site.origin + path.removeprefix("phone:")

    def share(self, name: str | None = None) -> Shared:
        """Share the meeting; with a name, a phone has joined under it."""
        shared = self.ask(share(self.house))
        self.phone = None if name is None else joined(shared, name)
        return shared

    def ask(self, what: Coroutine[Any, Any, _T]) -> _T:
        """Run in the service's loop, and wait for the answer."""
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(20)

    def group(self, **given: Any) -> str:
        """A stored group; its id."""
        values: dict[str, Any] = {
            "id": "groep1",
            "name": "Team Noord",
            "members": MEMBERS,
            "created": 1.0,
        }
        group = Group(**(values | {"method": "incident", "place": "Utrecht"} | given))
        self.ask(self.room.storage.groups.save(group))
        return group.id

    def start(self, **given: Any) -> None:
        values = {"members": MEMBERS, "begeleider": "Ans", "inbrenger": "Daan", "group": "groep1"}
        self.ask(self.room.start(**(values | given)))

    def do(self, *commands: AnyCommand) -> None:
        self.ask(self.room.do(*commands))

    def hear(self, *findings: AnyFinding) -> None:
        self.ask(self._hear(findings))

    def until_followed(self) -> None:
        """A page has its stream."""
        self.ask(self._followed())

    def later(self, seconds: float) -> None:
        """Meeting time passes."""
        self.ask(self._later(seconds))

    async def _hear(self, findings: tuple[AnyFinding, ...]) -> None:
        for finding in findings:
            await self.room.ears.hear(finding)
        while not self.room.session._heard.empty():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        async with self.room.session._lock:
            pass

    async def _followed(self) -> None:
        while not self.house.streams:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    async def _later(self, seconds: float) -> None:
        self.room.clock.advance(seconds)
        await self.room.session._tick()
