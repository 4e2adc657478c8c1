"""The real server on a real port."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from companion.dashboard import protocol
from companion.dashboard.service import HOST, open_socket, run_service
from companion.errors import MethodError, ServiceError
from companion.session.orders import MeetingOrder
from tests.session.rooms import Room

pytestmark = pytest.mark.enable_socket


@asynccontextmanager
async def served(room: Room, **given: Any) -> AsyncIterator[str]:
    """The launch URL of a running service, which stops when the block ends."""
    up: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    settings = room.settings.model_copy(update={"port": 0, "log_level": "ERROR"})
    task = asyncio.create_task(run_service(room.session, settings, up.set_result, **given))
    yield await asyncio.wait_for(up, 10)
    task.cancel()
    with pytest.raises((asyncio.CancelledError, BaseExceptionGroup)):
        await asyncio.wait_for(task, 10)


async def test_the_announced_link_opens_the_pages(room: Room) -> None:
    async with served(room) as url, httpx.AsyncClient() as browser:
        answer = await browser.get(url, follow_redirects=True)
        assert answer.status_code == 200
        assert "server" not in answer.headers


async def test_a_recording_is_started_with_the_service(room: Room) -> None:
    async with served(room, recording=MeetingOrder(method="incident")):
        assert room.session.running


async def test_an_open_stream_does_not_keep_the_service_from_stopping(room: Room) -> None:
    async with httpx.AsyncClient() as browser:
        async with served(room) as url:
            await browser.get(url)
            stream = browser.stream("GET", f"{url.split('/binnen')[0]}/stroom", timeout=None)
            answer = await stream.__aenter__()
            assert answer.status_code == 200
        await stream.__aexit__(None, None, None)


def test_a_port_in_use_is_named_and_another_suggested() -> None:
    with open_socket(0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServiceError) as error:
            open_socket(port)
    assert error.value.message == f"Port {port} is in use"
    assert "COMPANION_PORT" in error.value.hint


async def test_a_recording_that_can_not_be_started_is_one_clear_error(room: Room) -> None:
    settings = room.settings.model_copy(update={"port": 0, "log_level": "ERROR"})
    with pytest.raises(MethodError):
        await run_service(room.session, settings, print, MeetingOrder(method="geen"))


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_the_service_in_order(room: Room, sign: signal.Signals) -> None:
    settings = room.settings.model_copy(update={"port": 0, "log_level": "ERROR"})
    await room.start(agreed=3, present=3)

    def stop(_url: str) -> None:
        signal.raise_signal(sign)

    await asyncio.wait_for(run_service(room.session, settings, stop), 10)
    assert not room.ears.alive


def test_only_this_machine_can_reach_the_service() -> None:
    with open_socket(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-A"])
async def test_a_connection_on_which_nobody_finishes_asking_is_closed(
    room: Room, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(protocol, "SECONDS_TO_ASK", 0.2)
    async with served(room) as url:
        port = int(url.split(":")[2].split("/")[0])
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(sent)
        assert await asyncio.wait_for(reader.read(), 10) == b""
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"A" * 70_000,
    ],
)
async def test_what_is_no_request_gets_a_refusal_or_a_closed_door(room: Room, sent: bytes) -> None:
    async with served(room) as url:
        port = int(url.split(":")[2].split("/")[0])
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(sent)
        writer.write_eof()
        answer = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        assert not answer.startswith(b"HTTP/1.1 5")
        assert b"200 OK" not in answer[:20]
