"""Phones without the phone: requests to the application behind the shared socket, gate included."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from companion.dashboard.gate import Site
from companion.dashboard.phones_application import make_phones_application
from companion.dashboard.phones_room import PhonesRoom
from companion.dashboard.sharing import STREAMS
from companion.dashboard.visit import House

HOST = "192.168.1.5:8421"
ORIGIN = f"https://{HOST}"


class FakePhone:
    """A phone in the room, with cookies of its own."""

    def __init__(self, room: PhonesRoom, client: httpx.AsyncClient) -> None:
        self.room = room
        self.client = client

    async def join(self, name: str = "", code: str = "") -> httpx.Response:
        data = {"code": code or self.room.code.code, "name": name}
        return await self.client.post("/meedoen", data=data)

    async def get(self, path: str = "/telefoon", **given: Any) -> httpx.Response:
        return await self.client.get(path, **given)

    async def press(self, button: str, **fields: Any) -> httpx.Response:
        data = {name: str(value) for name, value in fields.items()}
        return await self.client.post(f"/telefoon/doen/{button}", data=data)


@asynccontextmanager
async def make_phone(
    house: House, room: PhonesRoom, address: str = "192.168.1.20"
) -> AsyncIterator[FakePhone]:
    """A phone that has not joined."""
    app = make_phones_application(house, room, Site(host=HOST, scheme="https", streams=STREAMS))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=(address, 50000))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield FakePhone(room, client)
