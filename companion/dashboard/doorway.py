"""The outermost ASGI layer: the gate, the body's limits, and headers on every answer.

It wraps the whole application, so 404, 405, 500 and static files get the same headers,
and no WebSocket gets round it.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import msgspec
from litestar.types import ASGIApp, Receive, Scope, Send

from companion.dashboard.bodies import BodyRefused, ClientLeft, read_body
from companion.dashboard.gate import Knock, Refusal, Site, refusal
from companion.dashboard.service_log import log

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    b"content-security-policy": _POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    # With no-referrer a browser sends "Origin: null" with our own forms, which would make
    # them look like a stranger's; same-origin tells other sites as little.
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_NO_STORE = (b"cache-control", b"no-store")


class Doorway:
    """`Doorway(app, site)` is the ASGI application to serve."""

    def __init__(self, app: ASGIApp, site: Site, unchanging: str) -> None:
        self._app = app
        self._site = site
        self._unchanging = unchanging
        """Path prefix of files whose address changes with their content."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, or refuse."""
        kind = str(scope["type"])
        if kind not in {"http", "websocket"}:  # lifespan
            await self._app(scope, receive, send)
            return
        knock = _knock(scope)
        refused = refusal(knock, self._site)
        keep = kind == "http" and knock.path.startswith(self._unchanging)
        send = send if kind == "websocket" else _guarded(send, keep=keep)
        if refused is None and kind == "http" and knock.method == "POST":
            try:
                body = await read_body(
                    receive, _only(knock, b"content-type"), _only(knock, b"content-length")
                )
            except ClientLeft:
                return
            except BodyRefused as error:
                refused = error.refusal
            else:
                receive = _replay(body, receive)
        if refused is not None:
            log.refused(refused.status, refused.code)
            await _refuse(kind, refused, send)
            return
        await self._app(scope, receive, send)


def _knock(scope: Scope) -> Knock:
    raw_path = scope.get("raw_path") or str(scope["path"]).encode()
    return Knock(
        kind=str(scope["type"]),
        method=str(scope.get("method", "GET")),
        path=str(scope["path"]),
        target_bytes=len(raw_path) + len(scope.get("query_string", b"")),
        headers=tuple((bytes(key).lower(), bytes(value)) for key, value in scope["headers"]),
    )


def _only(knock: Knock, name: bytes) -> bytes:
    return next(iter(knock.every(name)), b"").lower()


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that hands out the body that was read, then what really comes."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Any:
        return waiting.pop() if waiting else await receive()

    return again


def _guarded(send: Send, *, keep: bool) -> Send:
    """A `send` that puts the security headers on whatever answers."""

    async def with_headers(message: Any) -> None:
        if message["type"] == "http.response.start":
            _add_headers(message, keep=keep and message["status"] in {200, 304})
        await send(message)

    return with_headers


def _add_headers(message: MutableMapping[str, Any], *, keep: bool) -> None:
    own = {*SECURITY_HEADERS, b"cache-control", b"server"}
    headers = [(key, value) for key, value in message.get("headers", []) if key.lower() not in own]
    headers.extend(SECURITY_HEADERS.items())
    headers.append(
        (b"cache-control", b"private, max-age=31536000, immutable") if keep else _NO_STORE
    )
    message["headers"] = headers


async def _refuse(kind: str, refused: Refusal, send: Send) -> None:
    if kind == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": refused.code})
        return
    body = msgspec.json.encode({"status": refused.status, "code": refused.code, "title": "refused"})
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
