"""HTTP/1.1 with a limit on how long somebody may take to ask something."""

from __future__ import annotations

import asyncio
from typing import Any

import uvicorn
from litestar.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

GRACE = 2
"""Seconds that open streams get when a server stops."""
SECONDS_TO_ASK = 10.0
"""From the opening of a connection, or the end of an answer, to a whole request head."""


class PatientH11(H11Protocol):
    """Closes a connection on which no request head is completed in time.

    uvicorn's own keep-alive limit starts after the first answer only, so that a socket that
    trickles bytes, or sends none, would stay open for ever.
    """

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Starts the first term."""
        super().connection_made(transport)
        self._start_term()

    def data_received(self, data: bytes) -> None:
        """Ends the term when the head of a request is complete."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._end_term()

    def on_response_complete(self) -> None:
        """Starts the next term."""
        super().on_response_complete()
        if not self.transport.is_closing():
            self._start_term()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets the term."""
        self._end_term()
        super().connection_lost(exc)

    def _start_term(self) -> None:
        self._end_term()
        self._deadline = self.loop.call_later(SECONDS_TO_ASK, self._too_late)

    def _end_term(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_late(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()


def quiet_config(app: ASGIApp, **own: Any) -> uvicorn.Config:
    """A server's configuration without any log or header of uvicorn's; `own` goes to it as is."""
    return uvicorn.Config(
        app,
        http=PatientH11,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=32 * 1024,
        **own,
    )
