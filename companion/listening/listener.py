"""What runs in the listener, and how each instruction changes it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from companion.events import ListeningProblem
from companion.listening.analysis import Analysis
from companion.listening.backlog import Backlog
from companion.listening.condition import Condition
from companion.listening.ears import Ears
from companion.listening.link import (
    AnyInstruction,
    Finish,
    Forget,
    HearAgain,
    InStep,
    Listen,
    SampleVoice,
    StopHearing,
    VoiceRole,
)
from companion.listening.link import (
    OwnSound as PlaysSound,
)
from companion.listening.outlet import Send
from companion.listening.own_sound import OwnSound
from companion.listening.second_look import SecondLook
from companion.listening.sources import Chosen, LiveMicrophone, Played, Source
from companion.listening.understanding import Told, Understanding
from companion.listening.voicing import Voicing
from companion.speech.transcriber import Transcriber
from companion.speech.voice_network import Network


@dataclass
class Listener:
    """Follows instructions; Listen comes first and once."""

    send: Send
    load_transcriber: Callable[[Listen], Transcriber]
    load_analysis: Callable[[Listen], Analysis]
    enforced: bool = False
    load_network: Callable[[], Network] | None = None
    """What tells voices apart; None: nothing does."""
    load_second: Callable[[Listen], Transcriber] | None = None
    """The recogniser of second looks; None: there are none."""
    _order: Listen | None = None
    _played: float = 0.0
    """Seconds of the recording that were heard before the present stretch."""
    _deaf: bool = False
    _ears: Ears | None = None
    _understanding: Understanding | None = None
    _voicing: Voicing | None = None
    _own_sound: OwnSound = field(default_factory=OwnSound)
    _backlog: Backlog = field(default_factory=Backlog)
    _condition: Condition = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._condition = Condition(self.send, enforced=self.enforced)

    def follow(self, instruction: AnyInstruction) -> None:
        """Do as instructed; what comes before Listen or twice has no effect."""
        match instruction:
            case Listen() if self._order is None:
                self._listen(instruction)
            case InStep(step=step):
                self._tell(lambda analysis: analysis.enter(step))
            case VoiceRole(voice=voice, role=role):
                self._tell(lambda analysis: analysis.tie(voice, role))
                if self._voicing:
                    self._voicing.tie(voice, role)
            case SampleVoice(member=member) if self._voicing:
                self._voicing.sample(member)
            case PlaysSound(seconds=seconds) if self._order and not self._order.source:
                self._own_sound.begins(self._condition.at, seconds)
            case Forget(since=since, until=until):
                self._forget(since, until)
            case _:
                self._open_or_close(instruction)

    def _open_or_close(self, instruction: AnyInstruction) -> None:
        match instruction:
            case StopHearing():
                self._stop_hearing()
            case HearAgain(starts_at=starts_at):
                self._close_ears()
                self._condition.update(paused=False, problem=ListeningProblem.NONE)
                self._hear(starts_at)
            case Finish():
                self._close_ears()
            case _:
                pass

    def _listen(self, order: Listen) -> None:
        self._order = order
        self._played = order.source_from
        self._backlog.pace = order.speed if order.source else 1.0
        self._condition.at = order.starts_at
        self._condition.update()
        if order.voices and self.load_network:
            self._voicing = Voicing(
                self.load_network, self.send, self._backlog.pace, order.first_voice
            )
            self._voicing.start()
        self._understanding = Understanding(
            partial(self.load_transcriber, order),
            partial(self.load_analysis, order),
            self._backlog,
            self._condition,
            self.send,
            failed=self._go_deaf,
            voicing=self._voicing,
            look=self._look(order),
        )
        self._tell(lambda analysis: analysis.enter(order.step))
        self._hear(order.starts_at)
        self._understanding.start()

    def _look(self, order: Listen) -> SecondLook | None:
        load = self.load_second
        if load is None or not order.second_look:
            return None
        return SecondLook(partial(load, order), self._backlog.pace)

    def _hear(self, starts_at: float) -> None:
        order = self._order
        if order is None or self._deaf:
            return
        self._ears = Ears(
            partial(_open, order, self._played, Chosen()),
            starts_at,
            self._backlog,
            self._condition,
            self.send,
            live=not order.source,
            voicing=self._voicing,
            own_sound=self._own_sound,
        )
        self._ears.start()

    def _stop_hearing(self) -> None:
        self._close_ears()
        self._condition.update(paused=True, open=False)

    def _forget(self, since: float, until: float) -> None:
        if self._understanding:
            self._understanding.forget(since, until)
        if self._voicing:
            self._voicing.forget(since, until)

    def _go_deaf(self) -> None:
        """Nothing can be understood in this process: close the source for good."""
        self._deaf = True
        self._close_ears()

    def _close_ears(self) -> None:
        """Close the source, if one is open; the understanding's thread may ask for it too."""
        with self._lock:
            ears, self._ears = self._ears, None
        if ears:
            ears.stop()
            self._played += ears.heard

    def _tell(self, order: Callable[[Told], None]) -> None:
        if self._understanding:
            self._understanding.tell(order)


def _open(order: Listen, skip: float, chosen: Chosen) -> Source:
    if not order.source:
        return LiveMicrophone(order.microphone, chosen, order.channel)
    return Played(Path(order.source), skip=skip, speed=order.speed)
