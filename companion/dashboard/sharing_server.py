"""The second listening socket: TLS only, on one address of the local network."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from litestar.types import ASGIApp

from companion.dashboard.protocol import GRACE, PatientH11, quiet_config
from companion.errors import ServiceError

MOST_CONNECTIONS = 200
HANDSHAKE_SECONDS = 10.0


def open_shared_socket(ip: str, port: int) -> socket.socket:
    """A socket that listens on this address alone; ServiceError when it can't."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((ip, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise _no_socket(error, ip, port) from error
    return listening


def _no_socket(error: OSError, ip: str, port: int) -> ServiceError:
    if error.errno == errno.EADDRINUSE:
        return ServiceError(
            "sharing.port", f"Port {port} is in use", "Choose another with COMPANION_SHARE_PORT"
        )
    return ServiceError(
        "sharing.address", f"The address {ip} is not available any more", "Look at the network"
    )


class SharedServer(uvicorn.Server):
    """Serves inside a service that runs already: signals are the other server's."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, with a limit on how long a handshake may take."""
        loop = asyncio.get_running_loop()

        def connection() -> asyncio.Protocol:
            return PatientH11(config=self.config, server_state=self.server_state, app_state={})

        self.servers = [
            await loop.create_server(
                connection,
                sock=each,
                ssl=self.config.ssl,
                ssl_handshake_timeout=HANDSHAKE_SECONDS,
                ssl_shutdown_timeout=GRACE / 2,
            )
            for each in sockets or []
        ]
        self.started = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's; who does not say goodbye in time is cut off."""
        await super().shutdown(sockets)
        for connection in tuple(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)


def make_shared_server(app: ASGIApp, context: ssl.SSLContext) -> SharedServer:
    """A server for phones, as quiet and as patient as the other one."""
    return SharedServer(
        quiet_config(
            app,
            limit_concurrency=MOST_CONNECTIONS,
            ssl_context_factory=lambda _config, _default: context,
        )
    )
