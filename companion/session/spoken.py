"""A command spoken to the companion, as the events of the hand's own command."""

from __future__ import annotations

from companion.cues.policy import CueLog
from companion.events import AnyEvent, CommandHeard, CueRaised, StepProposed, VoiceCommand
from companion.method.clock import clock_view
from companion.method.record import Record
from companion.session.commands import (
    AcceptProposal,
    AddMinutes,
    AnyCommand,
    ForgetLastMinute,
    NextStep,
    Pause,
    PreviousStep,
    Resume,
    StopListening,
    TurnTo,
)
from companion.session.handling import events_for

_TIME_LEFT_SECONDS = 20.0
_BY_HAND: dict[VoiceCommand, AnyCommand] = {
    VoiceCommand.NEXT: NextStep(),
    VoiceCommand.BACK: PreviousStep(),
    VoiceCommand.PAUSE: Pause(),
    VoiceCommand.RESUME: Resume(),
    VoiceCommand.NEXT_SPEAKER: TurnTo(),
    VoiceCommand.FORGET_MINUTE: ForgetLastMinute(),
    VoiceCommand.STOP_LISTENING: StopListening(),
}


def spoken_events(
    heard: CommandHeard,
    record: Record,
    cues: CueLog,
    proposal: StepProposed | None,
    now: float,
) -> list[AnyEvent]:
    """What a spoken command brings about; CompanionError when it can't be done now.

    The text of a noted action comes as an AgreementHeard of its own.
    """
    if heard.command is VoiceCommand.TIME_LEFT:
        return [] if record.progress.ended is not None else [_time_left(record, cues, now)]
    if heard.command is VoiceCommand.MORE_MINUTES:
        command: AnyCommand = AddMinutes(minutes=heard.minutes or 1.0)
    elif heard.command is VoiceCommand.RESUME and proposal and not record.progress.paused:
        command = AcceptProposal()
    elif heard.command in _BY_HAND:
        command = _BY_HAND[heard.command]
    else:
        return []
    return events_for(command, record, proposal, now)


def _time_left(record: Record, cues: CueLog, now: float) -> CueRaised:
    clock = clock_view(record.progress, now)
    why = {"minutes": max(clock.remaining, 0.0), "spent": clock.elapsed, "planned": clock.planned}
    return CueRaised(
        at=now,
        cue="time-left",
        step=clock.step,
        number=len(cues.raised) + 1,
        why={name: round(value, 1) for name, value in why.items()},
        expires=now + _TIME_LEFT_SECONDS,
    )
