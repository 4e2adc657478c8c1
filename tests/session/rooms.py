"""A session on a virtual clock with ears that do as a test says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from companion.clock import VirtualClock
from companion.events import (
    AgreementHeard,
    AnyEvent,
    AnyFinding,
    ListeningReported,
    ListeningState,
    QuestionHeard,
)
from companion.listening.link import AnyInstruction, Listen
from companion.method.definitions import load_methods
from companion.session.commands import AgreeToListening, AnyCommand
from companion.session.lifecycle import Session
from companion.session.orders import MeetingOrder
from companion.session.view import MeetingView
from companion.settings import Settings
from companion.storage.opening import Storage
from companion.vocabulary import SentenceKind

METHODS = load_methods()


class FakeEars:
    """Notes what it is told; a test speaks through `say`."""

    def __init__(
        self, hear: Callable[[AnyFinding], Awaitable[None]], now: Callable[[], float]
    ) -> None:
        self.hear = hear
        self.now = now
        self.orders: list[Listen] = []
        self.candidates: list[int] = []
        """From where each listener numbers on."""
        self.told: list[AnyInstruction] = []
        self.stops = 0
        self.alive = False
        self.reached = 0.0

    async def listen(self, order: Listen, candidate: int = 0) -> None:
        self.orders.append(order)
        self.candidates.append(candidate)
        self.alive = True

    def tell(self, instruction: AnyInstruction) -> None:
        self.told.append(instruction)

    async def stop(self) -> None:
        self.stops += self.alive
        self.alive = False


class Room:
    """One session after another on the same storage, as restarts of the service are."""

    def __init__(self, storage: Storage, clock: VirtualClock, folder: Path) -> None:
        self.storage = storage
        self.clock = clock
        self.settings = Settings(data_dir=folder, config_dir=folder / "config", key_source="file")
        self.made: list[FakeEars] = []
        self.slept = 0.0
        self.session = self._session()
        self._task: asyncio.Task[None] | None = None

    def _session(self) -> Session:
        return Session(
            self.settings, self.storage, METHODS, self.clock, self._ears, slept=lambda: self.slept
        )

    def _ears(
        self, hear: Callable[[AnyFinding], Awaitable[None]], now: Callable[[], float]
    ) -> FakeEars:
        self.made.append(FakeEars(hear, now))
        return self.made[-1]

    @property
    def ears(self) -> FakeEars:
        return self.made[-1]

    @property
    def view(self) -> MeetingView:
        view = self.session.view()
        assert view is not None
        return view

    async def start(self, **given: Any) -> str:
        order = MeetingOrder(**{"method": "incident", "members": ("Ans", "Bo", "Cor"), **given})
        return await self.session.start(order)

    async def do(self, *commands: AnyCommand) -> int:
        version = 0
        for command in commands:
            version = await self.session.do(command)
        return version

    async def tick(self, seconds: float = 0.0) -> None:
        """Time passes, and the session looks at the clock."""
        self.clock.advance(seconds)
        await self.session._tick()

    async def say(self, *findings: AnyFinding) -> None:
        """The ears find something, and the session has dealt with it."""
        for finding in findings:
            await self.ears.hear(finding)
        await self.run_until_idle()

    async def report(self, state: ListeningState) -> None:
        await self.say(ListeningReported(at=self.ears.now(), state=state))

    async def run_until_idle(self) -> None:
        listener = asyncio.create_task(self.session._listen())
        while not self.session._heard.empty():  # noqa: ASYNC110
            await asyncio.sleep(0)
        async with self.session._lock:
            pass
        await asyncio.sleep(0)
        async with self.session._lock:
            listener.cancel()

    def crash(self, seconds: float = 0.0) -> None:
        """The service is killed; another one is started `seconds` later."""
        self.clock.advance(seconds)
        self.session = self._session()

    async def events(self, meeting: str) -> list[AnyEvent]:
        return [row.event for row in await self.storage.journal.read(meeting)]


CONSENT = AgreeToListening(agreed=3, present=3)


def question(at: float) -> QuestionHeard:
    return QuestionHeard(at=at, until=at + 2, label=SentenceKind.OPEN, probability=0.9)


def candidate(at: float, number: int = 1) -> AgreementHeard:
    return AgreementHeard(at=at, until=at, candidate=number, probability=0.9, what="Ik bel Ans")


async def fill_disk(room: Room) -> None:
    (pages,) = (await room.storage.database.pragma("PRAGMA page_count"))[0]
    await room.storage.database.pragma(f"PRAGMA max_page_count = {pages}")


async def make_room(room: Room) -> None:
    await room.storage.database.pragma("PRAGMA max_page_count = 1000000")
