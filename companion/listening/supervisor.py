"""Keeps a listener process alive: starts it, hears it, replaces it when it dies.

A listener ends with its meeting; the process's death is what erases the words. While a
meeting is paused no process is started, since a new one opens the microphone at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

import msgspec

from companion.events import (
    AgreementHeard,
    AgreementWithdrawn,
    AnyFinding,
    Gap,
    GapCause,
    LevelMeasured,
    ListeningProblem,
    ListeningReported,
    ListeningState,
    TurnHeard,
)
from companion.listening.alignment import Alignment
from companion.listening.link import (
    AnyInstruction,
    Finish,
    Forget,
    FrameError,
    HearAgain,
    InStep,
    Listen,
    StopHearing,
    Unpacker,
    VoiceRole,
    pack,
    read_finding,
)
from companion.vocabulary import Role

Hear: TypeAlias = Callable[[AnyFinding], Awaitable[None]]

WORKER = (sys.executable, "-m", "companion.listening.worker")
BACKOFF = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds before each restart in a row; the first is at once."""
HEALTHY_AFTER = 30.0
"""Seconds of life after which a death counts as the first again."""
HUNG_AFTER = 15.0
"""Seconds without a sign from a listener that hears (it measures the level all the time)."""
_GOODBYE = 1.0
_BLOCK = 1 << 16
_HEARING = (ListeningState.HEARING, ListeningState.QUIET, ListeningState.CATCHING_UP)


class Supervisor:
    """One meeting's listener. `hear` gets every finding in order; `now` is meeting time."""

    def __init__(
        self, hear: Hear, now: Callable[[], float], command: Sequence[str] = WORKER
    ) -> None:
        self._hear = hear
        self._now = now
        self._command = tuple(command)
        self._order: Listen | None = None
        self._roles: dict[int, Role | None] = {}
        self._task: asyncio.Task[None] | None = None
        self._process: Process | None = None
        self._wanted = asyncio.Event()
        self._ending = False
        self._alignment = Alignment()
        self._state = ListeningState.OFF
        self._problem = ListeningProblem.NONE
        self._lag = 0.0
        self._heard_until: float | None = None
        self._lost_at: float | None = None
        self._candidate = self._candidates_before = 0
        """The highest number of a candidate, and the one before this listener's life."""
        self._played = 0.0
        """Seconds of the recording that were heard."""
        self.reached = 0.0
        """Seconds of the recording that were understood: where another listener goes on."""

    @property
    def alive(self) -> bool:
        """A listener is wanted; its process may be between two lives."""
        return self._task is not None and not self._task.done()

    @property
    def pid(self) -> int | None:
        """The process's id while it lives."""
        process = self._process
        return process.pid if process and process.returncode is None else None

    async def listen(self, order: Listen, candidate: int = 0) -> None:
        """Start a listener; one that was there ends first.

        Candidates for the plan are numbered on from `candidate`, whatever lives a listener has.
        """
        await self.stop()
        self._ending = False
        self._order = order
        self._played = self.reached = order.source_from
        self._candidate = max(self._candidate, candidate)
        self._roles.clear()
        self._lost_at = self._heard_until = None
        self._wanted.set()
        await self._report(ListeningState.STARTING)
        self._task = asyncio.create_task(self._supervise(), name="listener")

    def tell(self, instruction: AnyInstruction) -> None:
        """Pass an instruction on, and remember it for the listener's next life."""
        order = self._order
        if order is None:
            return
        match instruction:
            case InStep(step=step):
                self._order = msgspec.structs.replace(order, step=step)
            case VoiceRole(voice=voice, role=role):
                self._roles[voice] = role
            case StopHearing():
                self._wanted.clear()
            case HearAgain(starts_at=starts_at):
                if self.pid is not None:  # in the time of the listener that lives
                    starts_at -= self._alignment.delay
                    instruction = HearAgain(starts_at=starts_at)
                self._go_on_from(starts_at)
                self._wanted.set()
            case Forget(since=since, until=until):  # a listener that died remembers nothing
                since, until = self._alignment.theirs(since), self._alignment.theirs(until)
                instruction = Forget(since=since, until=until)
            case _:
                pass
        if self.pid is not None:
            self._send(instruction)

    async def stop(self) -> None:
        """End the listener; when this returns its process is gone."""
        task, self._task = self._task, None
        if task is None:
            return
        self._ending = True
        process = self._process
        if process and process.returncode is None:
            self._send(Finish())
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), _GOODBYE)
        task.cancel()
        await asyncio.wait([task])
        self._order = None
        if not task.cancelled():
            task.result()

    async def _supervise(self) -> None:
        """Life after life, until stopped or the recording is over."""
        deaths = 0
        loop = asyncio.get_running_loop()
        while True:
            await self._wanted.wait()
            born = loop.time()
            await self._live()
            if self._ending or self._problem is ListeningProblem.SOURCE_ENDED:
                return
            deaths = 1 if loop.time() - born >= HEALTHY_AFTER else deaths + 1
            await self._mourn()
            await asyncio.sleep(BACKOFF[min(deaths, len(BACKOFF)) - 1])

    async def _live(self) -> None:
        """One process, from start to death; a broken frame or long silence is a death too."""
        order = self._order
        if order is None:
            return
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
            )
        except OSError:  # no memory or no descriptors left: try again later
            return
        self._process = process
        self._alignment = Alignment()
        self._candidates_before = self._candidate
        try:
            self._send(order)
            for voice, role in self._roles.items():
                self._send(VoiceRole(voice=voice, role=role))
            await self._read(process)
        except (FrameError, TimeoutError):
            pass
        finally:
            await _end(process)

    async def _mourn(self) -> None:
        """The listener died: remember since when nothing is heard, and say so."""
        if not self._wanted.is_set():
            await self._report(ListeningState.PAUSED)
            return
        if self._lost_at is None and self._heard_until is not None:
            self._lost_at = self._heard_until - self._lag  # what it had not yet understood
        self._go_on_from(self._now())
        await self._report(ListeningState.LOST, ListeningProblem.CRASHED)

    def _go_on_from(self, starts_at: float) -> None:
        """The next sound is at this meeting time, and comes after what a recording has played."""
        if self._order:
            self._order = msgspec.structs.replace(
                self._order, starts_at=starts_at, source_from=self._played
            )

    async def _read(self, process: Process) -> None:
        if process.stdout is None:
            return
        unpacker = Unpacker()
        while True:
            patience = HUNG_AFTER if self._state in _HEARING else None
            data = await asyncio.wait_for(process.stdout.read(_BLOCK), patience)
            if not data:
                return
            for body in unpacker.feed(data):
                await self._take(read_finding(body))

    async def _take(self, finding: AnyFinding) -> None:
        if isinstance(finding, LevelMeasured):
            self._alignment.measured(finding.at, self._now())
            await self._sound(finding.at)
        elif isinstance(finding, ListeningReported):
            self._state, self._problem, self._lag = finding.state, finding.problem, finding.lag
        elif isinstance(finding, TurnHeard):
            self.reached = max(self.reached, self._place(finding.until))
        self._count_voices(finding)
        await self._hear(self._alignment.put_right(self._numbered(finding)))

    def _numbered(self, finding: AnyFinding) -> AnyFinding:
        """A candidate with a number that none of an earlier listener had."""
        if not isinstance(finding, AgreementHeard | AgreementWithdrawn):
            return finding
        number = self._candidates_before + finding.candidate
        self._candidate = max(self._candidate, number)
        return msgspec.structs.replace(finding, candidate=number)

    def _count_voices(self, finding: AnyFinding) -> None:
        """The listener's next life tells voices apart anew: with numbers that nobody had."""
        voice = getattr(finding, "voice", None)
        if self._order and voice is not None and voice >= self._order.first_voice:
            self._order = msgspec.structs.replace(self._order, first_voice=voice + 1)

    async def _sound(self, at: float) -> None:
        """Sound was heard up to `at`: the first after a death closes the gap."""
        if self._order is None:
            return
        until = at + self._alignment.delay
        if self._lost_at is not None:
            missed = max(until - self._lost_at, 0.0)
            self._lost_at = None
            await self._hear(Gap(at=until, seconds=missed, cause=GapCause.LISTENER_RESTARTED))
        self._heard_until = until
        self._played = max(self._played, self._place(at))

    def _place(self, at: float) -> float:
        """The place in the recording at a time of the listener that lives."""
        return self._order.source_from + at - self._order.starts_at if self._order else 0.0

    async def _report(
        self, state: ListeningState, problem: ListeningProblem = ListeningProblem.NONE
    ) -> None:
        self._state, self._problem, self._lag = state, problem, 0.0
        await self._hear(ListeningReported(at=self._now(), state=state, problem=problem))

    def _send(self, instruction: AnyInstruction) -> None:
        if self._process and self._process.stdin:
            self._process.stdin.write(pack(instruction))


async def _end(process: Process) -> None:
    """Kill what still lives, and wait until it is gone."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    await process.wait()
