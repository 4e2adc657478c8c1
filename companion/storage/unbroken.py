"""Work on the database that a caller who goes away does not break off.

A page that is closed cancels its request. Cancelled inside a statement, the only connection
would be thrown away with the file still locked; so the work goes on to its end by itself.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_AT_WORK: set[asyncio.Task[Any]] = set()


def unbroken(work: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, Coroutine[Any, Any, R]]:
    """The same coroutine function, in a task of its own that cancelling the caller leaves alone."""

    @functools.wraps(work)
    async def begun(*args: P.args, **kwargs: P.kwargs) -> R:
        task = asyncio.create_task(work(*args, **kwargs))
        _AT_WORK.add(task)
        task.add_done_callback(_AT_WORK.discard)
        return await asyncio.shield(task)

    return begun
