"""The whole program as a process, as a user starts it."""
# ruff: noqa: S310 - the addresses are the ones that the program itself printed

from __future__ import annotations

import http.cookiejar
import os
import queue
import signal
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
from types import TracebackType
from typing import IO, Self
from urllib.parse import urlsplit


class Program:
    """`companion …` running; enters its page with the printed link."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "companion.cli", *arguments],
            env=os.environ | {"COMPANION_PORT": "0"} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        assert self.process.stdout
        out = self.process.stdout
        self._reader = threading.Thread(target=self._read, args=(out,), daemon=True)
        self._reader.start()
        self.forget()
        self.url = ""

    def __enter__(self) -> Self:
        self.url = self._lines.get(timeout=60).strip()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()
        self._reader.join(5)
        self.process.communicate()

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def enter(self) -> str:
        """Use the link; the page that follows."""
        return self._open(urllib.request.Request(self.url))

    def get(self, path: str) -> str:
        """A page."""
        return self._open(urllib.request.Request(self.origin + path))

    def forget(self) -> None:
        """Be another visitor: no cookie."""
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)

    def post(self, path: str, **fields: str) -> str:
        """A form; the page that follows."""
        data = urllib.parse.urlencode(fields).encode()
        return self._open(urllib.request.Request(self.origin + path, data, method="POST"))

    def press(self, button: str, /, **fields: str) -> str:
        """A button of the live page; returns when the service has acknowledged it."""
        return self.post(f"/leiden/doen/{button}", **fields)

    def kill(self) -> None:
        """As the power going."""
        self.process.kill()
        self.process.wait()

    def _open(self, request: urllib.request.Request) -> str:
        with self._opener.open(request, timeout=30) as answer:
            return str(answer.read().decode())

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self._lines.put(line)
