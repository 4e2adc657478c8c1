"""Who wants to know that something changed. What it is now, they ask themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import msgspec


class Change(msgspec.Struct, frozen=True):
    """The meeting is at `version`; `what` names the types of the events since the last Change."""

    version: int
    what: frozenset[str]


class Subscription:
    """Changes for one listener, as an async iterator.

    A slow one gets fewer and larger changes, never a queue: at most one waits.
    """

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._waiting: Change | None = None
        self._wake = asyncio.Event()
        self._closed = False

    def __aiter__(self) -> Subscription:
        return self

    async def __anext__(self) -> Change:
        await self._wake.wait()
        self._wake.clear()
        change, self._waiting = self._waiting, None
        if self._closed or change is None:
            raise StopAsyncIteration
        return change

    def close(self) -> None:
        """No more changes; safe to call twice, and without a running loop's help."""
        self._closed = True
        self._waiting = None
        self._changes.leave(self)
        self._wake.set()

    def put(self, change: Change) -> None:
        """Add a change to the one that waits."""
        before = self._waiting.what if self._waiting else frozenset[str]()
        self._waiting = Change(change.version, before | change.what)
        self._wake.set()


class Changes:
    """All subscriptions."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()

    def __len__(self) -> int:
        return len(self._subscriptions)

    def subscribe(self) -> Subscription:
        """Changes from now on."""
        subscription = Subscription(self)
        self._subscriptions.add(subscription)
        return subscription

    def leave(self, subscription: Subscription) -> None:
        """Called by a subscription that closes."""
        self._subscriptions.discard(subscription)

    def publish(self, version: int, what: Iterable[str]) -> None:
        """Tell everyone."""
        change = Change(version, frozenset(what))
        for subscription in tuple(self._subscriptions):
            subscription.put(change)

    def close(self) -> None:
        """End every subscription."""
        for subscription in tuple(self._subscriptions):
            subscription.close()
