"""Requests that no page of ours would send: `python -m tests.dashboard.fuzzing [COUNT] [SEED]`.

Every route of the access table, with paths, queries and fields from a pool of right and wrong
values. What must hold: an answer below 500 with the security headers, and a service that still
works. The seed makes a run repeatable.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from companion.clock import VirtualClock
from companion.dashboard.access import ACCESS
from companion.dashboard.doorway import SECURITY_HEADERS
from companion.dashboard.service_log import set_up_logging
from companion.resources import bundled
from companion.storage.opening import open_plain
from tests.dashboard.payloads import payloads
from tests.dashboard.visitor import MEMBERS, Visitor, make_visitor
from tests.session.rooms import METHODS, Room

_NOT_HERE = {
    "GET /stroom": "never ends",
    "POST /afmelden": "ends the visitor's session",
    "GET /microfoon": "starts a process",
    "POST /microfoon": "starts a process",
    "POST /microfoon/proef": "starts a process",
    "POST /delen/aan": "opens a port",
    "POST /delen/code": "opens a port",
    "POST /leiden/geluid": "starts a process",
    "GET /stem": "starts a process",
    "POST /stem": "starts a process",
}
ROUTES = sorted(set(ACCESS) - set(_NOT_HERE))
_NUMBERS = ("0", "-1", "1", "3", "0,5", "1e9", "NaN", "inf", "9" * 30, "١", "0x1", "2027-02-30")
_LONG = ("x" * 5_000, "é" * 2_000, "a\n" * 500, "&" * 300, "=" * 300)
_TYPES = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "",
)
_FEW = 40
"""Requests after which a meeting is begun again, should the last one have ended."""


class Fuzzer:
    """Sends what it likes, and notes what went wrong."""

    def __init__(self, visitor: Visitor, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (not for secrets)
        self.visitor = visitor
        self.failures: list[str] = []
        templates = (bundled("web") / "templates").glob("*.html")
        written = {
            n for file in templates for n in re.findall(r'name="([a-z-]+)"', file.read_text())
        }
        self.names = sorted(written | {"groep", "methode", "sleutel", "minutes-vragen"})
        self.ids = ["groep1", "volgende", "bevestig", "incident", "vragen", "md", *METHODS]
        self.values = [*payloads(), *_NUMBERS, *MEMBERS, *self.ids, "yes", "no", "", *_LONG]

    async def run(self, count: int) -> None:
        """`count` requests, and now and then a meeting to send them at."""
        for number in range(count):
            if number % _FEW == 0:
                await self._begin()
            await self._one()

    async def _begin(self) -> None:
        room = self.visitor.room
        await self.visitor.group(id="groep1")
        if room.session.running is None:
            meeting = await room.start(group="groep1", members=MEMBERS, agreed=4, present=4)
            self.ids = [*self.ids[-20:], meeting]
        room.clock.advance(self.random.choice((0, 1, 60, 4000)))
        await room.session._tick()

    async def _one(self) -> None:
        pick = self.random.choice
        method, template = pick(ROUTES).split(" ", 1)
        path = re.sub(r"\{[a-z_]+\}", lambda _: self._segment(), template)
        if self.random.random() < 0.2:
            path += f"?{quote(pick(self.names))}={quote(pick(self.values)[:300], errors='replace')}"
        headers = {"hx-request": "true"} if self.random.random() < 0.3 else {}
        body = b""
        if method == "POST":
            headers["content-type"] = pick(_TYPES) if self.random.random() < 0.1 else _TYPES[0]
            body = self._body()
        answer = await self.visitor.client.request(method, path, content=body, headers=headers)
        missing = [name for name in SECURITY_HEADERS if name.decode() not in answer.headers]
        if answer.status_code >= 500 or missing:
            self.failures.append(f"{answer.status_code} {method} {path} {body[:300]!r} {missing}")

    def _segment(self) -> str:
        known = self.random.random() < 0.7
        return quote(self.random.choice(self.ids if known else self.values)[:200], safe="")

    def _body(self) -> bytes:
        if self.random.random() < 0.05:
            return self.random.randbytes(self.random.randrange(400))
        fields = self.random.choices(self.names, k=self.random.randrange(9))
        pairs = ((name, self.random.choice(self.values)) for name in fields)
        return "&".join(f"{quote(n)}={quote(v, errors='replace')}" for n, v in pairs).encode()


async def fuzz(folder: Path, count: int, seed: int) -> list[str]:
    """What went wrong in `count` requests; empty when nothing did."""
    clock = VirtualClock()
    storage = await open_plain(folder / "fuzz.db", clock)
    try:
        async with make_visitor(Room(storage, clock, folder)) as visitor:
            await visitor.come_in()
            fuzzer = Fuzzer(visitor, seed)
            await fuzzer.run(count)
            if (await visitor.get("/")).status_code != 200:
                fuzzer.failures.append("the first page is gone")
            return fuzzer.failures
    finally:
        await storage.close()


def main(count: int, seed: int) -> None:
    """A long run, with its failures."""
    set_up_logging("ERROR")
    with tempfile.TemporaryDirectory() as folder:
        failures = asyncio.run(fuzz(Path(folder), count, seed))
    sys.stdout.write("\n".join([*failures, f"{count} requests, {len(failures)} failures\n"]))
    sys.exit(bool(failures))


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [20_000, 1][len(given) :]))
