"""A second look at what was heard: blocks of about 20 s, beside the quick one per utterance.

What is said of an utterance must be early, so it is recognised by itself. In a block the
same recogniser makes a third fewer mistakes. So counts are corrected half a minute later,
as long as the machine has time for it: the thread and its model are of lower priority than
everything else, it rests after each look, and what it can't keep up with stays as it was.
"""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import msgspec

from companion.errors import ModelError
from companion.listening.backlog import Waiting
from companion.listening.forgotten import Forgotten
from companion.speech.blocks import Block, Blocks
from companion.speech.heard import Heard
from companion.speech.recognition import recognise_block
from companion.speech.transcriber import Transcriber

SHARE = 0.35
"""Of the time: the most that second looks may take."""
_NICENESS = 15
_PATIENCE = 3.0
"""Seconds that the end of a recording that is played waits for the last looks."""
_HELD = 1
"""Blocks that may wait; more are left as they were."""

Told: TypeAlias = tuple[Waiting, Heard | None]
"""An utterance and what the first look made of it."""


@dataclass(frozen=True, eq=False)
class Looked:
    """What is now believed of the stretch from `at` to `until`, in meeting time."""

    at: float
    until: float
    heard: tuple[Heard, ...]
    step: int


@dataclass(frozen=True, eq=False)
class _Work:
    block: Block
    origin: float
    told: tuple[Heard, ...]
    step: int


@dataclass
class SecondLook:
    """Takes what was told, gives what should have been; `pace` 0: nothing is live, all is done."""

    load: Callable[[], Transcriber]
    pace: float = 1.0
    step: int = 0
    """The step in which what comes now is said."""
    _blocks: Blocks = field(default_factory=Blocks)
    _origin: float = 0.0
    _told: list[Heard] = field(default_factory=list)
    _work: queue.Queue[_Work | None] = field(default_factory=lambda: queue.Queue(_HELD))
    _done: queue.SimpleQueue[Looked] = field(default_factory=queue.SimpleQueue)
    _forgotten: Forgotten = field(default_factory=Forgotten)
    """Nothing of it may be told: it may be in work."""
    _ending: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Load a model of its own, then begin; both in a thread that gives way to all others."""
        self._thread = threading.Thread(target=self._run, name="second-look", daemon=True)
        self._thread.start()

    def enter(self, step: int) -> None:
        """The group goes to another step: a block belongs to one."""
        self._close()
        self.step = step

    def add(self, waiting: Waiting, heard: Heard | None) -> None:
        """What the first look took, and what it made of it."""
        if waiting.origin != self._origin:
            self._close()
            self._origin = waiting.origin
        if block := self._blocks.add(waiting.utterance):
            self._hand_over(block)
        if heard:
            self._told.append(heard)

    def ready(self) -> Iterator[Looked]:
        """What was looked at since it was last asked."""
        while not self._done.empty():
            looked = self._done.get()
            if not self._forgotten.holds(looked.at, looked.until):
                yield looked

    def forget(self, since: float, until: float) -> None:
        """Let go of all that waits, and tell nothing of what was said between these moments."""
        self._forgotten.add(since, until)
        self._blocks.finish()
        self._told = []
        with contextlib.suppress(queue.Empty):
            while True:
                self._work.get_nowait()

    def finish(self) -> Iterator[Looked]:
        """Nothing more comes: look at the rest and give it; live, what is ready in time."""
        patience = _PATIENCE if self.pace else None
        self._ending.set()
        self._close(patience)
        with contextlib.suppress(queue.Full):
            self._work.put(None, timeout=patience)
        if self._thread:
            self._thread.join(patience)
        yield from self.ready()

    def _close(self, patience: float | None = 0.0) -> None:
        if block := self._blocks.finish():
            self._hand_over(block, patience)

    def _hand_over(self, block: Block, patience: float | None = 0.0) -> None:
        work = _Work(block, self._origin, tuple(self._told), self.step)
        self._told = []
        with contextlib.suppress(queue.Full):  # left as it was
            self._work.put(work, block=patience != 0 or not self.pace, timeout=patience or None)

    def _run(self) -> None:
        _give_way()
        try:
            transcriber = self.load()
        except ModelError:  # the first look tells it
            self._drain()
            return
        while work := self._work.get():
            began = time.monotonic()
            self._look(work, transcriber)
            if self.pace:
                self._ending.wait((time.monotonic() - began) * (1 / SHARE - 1))

    def _drain(self) -> None:
        while self._work.get():
            pass

    def _look(self, work: _Work, transcriber: Transcriber) -> None:
        heard = recognise_block(work.block, transcriber, origin=work.origin)
        if heard is None:
            return
        told = tuple(_by_the_same(phrase, work.told) for phrase in heard)
        at, until = work.origin + work.block.at, work.origin + work.block.until
        self._done.put(Looked(at, until, told, work.step))


def _by_the_same(phrase: Heard, told: tuple[Heard, ...]) -> Heard:
    """The phrase with the voice of what it shares most time with."""
    best = max(told, key=lambda one: _shared(phrase, one), default=None)
    if best is None or _shared(phrase, best) <= 0:
        return phrase
    return msgspec.structs.replace(phrase, voice=best.voice, role=best.role, sure=best.sure)


def _shared(one: Heard, other: Heard) -> float:
    return min(one.until, other.until) - max(one.at, other.at)


def _give_way() -> None:
    """Lower this thread's priority, and that of the threads that it will start."""
    if sys.platform == "linux":  # elsewhere it would be the whole process's
        os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)
