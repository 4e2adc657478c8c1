"""From a meeting's state to what a page can show of it at one moment. Pure."""

from __future__ import annotations

from typing import Literal

from companion.cues.catalogue import filled, words_of
from companion.cues.policy import CueLog
from companion.cues.sounding import aloud
from companion.events import CueRaised, StepProposed
from companion.method.clock import clock_view, moment, spent
from companion.method.plan import turn_seconds
from companion.method.record import Record
from companion.session.view import (
    CueView,
    ListeningView,
    MarkView,
    MeetingView,
    ProposalView,
    ShareView,
    StepView,
)
from companion.session.voice_showing import margin_of, voice_name, voices_view
from companion.vocabulary import Floor, Role, Writing

_EARLIER = 12
_A_TURN = 3.0
"""Seconds of speech in a step that count as having had a turn."""


def meeting_view(  # noqa: PLR0913, PLR0917 (each part of the state it shows)
    record: Record,
    cues: CueLog,
    proposal: StepProposed | None,
    version: int,
    now: float,
    language: str,
) -> MeetingView:
    """The whole view at `now`, its words in `language`."""
    progress, started = record.progress, record.started
    now = moment(progress, now)
    return MeetingView(
        meeting=started.meeting,
        version=version,
        now=now,
        method=progress.method,
        mode=started.mode,
        group=started.group,
        members=started.members,
        inbrenger=started.inbrenger,
        begeleider=started.begeleider,
        clock=clock_view(progress, now),
        steps=_steps(record, now),
        cue=_cue_up(record, cues, now, language),
        earlier_cues=_earlier_cues(record, cues, now, language),
        proposal=_proposal(record, proposal, now, language),
        marks=_marks(record),
        shares=_shares(record, language),
        turn=record.turn.member if record.turn else None,
        turn_planned=_turn_planned(record),
        turn_elapsed=max(now - record.turn.at, 0.0) if record.turn else 0.0,
        listening=_listening(record),
        candidates=tuple(record.candidates.values()),
        agreements=tuple(record.agreements.values()),
        voices=voices_view(record, language),
        can_undo_move=len(progress.visits) > 1 and progress.ended is None,
        can_undo_plan=bool(progress.earlier_plans) and progress.ended is None,
        valued=dict(record.valued.get(progress.step, {})),
    )


def _steps(record: Record, now: float) -> tuple[StepView, ...]:
    progress = record.progress
    seconds = spent(progress, now)
    visited = {visit.step for visit in progress.visits}
    return tuple(
        StepView(
            step=step,
            planned=progress.planned[index],
            spent=seconds[index],
            state=_state(index, progress.step, visited),
        )
        for index, step in enumerate(progress.steps)
    )


def _state(index: int, here: int, visited: set[int]) -> Literal["done", "now", "next", "skipped"]:
    if index == here:
        return "now"
    if index > here:
        return "next"
    return "done" if index in visited else "skipped"


def _cue_up(record: Record, cues: CueLog, now: float, language: str) -> CueView | None:
    up = cues.up(now)
    return _cue(record, up, language) if up else None


def _earlier_cues(record: Record, cues: CueLog, now: float, language: str) -> tuple[CueView, ...]:
    """The last cues that are no longer up, newest first."""
    up = cues.up(now)
    gone = [cue for cue in reversed(cues.raised[-_EARLIER:]) if cue is not up]
    return tuple(_cue(record, cue, language) for cue in gone)


def _cue(record: Record, raised: CueRaised, language: str) -> CueView:
    """In the words for the begeleider, or for all where there is none."""
    cue = words_of(raised.cue, advice_never=record.progress.method.advice_never)
    led = bool(record.started.begeleider)
    return CueView(
        number=raised.number,
        cue=raised.cue,
        at=raised.at,
        kind=cue.kind,
        urgency=cue.urgency,
        audience=cue.audience if led else "both",
        title=filled(cue.title, raised.why, language),
        text=filled(cue.text if led else cue.group, raised.why, language),
        why=filled(cue.why, raised.why, language),
        subject=cue.subject,
        aloud=aloud(cue, raised.why, language),
    )


def _proposal(
    record: Record, proposal: StepProposed | None, now: float, language: str
) -> ProposalView | None:
    if proposal is None or proposal.fades <= now:
        return None
    return ProposalView(
        step=proposal.step,
        name=record.progress.steps[proposal.step].name.in_language(language),
        probability=proposal.probability,
        fades_in=proposal.fades - now,
    )


def _marks(record: Record) -> tuple[MarkView, ...]:
    here = record.progress.step
    marks = [
        MarkView(at=said.at, label=said.label, too_early=said.too_early)
        for said in record.tally.judged
        if said.step == here
    ]
    return tuple(sorted(marks, key=lambda mark: mark.at))


def _shares(record: Record, language: str) -> tuple[ShareView, ...]:
    """Members' shares of their speech in this step; none while people write."""
    step = record.progress.steps[record.progress.step]
    if step.write is Writing.ALL or step.floor is Floor.NIEMAND:
        return ()
    tally = record.tally.by_step[record.progress.step]
    here = tally.members()
    known = {voice for each in record.tally.by_step for voice in each.members()}
    total = sum(here.values())
    margin = margin_of([turn for turn in tally.turns if turn.role in {None, Role.DEELNEMER}])
    views = []
    for voice in sorted(known):
        seconds = here.get(voice, 0.0)
        share = seconds / total if total else 0.0
        views.append(
            ShareView(
                voice=voice,
                name=voice_name(record, voice, language),
                seconds=seconds,
                share=share,
                margin=margin,
                had_turn=seconds >= _A_TURN or _was_named(record, voice),
            )
        )
    return tuple(views)


def _was_named(record: Record, voice: int) -> bool:
    tie = record.ties.get(voice)
    return tie is not None and tie.member in record.had_turn


def _turn_planned(record: Record) -> float:
    """Seconds for each speaker where the step goes round."""
    here = record.progress.step
    if not record.progress.steps[here].in_turn or not record.members():
        return 0.0
    return turn_seconds(record.progress.planned[here], record.members())


def _listening(record: Record) -> ListeningView:
    listening = record.listening
    return ListeningView(
        state=listening.state,
        problem=listening.problem,
        lag=listening.lag,
        enforced=listening.enforced,
        rms_db=listening.rms_db,
        consent=listening.consent,
    )
