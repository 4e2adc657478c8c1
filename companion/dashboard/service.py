"""Serving the application on this machine only, until it is told to stop."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import uvicorn

from companion.dashboard.application import STREAMS, make_application, make_house
from companion.dashboard.gate import Site
from companion.dashboard.protocol import quiet_config
from companion.dashboard.service_log import log, set_up_logging
from companion.dashboard.visit import House
from companion.errors import ServiceError
from companion.session.lifecycle import Session
from companion.session.orders import MeetingOrder
from companion.settings import Settings

HOST = "127.0.0.1"


async def run_service(
    session: Session,
    settings: Settings,
    announce: Callable[[str], None],
    recording: MeetingOrder | None = None,
) -> None:
    """Serve until stopped; `announce` gets the URL to open once the port listens.

    `recording` is a meeting to start at once (the demo). Raises ServiceError when the port
    is taken. The caller opens and closes the session's storage; this runs the session.
    """
    set_up_logging(settings.log_level)
    with open_socket(settings.port) as listening:
        port = int(listening.getsockname()[1])
        house = make_house(session, port)
        server = make_server(house, port)
        if recording is not None and session.running is None:
            await session.start(recording)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(session.run())
            tasks.create_task(_announce_when_up(server, house, port, announce))
            try:
                await server.serve(sockets=[listening])
            finally:
                log.stopped(len(house.streams))
                await session.close()
                await house.sharing.stop()
                with suppress(asyncio.CancelledError):
                    await running


def open_socket(port: int) -> socket.socket:
    """A listening socket on this machine only; ServiceError when the port is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        taken = error.errno == errno.EADDRINUSE
        raise ServiceError(
            "service.port",
            f"Port {port} is {'in use' if taken else 'not available'}",
            "Choose another with COMPANION_PORT, such as COMPANION_PORT=8421, or 0 for any",
        ) from error
    return listening


def launch_url(house: House, port: int) -> str:
    """The address with the token that works once."""
    return f"http://{HOST}:{port}/binnen?sleutel={house.sessions.token}"


def make_server(house: House, port: int) -> uvicorn.Server:
    """The server, without any log or header of its own."""
    site = Site(host=f"{HOST}:{port}", streams=STREAMS)
    return _Server(quiet_config(make_application(house, site), host=HOST, port=port))


class _Server(uvicorn.Server):
    """Takes a signal as the wish to stop, and no more.

    uvicorn raises the signal once more when it is done; that would cancel the closing of
    the session halfway.
    """

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, without the echo."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()


async def _announce_when_up(
    server: uvicorn.Server, house: House, port: int, announce: Callable[[str], None]
) -> None:
    while not server.started:
        if server.should_exit:
            return
        await asyncio.sleep(0.01)
    log.started(port)
    announce(launch_url(house, port))
