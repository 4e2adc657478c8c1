"""The scripts, styles, font and icon, read once and served from memory under a digest.

The digest in the address changes with the files, so browsers may keep them for good; and
what is not in the table does not exist, so no path can lead out of the folder. Texts are
packed once, here; pages are never packed, for they mix what people typed with what only they
may see (BREACH).
"""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import msgspec

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
PREFIX = "/bestanden"


class StaticFile(msgspec.Struct, frozen=True):
    """One file as it goes out."""

    body: bytes
    media_type: str
    packed: bytes = b""
    """The body in gzip, for texts; empty where that would not help."""

    def for_browser(self, accepts: str) -> tuple[bytes, dict[str, str]]:
        """The body and its headers for an Accept-Encoding."""
        if not self.packed:
            return self.body, {}
        if "gzip" not in {each.split(";")[0].strip() for each in accepts.lower().split(",")}:
            return self.body, {"vary": "accept-encoding"}
        return self.packed, {"vary": "accept-encoding", "content-encoding": "gzip"}


class StaticFiles(msgspec.Struct, frozen=True):
    """All files by their path below `root`."""

    root: str
    """URL path that holds the digest."""
    by_path: dict[str, StaticFile]

    def at(self, digest: str, name: str) -> StaticFile | None:
        """The file at this address, as long as the address is not an old one."""
        return self.by_path.get(name.lstrip("/")) if self.root.endswith(f"/{digest}") else None


def read_static_files(folder: Path) -> StaticFiles:
    """Every file of a known kind below `folder`."""
    by_path = {}
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix in _TYPES and file.is_file():
            name, body = file.relative_to(folder).as_posix(), file.read_bytes()
            digest.update(name.encode() + b"\0" + body)
            packed = b"" if file.suffix == ".woff2" else gzip.compress(body, mtime=0)
            by_path[name] = StaticFile(body, _TYPES[file.suffix], packed)
    return StaticFiles(f"{PREFIX}/{digest.hexdigest()[:12]}", by_path)
