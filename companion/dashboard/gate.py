"""Who may knock at all: decided on the head of a request, before anything reads it. Pure.

A page of another site can make the browser of this machine send requests here (DNS
rebinding, cross-site forms and sockets). Three facts that such a page can't forge keep
it out: `Host`, `Origin` and `Sec-Fetch-Site`. Sources: Fetch standard (Origin), W3C
Fetch Metadata, RFC 9112 section 3.2 (exactly one Host).
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

Headers = Iterable[tuple[bytes, bytes]]

_SAFE = frozenset({"GET", "HEAD"})
_METHODS = _SAFE | {"POST"}
_OWN_SITE = frozenset({b"same-origin", b"none"})
_BODY_TYPES = frozenset({b"application/x-www-form-urlencoded", b"application/json"})
_MAX_TARGET = 2048
"""Bytes of path and query; our longest is under 200."""


class Refusal(msgspec.Struct, frozen=True):
    """Why a request goes no further: an HTTP status and a stable code."""

    status: int
    code: str


class Knock(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a request, as the gate needs it."""

    kind: str
    """"http" or "websocket"."""
    method: str = "GET"
    path: str = "/"
    target_bytes: int = 1
    headers: tuple[tuple[bytes, bytes], ...] = ()

    def every(self, name: bytes) -> list[bytes]:
        """All values of a header, in order."""
        return [value for key, value in self.headers if key == name]


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """The one address this service answers to."""

    host: str
    """Host with port, as a browser sends it."""
    scheme: str = "http"
    streams: frozenset[str] = frozenset()
    """Paths that answer with an endless stream."""

    @property
    def origin(self) -> str:
        """What a page of ours sends as its Origin."""
        return f"{self.scheme}://{self.host}"


def refusal(knock: Knock, site: Site) -> Refusal | None:
    """Why this request is refused, or None to let it through to the access rules."""
    if knock.every(b"host") != [site.host.encode()]:
        return Refusal(421, "gate.host")
    if knock.target_bytes > _MAX_TARGET:
        return Refusal(414, "gate.target")
    if knock.kind == "websocket":
        return _stranger(knock, site)
    return _by_method(knock, site)


def _by_method(knock: Knock, site: Site) -> Refusal | None:
    if knock.method not in _METHODS:
        return Refusal(405, "gate.method")
    if knock.method not in _SAFE:
        return _stranger(knock, site) or _body(knock)
    if knock.path in site.streams or _wants_stream(knock):
        return _stranger(knock, site)
    return None


def _stranger(knock: Knock, site: Site) -> Refusal | None:
    """A request that changes or keeps something must come from our own page."""
    fetch_site = knock.every(b"sec-fetch-site")
    if fetch_site and (len(fetch_site) > 1 or fetch_site[0] not in _OWN_SITE):
        return Refusal(403, "gate.site")
    origin = knock.every(b"origin")
    if origin and origin != [site.origin.encode()]:
        return Refusal(403, "gate.origin")
    return None


def _wants_stream(knock: Knock) -> bool:
    return any(b"text/event-stream" in value.lower() for value in knock.every(b"accept"))


def _body(knock: Knock) -> Refusal | None:
    """One plain content type; no multipart, so no upload ever spools to a disk."""
    types = knock.every(b"content-type")
    if len(types) > 1:
        return Refusal(400, "gate.content-type")
    if types and types[0].split(b";")[0].strip().lower() not in _BODY_TYPES:
        return Refusal(415, "gate.content-type")
    if knock.every(b"content-encoding"):
        return Refusal(415, "gate.content-encoding")
    return None
