"""One meeting at a time, from its order to its end: commands in, facts kept, changes told.

Everything that changes the meeting happens under one lock, in the order of the journal.
What the listener finds comes in through a queue of its own, so that ending the listener
never waits for itself.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import msgspec

from companion.clock import Clock, SystemClock
from companion.errors import ConflictError, StorageError, UsageError
from companion.events import (
    AgreementWithdrawn,
    AnyEvent,
    AnyFinding,
    Gap,
    ListeningChanged,
    ListeningProblem,
    ListeningReported,
    ListeningState,
)
from companion.listening.link import OwnSound
from companion.listening.supervisor import Supervisor
from companion.method.figures import figures_of
from companion.session.agreeing import check_agreement, plan_of
from companion.session.changes import Changes, Subscription
from companion.session.commands import AgreeToListening, AnyCommand
from companion.session.ears import EarsFactory
from companion.session.following import follow, hear_again
from companion.session.goals import minding_goals
from companion.session.ledger import Ledger
from companion.session.meeting import Meeting
from companion.session.orders import MeetingOrder, begin, rate
from companion.session.passage import MeetingTime, machine_slept
from companion.session.resuming import Resumed, read_running
from companion.session.running import Running, durable
from companion.session.speech_model import change_speech_model, speech_model_folder
from companion.session.view import MeetingView
from companion.settings import Settings
from companion.storage.erasure import Erasure, concerns, erase
from companion.storage.forget import Receipt
from companion.storage.opening import Storage
from companion.storage.records import MeetingRecord
from companion.storage.retention import carry_out
from companion.storage.unbroken import unbroken
from companion.vocabulary import Method

TICK = 0.25
SIGN_OF_LIFE = 15.0
"""Seconds between notes of how far a running meeting has got."""
RETENTION = 3600.0
CANDIDATES_KEPT = 1800.0
"""Seconds after the end in which proposed agreements can still be confirmed."""
_QUEUE = 1000


class Session:
    """The meeting that runs, or the one that just ended."""

    def __init__(  # noqa: PLR0913 (what it stands on, each replaceable)
        self,
        settings: Settings,
        storage: Storage,
        methods: Mapping[str, Method],
        clock: Clock | None = None,
        ears: EarsFactory = Supervisor,
        *,
        slept: Callable[[], float | None] = machine_slept,
    ) -> None:
        self.settings = settings
        self.storage = storage
        self.methods = methods
        self.clock = clock or SystemClock()
        self._ears = ears
        self._slept = slept
        self._here: Running | None = None
        self._lock = asyncio.Lock()
        self._heard: asyncio.Queue[tuple[str, AnyFinding]] = asyncio.Queue(_QUEUE)
        self._changes = Changes()
        self._closed = asyncio.Event()
        self._next_sign = self._next_retention = self.clock.now()

    # ── what it is now ────────────────────────────────────────────────────────

    @property
    def version(self) -> int:
        """The journal sequence of the present state; 0 without a meeting."""
        return self._here.meeting.version if self._here else 0

    @property
    def running(self) -> str | None:
        """The id of the meeting that runs; None between meetings."""
        return self._here.record.id if self._here and not self._here.ended else None

    @property
    def unsaved(self) -> tuple[int, str]:
        """How many facts wait for room on the disk, and why."""
        ledger = self._here.ledger if self._here else None
        problem = ledger.problem if ledger else None
        return (ledger.waiting, str(problem)) if ledger and problem else (0, "")

    def view(self, language: str = "nl") -> MeetingView | None:
        """The running or just-ended meeting at this moment."""
        here = self._here
        if here is None:
            return None
        view = here.meeting.view(here.time.now(), language)
        return msgspec.structs.replace(view, held=here.time.held)

    def subscribe(self) -> Subscription:
        """Changes from now on."""
        return self._changes.subscribe()

    def tell(self, *names: str) -> None:
        """Let pages know, by name, of something that no journal keeps."""
        self._changes.publish(self.version, names)

    # ── its life ──────────────────────────────────────────────────────────────

    @unbroken
    async def start(self, order: MeetingOrder) -> str:
        """Start a meeting; its id. ConflictError while one runs, UsageError for a bad order."""
        async with self._lock:
            if self.running:
                raise ConflictError("session.running", "A meeting is running", "End it first")
            wall = self.clock.wall()
            group = await self.storage.groups.get(order.group) if order.group else None
            if order.group and group is None:
                raise UsageError("session.no-group", "There is no such group any more")
            still_open = await self.storage.actions.open_for(order.group) if order.group else []
            order = await minding_goals(self.storage, order)
            record, started = begin(order, self.methods, len(still_open), wall)
            meeting = Meeting(started, less_of=frozenset(group.less_of if group else ()))
            events: list[AnyEvent] = [started]
            if order.agreed is not None:
                consent = AgreeToListening(agreed=order.agreed, present=order.present or 0)
                events += meeting.command(consent, 0.0)
            await self._leave()
            await self.storage.meetings.create(record)
            here = self._here = self._made(record, meeting, 0.0)
            if record.recording and here.listens:
                here.time.hold()  # it plays when the models are loaded: nobody waits at a table
            await self._keep(here, events)
            await follow(self, here, events)
            return record.id

    async def resume(self) -> bool:
        """After a restart: go on with the meeting that ran; False when there is none."""
        async with self._lock:
            model = (await speech_model_folder(self.storage, self.settings)).name
            found = await read_running(self.storage, self.clock.wall(), model)
            if found is None:
                return False
            here = self._here = self._resumed(found)
            events: list[AnyEvent] = []
            if found.down is not None:
                events = here.meeting.hear(found.down)
                await self._keep(here, events)
            if here.listens:
                await hear_again(self, here, found.source)
            self._tell(here, events)
            return True

    @unbroken
    async def do(self, command: AnyCommand) -> int:
        """Carry out a command; the version it led to, once that is on the disk."""
        async with self._lock:
            here = self._here
            if here is None:
                raise UsageError("session.none", "No meeting is running")
            if command.id and command.id in here.commands:
                return here.commands[command.id]
            here.ledger.require_room()
            check_agreement(command, here.meeting.record, here.agreements)
            events = here.meeting.command(command, here.time.now())
            await self._keep(here, events, command.id)
            await follow(self, here, events)
            return here.meeting.version

    @unbroken
    async def erase(self, erasure: Erasure) -> Receipt:
        """Erase while nothing else happens; ConflictError for what a running meeting needs."""
        async with self._lock:
            if self._here and concerns(erasure, self._here.record):
                if not self._here.ended:
                    raise ConflictError(
                        "session.erase-running", "That meeting is running", "End it"
                    )
                if erasure.what == "member":  # what others said stays, so it is stored first
                    await self._leave()
                self._here = None
            return await erase(self.storage, erasure)

    async def change_speech_model(self, name: str) -> None:
        """Listen with another model; ConflictError while the microphone is open."""
        async with self._lock:
            await change_speech_model(self.storage, self.settings, self._here, name)

    async def own_sound(self, seconds: float) -> None:
        """A page plays a sound of so many seconds from now on: the microphone is not to hear it."""
        async with self._lock:
            if self._here and self._here.listens:
                self._here.ears.tell(OwnSound(seconds=seconds))

    async def run(self) -> None:
        """The passing of time and what is heard, until closed."""
        async with asyncio.TaskGroup() as tasks:
            listener = tasks.create_task(self._listen())
            while not self._closed.is_set():
                await self._tick()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._closed.wait(), TICK)
            listener.cancel()

    async def close(self) -> None:
        """End the listener; a running meeting can be resumed."""
        self._closed.set()
        async with self._lock:
            if self._here:
                await self._here.ears.stop()
                await self._here.ledger.write()
                await self._sign_of_life(self._here)
        self._changes.close()

    # ── inside the lock ───────────────────────────────────────────────────────

    async def _keep(self, here: Running, events: Sequence[AnyEvent], command: str = "") -> None:
        """To the journal, and then to who wants to know."""
        kept = durable(events)
        if kept:
            await here.ledger.keep(self.clock.wall(), kept, command)
            here.settled = here.settled and not here.ended  # what came after goes in as well
        if command:
            here.commands[command] = here.meeting.version
        here.note(events, here.meeting.version)
        self._tell(here, events)

    def _tell(self, here: Running, events: Sequence[AnyEvent]) -> None:
        if events:
            names = {type(event).__name__ for event in events}
            self._changes.publish(here.meeting.version, names)

    async def _listen(self) -> None:
        while True:
            meeting, finding = await self._heard.get()
            async with self._lock:
                here = self._here
                if here and here.record.id == meeting and here.may_take(finding):
                    await self._take(here, finding)
                    await self._note_place(here)

    async def _take(self, here: Running, finding: AnyFinding) -> None:
        if isinstance(finding, ListeningReported) and finding.state is not ListeningState.STARTING:
            here.time.go()
        try:
            here.ledger.require_room()
        except StorageError:
            return  # the clock and people go first; the page says that nothing is saved
        events = here.meeting.hear(finding)
        await self._keep(here, events)
        if isinstance(finding, ListeningReported):
            await self.note_listening(here, finding.state, finding.problem)
        await follow(self, here, events)

    async def _note_place(self, here: Running) -> None:
        """What was understood of a recording is not to be heard again after a restart."""
        behind = here.ears.reached > here.place
        if here.record.recording and behind and self._heard.empty():
            await self._sign_of_life(here)

    async def note_listening(
        self,
        here: Running,
        state: ListeningState,
        problem: ListeningProblem = ListeningProblem.NONE,
    ) -> None:
        """Keep a change of the listening state, if it is one."""
        if here.told == (state, problem):
            return
        here.told = (state, problem)
        changed = ListeningChanged(at=here.time.now(), state=state, problem=problem)
        here.meeting.apply(changed)
        await self._keep(here, [changed])

    async def settle(self, here: Running) -> None:
        """Store plan, counts and end; tried again at the next tick when there is no room."""
        here.ended_at = here.ended_at or self.clock.now()
        plan = plan_of(here.meeting.record, here.record)
        end = here.record.started + (here.meeting.record.progress.ended or 0.0)
        here.settled = False
        if here.ledger.waiting:
            return
        with contextlib.suppress(StorageError):
            model = (await speech_model_folder(self.storage, self.settings)).name
            counted = figures_of(here.meeting.record, here.record.started, model)
            await self.storage.meetings.finish(here.record.id, end, plan, counted)
            here.settled = True

    async def _tick(self) -> None:
        async with self._lock:
            here = self._here
            if here and here.ledger.waiting:
                await here.ledger.write()
            if here and not here.ended:
                await self._pass_time(here)
            elif here:
                await self._after_the_end(here)
            if self.running is None:
                await self._retain()

    async def _pass_time(self, here: Running) -> None:
        if not here.listens:
            here.time.go()
        gap: Gap | None = here.time.look()
        events = here.meeting.hear(gap) if gap else []
        events += here.meeting.tick(here.time.now())
        await self._keep(here, events)
        await follow(self, here, events)
        if self.clock.now() >= self._next_sign:
            await self._sign_of_life(here)

    async def _sign_of_life(self, here: Running) -> None:
        if here.ended:
            return
        self._next_sign = self.clock.now() + SIGN_OF_LIFE
        here.place = here.ears.reached
        with contextlib.suppress(StorageError):  # no room: the next one may succeed
            await self.storage.meetings.seen(
                here.record.id, self.clock.wall(), here.time.now(), here.place
            )

    async def _after_the_end(self, here: Running) -> None:
        if not here.settled:
            await self.settle(here)
        if here.ended_at is not None and self.clock.now() - here.ended_at >= CANDIDATES_KEPT:
            self._drop_candidates(here)

    def _drop_candidates(self, here: Running) -> None:
        events: list[AnyEvent] = [
            AgreementWithdrawn(at=here.time.now(), candidate=candidate)
            for candidate in here.meeting.record.candidates
        ]
        for event in events:
            here.meeting.apply(event)
        self._tell(here, events)

    async def _retain(self) -> None:
        if self.clock.now() < self._next_retention:
            return
        self._next_retention = self.clock.now() + RETENTION
        with contextlib.suppress(StorageError):  # an hour later it is tried again
            await carry_out(self.storage, self.clock.wall())

    async def _leave(self) -> None:
        """Let go of the meeting that ended."""
        here = self._here
        if here is None:
            return
        if not here.settled:
            await here.ledger.write()
            await self.settle(here)
        if not here.settled:
            raise here.ledger.problem or StorageError(
                "storage.failed", "The last meeting could not be stored yet", "Try again"
            )
        self._here = None

    def _made(self, record: MeetingRecord, meeting: Meeting, at: float) -> Running:
        time = MeetingTime(self.clock, at, rate(record), self._slept)
        ears = self._ears(partial(self._receive, record.id), time.now)
        self._next_sign = self.clock.now() + SIGN_OF_LIFE
        return Running(record, meeting, time, Ledger(self.storage.journal, record.id), ears)

    def _resumed(self, found: Resumed) -> Running:
        here = self._made(found.record, found.meeting, found.at)
        for row in found.journal:
            here.note([row.event], row.sequence)
            if row.command:
                here.commands[row.command] = row.sequence
        listening = here.meeting.record.listening
        here.told = (listening.state, listening.problem)
        return here

    async def _receive(self, meeting: str, finding: AnyFinding) -> None:
        await self._heard.put((meeting, finding))
