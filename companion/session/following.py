"""What the world has to do when something has happened: the microphone, the listener, the plan."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Protocol

import msgspec

from companion.clock import Clock
from companion.errors import StorageError
from companion.events import (
    AgreementConfirmed,
    AgreementDropped,
    AnyEvent,
    ConsentGiven,
    ConsentWithdrawn,
    CueClosed,
    LastMinuteForgotten,
    ListeningProblem,
    ListeningState,
    MeetingEnded,
    MeetingPaused,
    MeetingResumed,
    MoveUndone,
    StepEntered,
    VoiceSampling,
    VoicesMerged,
    VoiceTied,
)
from companion.listening.link import Forget, HearAgain, InStep, SampleVoice, StopHearing, VoiceRole
from companion.session.microphone import chosen_microphone
from companion.session.orders import listening
from companion.session.running import Running
from companion.session.speech_model import speech_model_folder
from companion.session.wake_word import chosen_wake_word
from companion.settings import Settings
from companion.storage.opening import Storage


class Host(Protocol):
    """What following needs of the session."""

    settings: Settings
    storage: Storage
    clock: Clock

    async def settle(self, here: Running) -> None:
        """Store the plan and the end."""
        ...

    async def note_listening(
        self,
        here: Running,
        state: ListeningState,
        problem: ListeningProblem = ...,
    ) -> None:
        """Keep a change of the listening state."""
        ...


async def follow(host: Host, here: Running, events: Sequence[AnyEvent]) -> None:
    """Do what these events ask for, in their order."""
    for event in events:
        match event:
            case StepEntered() | MoveUndone():
                here.ears.tell(InStep(step=here.meeting.record.progress.step))
            case VoiceTied() | VoicesMerged():
                _tie(here, event.voice)
            case VoiceSampling():
                here.ears.tell(SampleVoice(member=event.member))
            case LastMinuteForgotten():
                here.ears.tell(Forget(since=event.since, until=event.at))
            case CueClosed(how="less"):
                await _less(host, here, event)
            case AgreementConfirmed() | AgreementDropped() if here.ended:
                await host.settle(here)
            case _:
                await _follow_listening(host, here, event)


async def _follow_listening(host: Host, here: Running, event: AnyEvent) -> None:
    match event:
        case MeetingPaused():
            here.ears.tell(StopHearing())
        case ConsentGiven() | MeetingResumed() if here.listens:
            await hear_again(host, here, here.ears.reached)
        case ConsentWithdrawn():
            await here.ears.stop()
            here.told = (ListeningState.OFF, ListeningProblem.NONE)
        case MeetingEnded():
            await here.ears.stop()
            await host.note_listening(here, ListeningState.OFF)
            await host.settle(here)
        case _:
            pass


async def hear_again(host: Host, here: Running, source_from: float) -> None:
    """Open the microphone, or go on at this place of the recording."""
    now = here.time.now()
    if here.ears.alive:
        here.ears.tell(HearAgain(starts_at=now))
        return
    progress = here.meeting.record.progress
    chosen = await chosen_microphone(host.storage, host.settings)
    first_voice = here.meeting.record.next_voice()
    times = (now, source_from)
    order = listening(
        host.settings, here.record, progress, times, host.clock.wall(), chosen, first_voice
    )
    wake_word = await chosen_wake_word(host.storage, host.settings)
    model = str(await speech_model_folder(host.storage, host.settings))
    order = msgspec.structs.replace(order, wake_word=wake_word, speech_model=model)
    await here.ears.listen(order, here.meeting.record.last_candidate())
    for voice, tie in here.meeting.record.ties.items():
        if tie.role:
            here.ears.tell(VoiceRole(voice=voice, role=tie.role))


def _tie(here: Running, voice: int) -> None:
    """Tell the language part the role of a voice, and of those that count as it."""
    speakers = here.meeting.record.speakers
    tie = here.meeting.record.ties.get(speakers.of(voice))
    for one in {voice, *speakers.counted_as(voice)}:
        here.ears.tell(VoiceRole(voice=one, role=tie.role if tie else None))


async def _less(host: Host, here: Running, event: CueClosed) -> None:
    """The group's next meetings show less of this cue too."""
    cue = here.cues.get(event.number)
    if cue is None or here.record.group is None:
        return
    with contextlib.suppress(StorageError):  # a preference; this meeting has it anyway
        group = await host.storage.groups.get(here.record.group)
        if group and cue not in group.less_of:
            await host.storage.groups.save(
                msgspec.structs.replace(group, less_of=(*group.less_of, cue))
            )
