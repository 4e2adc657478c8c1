"""From a command to the events that it means, or an error that says why not now. Pure."""

from __future__ import annotations

from typing import Literal

from companion.errors import ConflictError, UsageError
from companion.events import (
    AgreementConfirmed,
    AgreementDropped,
    AnyEvent,
    ConsentGiven,
    ConsentWithdrawn,
    CueClosed,
    LastMinuteForgotten,
    MeetingEnded,
    MeetingPaused,
    MeetingResumed,
    MoveUndone,
    PlanChanged,
    ProposalClosed,
    SpeakerTurned,
    StepEntered,
    StepProposed,
)
from companion.method.clock import moment, spent
from companion.method.plan import respread, with_step
from companion.method.record import Record
from companion.method.round import next_speaker
from companion.session.commands import (
    AcceptProposal,
    AddMinutes,
    AgreeToListening,
    AnyCommand,
    CloseCue,
    ConfirmAgreement,
    DropAgreement,
    EndMeeting,
    ForgetLastMinute,
    GoToStep,
    MergeVoices,
    NextStep,
    Pause,
    PreviousStep,
    RefuseProposal,
    Respread,
    Resume,
    SampleVoice,
    SetMinutes,
    StopListening,
    TieVoice,
    TurnTo,
    UndoMove,
    UndoPlan,
    ValueQuestion,
)
from companion.session.discretion import confirmed_discreetly
from companion.session.valuing import valuing
from companion.session.voice_handling import voice_events
from companion.vocabulary import MovedBy

_ALSO_AFTER_THE_END = (ConfirmAgreement, DropAgreement, CloseCue, TieVoice, MergeVoices)
_MOVES = (NextStep, PreviousStep, GoToStep, UndoMove, AcceptProposal, EndMeeting)
_PLANS = (AddMinutes, SetMinutes, Respread, UndoPlan)
_FORGET = 60.0


def check_version(command: AnyCommand, moved_at: int) -> None:
    """Refuse a step or plan command from a page that showed an older plan or step."""
    if not isinstance(command, (*_MOVES, *_PLANS)) or command.expected is None:
        return
    if command.expected < moved_at:
        raise ConflictError(
            "meeting.behind",
            "The meeting has moved on since this page was shown",
            "Look at the step it is in now and try again",
        )


def events_for(
    command: AnyCommand, record: Record, proposal: StepProposed | None, now: float
) -> list[AnyEvent]:
    """What the command brings about at `now`; UsageError when it can't be done now."""
    progress = record.progress
    now = moment(progress, now)
    if progress.ended is not None and not isinstance(command, _ALSO_AFTER_THE_END):
        raise UsageError("meeting.ended", "The meeting has ended")
    if isinstance(command, _MOVES):
        return _move(command, record, proposal, now)
    if isinstance(command, _PLANS):
        return [_replan(command, record, now)]
    if isinstance(command, ConfirmAgreement | DropAgreement):
        return _agreement(command, record, now)
    if isinstance(command, RefuseProposal):
        return [_closed(_open(proposal), "refused", now)]
    return _other(command, record, now)


def _open(proposal: StepProposed | None) -> StepProposed:
    if proposal is None:
        raise UsageError("meeting.no-proposal", "There is no proposal any more")
    return proposal


def _closed(
    proposal: StepProposed, how: Literal["accepted", "refused"], now: float
) -> ProposalClosed:
    return ProposalClosed(at=now, step=proposal.step, how=how)


def _move(
    command: NextStep | PreviousStep | GoToStep | UndoMove | AcceptProposal | EndMeeting,
    record: Record,
    proposal: StepProposed | None,
    now: float,
) -> list[AnyEvent]:
    if isinstance(command, EndMeeting):
        shut: list[AnyEvent] = [_closed(proposal, "refused", now)] if proposal else []
        return [*shut, MeetingEnded(at=now)]
    if isinstance(command, UndoMove):
        if len(record.progress.visits) < 2:
            raise UsageError("meeting.no-move", "There is no step change to undo")
        return [MoveUndone(at=now)]
    step = _open(proposal).step if isinstance(command, AcceptProposal) else _goal(command, record)
    events: list[AnyEvent] = []
    if proposal:
        same = proposal.step == step
        events.append(_closed(proposal, "accepted" if same else "refused", now))
    return [*events, StepEntered(at=now, step=step, by=MovedBy.HAND)]


def _goal(command: NextStep | PreviousStep | GoToStep, record: Record) -> int:
    """The step a command points at."""
    here, count = record.progress.step, len(record.progress.steps)
    if isinstance(command, GoToStep):
        if not 0 <= command.step < count:
            raise UsageError("meeting.no-step", f"There is no step {command.step + 1}")
        if command.step == here:
            raise UsageError("meeting.same-step", "The group is in that step already")
        return command.step
    if isinstance(command, PreviousStep):
        if here == 0:
            raise UsageError("meeting.first-step", "This is the first step")
        return here - 1
    if here == count - 1:
        raise UsageError("meeting.last-step", "This is the last step", "End the meeting")
    return here + 1


def _replan(
    command: AddMinutes | SetMinutes | Respread | UndoPlan, record: Record, now: float
) -> PlanChanged:
    progress = record.progress
    if isinstance(command, UndoPlan):
        if not progress.earlier_plans:
            raise UsageError("plan.no-change", "There is no change of minutes to undo")
        return PlanChanged(at=now, seconds=progress.earlier_plans[-1], why="undo")
    if isinstance(command, Respread):
        guarded = frozenset(i for i, step in enumerate(progress.steps) if step.plan)
        seconds = respread(
            progress.planned, spent(progress, now), progress.step, progress.agreed, guarded
        )
        return PlanChanged(at=now, seconds=seconds, why="respread")
    if isinstance(command, AddMinutes):
        amount = progress.planned[progress.step] + command.minutes * 60
        seconds = with_step(progress.planned, progress.step, amount)
        return PlanChanged(at=now, seconds=seconds, why="minute")
    if not 0 <= command.step < len(progress.planned):
        raise UsageError("meeting.no-step", f"There is no step {command.step + 1}")
    seconds = with_step(progress.planned, command.step, command.minutes * 60)
    return PlanChanged(at=now, seconds=seconds, why="set")


def _agreement(
    command: ConfirmAgreement | DropAgreement, record: Record, now: float
) -> list[AnyEvent]:
    if isinstance(command, DropAgreement):
        dropped = AgreementDropped(at=now, agreement=command.agreement, candidate=command.candidate)
        return [dropped]
    if not command.what.strip():
        raise UsageError("agreement.empty", "An agreement needs at least what will be done")
    command = confirmed_discreetly(command, record.started.members)
    confirmed = AgreementConfirmed(
        at=now,
        agreement=command.agreement or record.next_agreement(),
        what=command.what.strip(),
        who=command.who,
        how=command.how,
        with_whom=command.with_whom,
        when=command.when,
        due=command.due,
        needs=command.needs,
        noticed_by=command.noticed_by,
        candidate=command.candidate,
    )
    return [confirmed]


def _other(command: AnyCommand, record: Record, now: float) -> list[AnyEvent]:
    """Pause, cues, rounds, voices and listening."""
    paused = record.progress.paused
    events: list[AnyEvent] = []
    match command:
        case Pause() if not paused:
            events = [MeetingPaused(at=now)]
        case Resume() if paused:
            events = [MeetingResumed(at=now)]
        case CloseCue():
            events = [CueClosed(at=now, number=command.number, how=command.how)]
        case TurnTo():
            events = [SpeakerTurned(at=now, member=_speaker(command, record))]
        case TieVoice() | MergeVoices() | SampleVoice():
            events = voice_events(command, record, now)
        case ForgetLastMinute():
            since = max(now - _FORGET, record.progress.start)
            events = [LastMinuteForgotten(at=now, since=since)]
        case ValueQuestion():
            events = valuing(command, record, now)
        case AgreeToListening():
            events = [_consent(command, now)]
        case StopListening():
            events = [ConsentWithdrawn(at=now)]
        case _:
            pass
    return events


def _consent(command: AgreeToListening, now: float) -> ConsentGiven:
    if command.present < 1 or command.agreed < command.present:
        raise UsageError(
            "consent.not-all",
            "Listening needs everyone's consent",
            "Without it the meeting goes on by hand, which works as well",
        )
    return ConsentGiven(at=now, agreed=command.agreed, present=command.present)


def _speaker(command: TurnTo, record: Record) -> int:
    """The member asked for, or the next one after the present speaker, in the members' order."""
    members = record.started.members
    if command.member is not None:
        if not 0 <= command.member < len(members):
            raise UsageError("meeting.no-member", "There is no such member")
        return command.member
    following = next_speaker(record)
    if following is None:
        raise UsageError("meeting.no-members", "No members are named for a round")
    return following
