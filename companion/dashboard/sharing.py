"""Sharing a meeting with phones in the room: off, until the begeleider switches it on.

On means: a second socket, TLS only, on one address of the local network, with an
application of its own behind it. Off, or the end of the meeting, closes the socket, revokes
every phone's session and forgets what was written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import msgspec
from litestar.types import ASGIApp

from companion.dashboard.gate import Site
from companion.dashboard.phones_room import PhonesRoom
from companion.dashboard.service_log import log
from companion.dashboard.sharing_addresses import Address, local_addresses
from companion.dashboard.sharing_certificate import Certificate, make_certificate
from companion.dashboard.sharing_qr import QrPath, qr_path
from companion.dashboard.sharing_server import SharedServer, make_shared_server, open_shared_socket
from companion.errors import UsageError
from companion.session.lifecycle import Session

STREAMS = frozenset({"/stroom"})
MakeApplication = Callable[[PhonesRoom, Site], ASGIApp]


class Shared(msgspec.Struct, frozen=True):
    """What exists only while a meeting is shared."""

    room: PhonesRoom
    site: Site
    certificate: Certificate
    over: asyncio.Event
    task: asyncio.Task[None]

    @property
    def link(self) -> str:
        """What the QR code says. The part behind # stays in the phone."""
        room, certificate = self.room, self.certificate
        fragment = f"code={room.code.code}&sha256={certificate.fingerprint}"
        return f"{self.site.origin}/#{fragment}"

    @property
    def qr(self) -> QrPath:
        """The link as a drawing."""
        return qr_path(self.link)


class Sharing:
    """Whether the running meeting is shared, and with whom."""

    addresses: Callable[[], list[Address]] = staticmethod(local_addresses)

    def __init__(self, session: Session) -> None:
        self._session = session
        self.now: Shared | None = None

    @property
    def on(self) -> bool:
        """Phones can join."""
        return self.now is not None

    @property
    def room(self) -> PhonesRoom | None:
        """The phones, while there are any to be."""
        return self.now.room if self.now else None

    async def start(self, ip: str, application: MakeApplication) -> None:
        """Open the socket on this address; UsageError or ServiceError when that can't be done."""
        if self.on:
            return
        meeting = self._session.running
        if meeting is None:
            raise UsageError("session.none", "No meeting is running")
        if ip not in {address.ip for address in self.addresses()}:
            raise UsageError("sharing.address", f"This machine is not at {ip} any more")
        certificate = make_certificate(ip, self._session.settings.data_dir)
        listening = open_shared_socket(ip, self._session.settings.share_port)
        port = int(listening.getsockname()[1])
        site = Site(host=f"{ip}:{port}", scheme="https", streams=STREAMS)
        room = PhonesRoom(meeting, port)
        server = make_shared_server(application(room, site), certificate.context)
        over = asyncio.Event()
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        task = asyncio.create_task(self._until_over(server, serving, over))
        self.now = Shared(room, site, certificate, over, task)
        log.sharing_started(port)
        self._session.tell("SharingStarted")

    async def stop(self) -> None:
        """Close the socket; done when every connection is gone."""
        shared = self.now
        if shared is not None:
            shared.over.set()
            with suppress(asyncio.CancelledError):
                await shared.task

    async def _until_over(
        self, server: SharedServer, serving: asyncio.Task[None], over: asyncio.Event
    ) -> None:
        """Until it is stopped, its meeting ends, or the server gives up."""
        waits = [asyncio.create_task(over.wait()), asyncio.create_task(self._meeting_over())]
        await asyncio.wait([*waits, serving], return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        self._forget()
        server.should_exit = True
        await serving

    async def _meeting_over(self) -> None:
        meeting = self._session.running
        subscription = self._session.subscribe()
        try:
            async for _ in subscription:
                if self._session.running != meeting:
                    return
        finally:
            subscription.close()

    def _forget(self) -> None:
        shared, self.now = self.now, None
        if shared is not None:
            log.sharing_stopped(len(shared.room))
            shared.room.close()
            self._session.tell("SharingStopped")
