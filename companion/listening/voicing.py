"""Tells voices apart beside recognition, in a thread of its own, and puts them in findings.

Embeddings live here and in `companion.speech` only. What is sent, and what corrects it
later, go out under one lock, so that a correction never overtakes a finding.
"""

from __future__ import annotations

import math
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from companion.audio.frame import SAMPLE_RATE, Samples
from companion.errors import ModelError
from companion.events import AnyFinding, VoiceSampled, VoicesRelabelled, VoicesReported
from companion.listening.forgotten import Forgotten
from companion.listening.outlet import Send
from companion.listening.turn_taking import Comparison, differ
from companion.listening.voice_sampling import ENOUGH, Sampling
from companion.listening.voice_turns import attributed, whose
from companion.speech.voice_cells import Cell, Change
from companion.speech.voice_network import Network
from companion.speech.voice_windows import WINDOW, VoiceWindows, Window
from companion.speech.voices import Voices
from companion.vocabulary import Role

LEARNS = 120.0
"""Seconds after the first speech in which the voices are still being learnt."""
OFTEN, SELDOM = 5.0, 10.0
"""Seconds of sound between two looks at everything, while learning and after."""
_HELD = 80
"""Windows that may wait; live, more are passed by, and nobody is named for them."""
_PATIENCE = 0.4
"""Seconds that a finding waits for its voice."""
_PER_EVENT = 400
"""Stretches in one correction, so that it fits in a frame of the pipe."""


@dataclass
class Voicing:
    """Takes sound from the ears and gives voices to the understanding.

    With `pace` 0 nothing is live: `take` waits for room, and no window is passed by.
    Where the network can't be loaded nobody is told apart; the rest goes on.
    """

    load: Callable[[], Network]
    send: Send
    pace: float = 1.0
    first: int = 1
    _windows: VoiceWindows = field(default_factory=VoiceWindows)
    _queue: queue.Queue[Window | Comparison] = field(default_factory=lambda: queue.Queue(_HELD))
    _voices: Voices = field(init=False)
    _roles: dict[int, Role | None] = field(default_factory=dict)
    _samplings: list[Sampling] = field(default_factory=list)
    """By time: windows are placed later than their sound is taken."""
    _taken: float = -math.inf
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _waiting: int = 0
    _off: bool = False
    _began: float | None = None
    _look_at: float = 0.0
    _reported: VoicesReported | None = None
    _forgotten: Forgotten = field(default_factory=Forgotten)

    def __post_init__(self) -> None:
        self._voices = Voices(self.first)

    def start(self) -> None:
        """Load the network, then begin; both in a thread of its own."""
        threading.Thread(target=self._run, name="voices", daemon=True).start()

    # ── from the ears ─────────────────────────────────────────────────────────

    def take(self, samples: Samples, at: float, *, speech: bool) -> None:
        """Sound that begins at meeting time `at`, and whether it is speech."""
        self._taken = at + len(samples) / SAMPLE_RATE
        self._hand_over(self._windows.feed(samples, at, speech=speech))

    def pause(self) -> None:
        """The source is closed: what was being said ends here."""
        self._hand_over(self._windows.finish())

    def _hand_over(self, windows: Iterable[Window]) -> None:
        for window in windows:
            with self._changed:
                if self._off:
                    return
                self._waiting += 1
            try:
                self._queue.put(window, block=not self.pace)
            except queue.Full:
                with self._changed:
                    self._waiting -= 1

    def compare(self, comparison: Comparison) -> None:
        """Find out, soon, whether two stretches of speech are of two voices."""
        try:
            self._queue.put_nowait(comparison)
        except queue.Full:
            comparison.differ = False

    # ── from the understanding ────────────────────────────────────────────────

    def voice_of(self, at: float, until: float) -> tuple[int | None, bool]:
        """Who speaks most between two moments, and whether that is sure; waits a little."""
        with self._changed:
            patience = _PATIENCE if self.pace else None
            self._changed.wait_for(lambda: self._off or not self._behind(until), patience)
            return whose(self._voices.between(at, until), at, until)

    def tell(self, findings: Iterable[AnyFinding]) -> None:
        """Send findings, each with the voice that is known now."""
        with self._changed:
            for finding in findings:
                until = getattr(finding, "until", finding.at)
                cells = self._voices.between(finding.at, until)
                if self._off or not cells:
                    self.send(finding)
                    continue
                for one in attributed(finding, cells, self._roles):
                    self.send(one)

    def tie(self, voice: int, role: Role | None) -> None:
        """From now on this voice has that role; None: none that is known."""
        with self._changed:
            self._roles[voice] = role

    def sample(self, member: int | None) -> None:
        """What is said from now on is this member's; None: no longer."""
        with self._changed:
            for earlier in self._samplings:
                earlier.until = min(earlier.until, self._taken)
            if member is not None:
                self._samplings.append(Sampling(member, self._taken))

    def forget(self, since: float, until: float) -> None:
        """Let go of what was said between these moments, and of what is still to come of it."""
        since, until = since - WINDOW, until + WINDOW  # a window has sound from around its time
        with self._changed:
            self._forgotten.add(since, until)
            self._voices.forget(since, until)
            for sampling in self._samplings:
                sampling.cells = [c for c in sampling.cells if c.at >= until or c.until <= since]

    def _behind(self, until: float) -> bool:
        placed = self._voices.cells[-1].until if self._voices.cells else 0.0
        return self._waiting > 0 and placed < until - 0.1

    # ── the thread ────────────────────────────────────────────────────────────

    def _run(self) -> None:
        try:
            network = self.load()
        except ModelError:
            with self._changed:
                self._off = True
                self._changed.notify_all()
            self._drain()
            return
        while True:
            work = self._queue.get()
            if isinstance(work, Comparison):
                work.differ = differ(work, network)
            else:
                self._place(work, network)

    def _drain(self) -> None:
        """Whoever waits for room or for an answer must not wait for ever."""
        while True:
            work = self._queue.get()
            if isinstance(work, Comparison):
                work.differ = False

    def _place(self, window: Window, network: Network) -> None:
        embedding = None if window.samples is None else network.embed(window.samples)
        with self._changed:
            self._waiting -= 1
            self._changed.notify_all()
            if self._forgotten.holds(window.at, window.until):
                return
            cell = self._voices.hear(window.at, window.until, embedding, whole=window.whole)
            self._take_sample(cell)
            if self._began is None:
                self._began = window.at
                self._look_at = window.at + OFTEN
            if window.until >= self._look_at:
                self._look(window.until)

    def _look(self, now: float) -> None:
        """See everything together again, and correct what was said before."""
        learning = now - (self._began or 0.0) < LEARNS
        self._look_at = now + (OFTEN if learning else SELDOM)
        for event in _events(self._voices.regroup(), now):
            self.send(event)
        report = VoicesReported(at=0.0, learning=learning, voices=self._voices.numbers)
        if report != self._reported:
            self._reported = report
            self.send(VoicesReported(at=now, learning=learning, voices=report.voices))

    def _take_sample(self, cell: Cell) -> None:
        self._samplings = [s for s in self._samplings if s.until > cell.at]
        sampling = next((s for s in self._samplings if s.since <= cell.at), None)
        if sampling is None:
            return
        sampling.cells.append(cell)
        embeddings, seconds = sampling.one_voice()
        enough = seconds >= ENOUGH
        voice = self._voices.sample(embeddings, cell.until) if enough else 0
        if enough:
            self._samplings.remove(sampling)
            self._look(cell.until)
        self.send(
            VoiceSampled(
                at=cell.until,
                member=sampling.member,
                voice=voice,
                seconds=round(seconds, 1),
                enough=enough,
            )
        )


def _events(changes: list[Change], now: float) -> Iterator[VoicesRelabelled]:
    for first in range(0, len(changes), _PER_EVENT):
        part = changes[first : first + _PER_EVENT]
        yield VoicesRelabelled(
            at=now,
            stretches=tuple((round(c.at, 2), round(c.until, 2), c.was, c.voice) for c in part),
        )
