"""Reading a request's body whole, within limits of size, depth and time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from companion.dashboard.gate import Refusal

Receive = Callable[[], Awaitable[Any]]

MAX_BYTES = 64 * 1024
MAX_DEPTH = 32
"""Of JSON; a decoder that recurses is brought down at about a thousand."""
MAX_FIELDS = 1000
SECONDS = 10.0
"""For the whole body; a trickling client is shown out."""


class BodyRefused(Exception):  # noqa: N818 - it is a refusal, and says so
    """The body breaks a limit."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class ClientLeft(Exception):  # noqa: N818
    """The client hung up while sending."""


async def read_body(receive: Receive, content_type: bytes, announced: bytes) -> bytes:
    """The whole body; BodyRefused when it is too much, too deep or too slow."""
    if announced.isdigit() and (len(announced) > 9 or int(announced) > MAX_BYTES):
        raise BodyRefused(Refusal(413, "gate.body-size"))
    try:
        async with asyncio.timeout(SECONDS):
            body = await _collect(receive)
    except TimeoutError:
        raise BodyRefused(Refusal(408, "gate.body-slow")) from None
    if b"json" in content_type and json_depth(body) > MAX_DEPTH:
        raise BodyRefused(Refusal(400, "gate.body-depth"))
    if body.count(b"&") >= MAX_FIELDS:
        raise BodyRefused(Refusal(413, "gate.body-fields"))
    return body


async def _collect(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientLeft
        body += message.get("body", b"")
        if len(body) > MAX_BYTES:
            raise BodyRefused(Refusal(413, "gate.body-size"))
        if not message.get("more_body", False):
            return bytes(body)


def json_depth(body: bytes) -> int:
    """Deepest nesting of arrays and objects, quoted brackets left out; no parsing."""
    depth = deepest = 0
    quoted = escaped = False
    for byte in body:
        if escaped:
            escaped = False
        elif quoted:
            escaped = byte == 0x5C
            quoted = byte != 0x22
        elif byte == 0x22:
            quoted = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest
