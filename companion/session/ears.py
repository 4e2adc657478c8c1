"""What the session needs of a listener; listening.supervisor gives it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from companion.events import AnyFinding
from companion.listening.link import AnyInstruction, Listen


class Ears(Protocol):
    """A listener that can be started, told things and ended."""

    @property
    def alive(self) -> bool:
        """It was started and not stopped."""
        ...

    @property
    def reached(self) -> float:
        """Seconds of the recording that were understood: where another listener goes on."""
        ...

    async def listen(self, order: Listen, candidate: int = 0) -> None:
        """Start listening; new candidates for the plan are numbered on from `candidate`."""
        ...

    def tell(self, instruction: AnyInstruction) -> None:
        """Pass on an instruction."""
        ...

    async def stop(self) -> None:
        """End the process; when this returns it is gone."""
        ...


class EarsFactory(Protocol):
    """Makes the ears of one meeting."""

    def __call__(
        self, hear: Callable[[AnyFinding], Awaitable[None]], now: Callable[[], float]
    ) -> Ears:
        """`hear` is given every finding in order; `now` tells meeting time."""
        ...
