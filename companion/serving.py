"""Putting the service together: settings, methods, storage, session, pages."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import webbrowser
from collections.abc import Callable

from companion.dashboard.service import run_service as serve_pages
from companion.dashboard.service_log import set_up_logging
from companion.errors import CompanionError
from companion.method.definitions import read_methods
from companion.resources import bundled
from companion.session.lifecycle import Session
from companion.session.orders import MeetingOrder
from companion.settings import Settings, load_settings
from companion.storage.opening import open_storage
from companion.vocabulary import Role, StepMode

Say = Callable[[str], None]


def run_service(say: Say, warn: Say, *, demo_speed: float | None = None) -> None:
    """Serve until stopped; with `demo_speed` the sample meeting is played at once.

    `say` gets the URL, `warn` what could not be used. StorageError, ServiceError.
    """
    settings = load_settings()
    set_up_logging(settings.log_level)
    try:
        asyncio.run(_serve(settings, say, warn, demo_speed))
    except BaseExceptionGroup as group:  # from the task group that serves
        error = _first(group)
        raise error from group


async def _serve(settings: Settings, say: Say, warn: Say, demo_speed: float | None) -> None:
    methods = read_methods(settings.config_dir)
    for problem in methods.problems:
        warn(problem.message)
    storage = await open_storage(settings)
    try:
        session = Session(settings, storage, methods.by_id)
        if await session.resume():
            warn("A running meeting goes on")
        order = None if demo_speed is None else demo_order(demo_speed)

        def announce(url: str) -> None:
            say(url)
            if settings.open_browser and _has_browser():
                webbrowser.open(url)

        await serve_pages(session, settings, announce, order)
    finally:
        await storage.close()


def demo_order(speed: float) -> MeetingOrder:
    """The sample meeting: everyone in it agreed to listening."""
    demo = bundled("models/demo")
    rows = (demo / "transcript.jsonl").read_text(encoding="utf-8").splitlines()
    speakers = tuple(dict.fromkeys(json.loads(row)["speaker"] for row in rows if row))
    names = tuple(_DEMO_NAMES.get(speaker, speaker) for speaker in speakers)
    return MeetingOrder(
        method="incident",
        minutes=_DEMO_MINUTES,
        members=names,
        inbrenger=_DEMO_NAMES[Role.INBRENGER],
        begeleider=_DEMO_NAMES[Role.BEGELEIDER],
        mode=StepMode.AUTOMATISCH,
        agreed=len(names),
        present=len(names),
        recording=str(demo / "incident.opus"),
        speed=speed,
    )


_DEMO_MINUTES = 6.0
_DEMO_NAMES: dict[str, str] = {Role.INBRENGER: "Peter", Role.BEGELEIDER: "Anneke"}
"""In the sample's transcript these two go by their role."""


def _has_browser() -> bool:
    """A browser that can show something: on Linux that needs a screen."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The companion's own error in a group, else whatever came first."""
    inner = [e for e in group.exceptions if not isinstance(e, BaseExceptionGroup)]
    nested = [_first(e) for e in group.exceptions if isinstance(e, BaseExceptionGroup)]
    found = [*inner, *nested]
    own = [error for error in found if isinstance(error, CompanionError)]
    return (own or found)[0]
