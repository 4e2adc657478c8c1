"""What the service writes about itself: a closed set of events, each with numbers only.

No path, name, text or address ever gets into a log line, so there is nothing in it to
leak. Stable codes (`gate.host`) are this program's own words.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog

_CODE = re.compile(r"[a-z]+(?:[.-][a-z0-9]+){0,4}")


class ServiceLog:
    """Every line that the pages can write."""

    def __init__(self) -> None:
        self._logger: Any = structlog.get_logger("companion.dashboard")

    def started(self, port: int) -> None:
        """The service listens."""
        self._logger.info("service.started", port=port)

    def stopped(self, streams: int) -> None:
        """The service ends; `streams` were open."""
        self._logger.info("service.stopped", streams=streams)

    def refused(self, status: int, code: str) -> None:
        """The gate or the access rules said no."""
        self._logger.info("request.refused", status=status, code=_plain(code))

    def failed(self, status: int, kind: str) -> None:
        """A defect of ours: the exception's class, never its text."""
        self._logger.error("request.failed", status=status, kind=kind)

    def troubled(self, code: str) -> None:
        """An error that a user met."""
        self._logger.warning("request.troubled", code=_plain(code))

    def sharing_started(self, port: int) -> None:
        """Phones can join."""
        self._logger.info("sharing.started", port=port)

    def sharing_stopped(self, phones: int) -> None:
        """No more; `phones` had joined."""
        self._logger.info("sharing.stopped", phones=phones)

    def stream_opened(self, streams: int) -> None:
        """A page follows along."""
        self._logger.debug("stream.opened", streams=streams)

    def stream_closed(self, streams: int) -> None:
        """A page went."""
        self._logger.debug("stream.closed", streams=streams)


def _plain(code: str) -> str:
    return code if _CODE.fullmatch(code) else "other"


def set_up_logging(level: str) -> None:
    """One line of JSON an event on standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


log = ServiceLog()
