"""A browser without the browser: requests to the application, gate included, in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from companion.dashboard.application import STREAMS, make_application, make_house
from companion.dashboard.gate import Site
from companion.dashboard.visit import House
from companion.storage.records import Group
from tests.session.rooms import Room

PORT = 8420
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"
MEMBERS = ("Ans", "Bilal", "Chantal", "Daan")


class Visitor:
    """Somebody with a cookie jar."""

    def __init__(self, room: Room, house: House, client: httpx.AsyncClient) -> None:
        self.room = room
        self.house = house
        self.client = client

    async def come_in(self) -> httpx.Response:
        """Open the launch link."""
        return await self.get("/binnen", params={"sleutel": self.house.sessions.token})

    async def get(self, path: str, **given: Any) -> httpx.Response:
        return await self.client.get(path, **given)

    async def post(self, path: str, data: Any = None, **given: Any) -> httpx.Response:
        return await self.client.post(path, data=data or {}, **given)

    async def press(self, button: str, **fields: str) -> httpx.Response:
        """Press a button of the live page, without a script."""
        return await self.post(f"/leiden/doen/{button}", fields)

    async def group(self, **given: Any) -> str:
        values: dict[str, Any] = {
            "id": "g1",
            "name": "Team Noord",
            "members": MEMBERS,
            "created": 1.0,
        }
        group = Group(**(values | {"method": "incident"} | given))
        await self.room.storage.groups.save(group)
        return group.id


@asynccontextmanager
async def make_visitor(room: Room) -> AsyncIterator[Visitor]:
    """A visitor without a session."""
    house = make_house(room.session, PORT)
    app = make_application(house, Site(host=HOST, streams=STREAMS))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield Visitor(room, house, client)
