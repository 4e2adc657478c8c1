from __future__ import annotations

import pytest

from companion.errors import ConflictError, UsageError
from companion.events import (
    AdviceHeard,
    AgreementHeard,
    AnyEvent,
    CommandHeard,
    CueRaised,
    MoveUndone,
    PlanChanged,
    ProposalClosed,
    QuestionHeard,
    StepAnnounced,
    StepEntered,
    StepMove,
    StepProposed,
    VoiceCommand,
)
from companion.session.commands import (
    AcceptProposal,
    AddMinutes,
    AgreeToListening,
    ConfirmAgreement,
    DropAgreement,
    EndMeeting,
    ForgetLastMinute,
    GoToStep,
    NextStep,
    Pause,
    RefuseProposal,
    Respread,
    Resume,
    TieVoice,
    TurnTo,
    UndoMove,
    UndoPlan,
)
from companion.session.meeting import Meeting
from companion.vocabulary import MovedBy, Role, SentenceKind, StepFunction, StepMode
from tests.method.meetings import started


def _meeting(mode: StepMode = StepMode.HAND) -> Meeting:
    return Meeting(started(mode=mode))


def _question(at: float, label: SentenceKind, in_turn: int = 1) -> QuestionHeard:
    return QuestionHeard(
        at=at, until=at + 3, label=label, probability=0.95, role=Role.DEELNEMER, in_turn=in_turn
    )


def _advice(at: float, label: SentenceKind = SentenceKind.ADVIES) -> AdviceHeard:
    return AdviceHeard(at=at, until=at + 3, label=label, probability=0.9, role=Role.DEELNEMER)


def _next(at: float, function: StepFunction | None = None, p: float = 0.95) -> StepAnnounced:
    return StepAnnounced(
        at=at,
        until=at + 4,
        probability=p,
        move=StepMove.TO if function else StepMove.NEXT,
        function=function,
        function_probability=0.95 if function else 0.0,
        role=Role.BEGELEIDER,
    )


def _ticks(meeting: Meeting, since: float, until: float) -> list[AnyEvent]:
    events: list[AnyEvent] = []
    for second in range(int(since), int(until) + 1):
        events += meeting.tick(float(second))
    return events


def _cues(events: list[AnyEvent]) -> list[str]:
    return [event.cue for event in events if isinstance(event, CueRaised)]


# ── by hand ──────────────────────────────────────────────────────────────────


def test_next_enters_the_next_step() -> None:
    meeting = _meeting()
    (event,) = meeting.command(NextStep(), 60)
    assert event == StepEntered(at=60, step=1, by=MovedBy.HAND)
    assert meeting.view(70, "nl").clock.elapsed == 10


def test_next_in_the_last_step_asks_for_the_end() -> None:
    meeting = _meeting()
    meeting.command(GoToStep(step=5), 10)
    with pytest.raises(UsageError) as caught:
        meeting.command(NextStep(), 20)
    assert caught.value.code == "meeting.last-step"


def test_undo_takes_a_move_back() -> None:
    meeting = _meeting()
    meeting.command(NextStep(), 60)
    assert meeting.view(60, "nl").can_undo_move
    meeting.command(UndoMove(), 65)
    assert meeting.view(65, "nl").clock.elapsed == 65


def test_a_page_that_is_behind_meets_a_conflict() -> None:
    meeting = _meeting()
    shown = meeting.version
    meeting.command(NextStep(expected=shown), 60)
    with pytest.raises(ConflictError):
        meeting.command(NextStep(expected=shown), 61)
    assert meeting.record.progress.step == 1


def test_what_was_heard_since_does_not_put_a_page_behind() -> None:
    meeting = _meeting()
    shown = meeting.version
    meeting.hear(_question(5, SentenceKind.OPEN))
    meeting.command(NextStep(expected=shown), 60)
    assert meeting.record.progress.step == 1


def test_a_whole_meeting_runs_by_hand() -> None:
    meeting = _meeting()
    for number in range(1, 6):
        meeting.command(NextStep(), number * 100.0)
    meeting.command(EndMeeting(), 700)
    view = meeting.view(900, "nl")
    assert view.clock.ended
    assert view.clock.meeting_elapsed == 700
    assert [step.spent for step in view.steps] == [100, 100, 100, 100, 100, 200]


def test_after_the_end_only_the_plan_can_change() -> None:
    meeting = _meeting()
    meeting.command(EndMeeting(), 10)
    meeting.command(ConfirmAgreement(what="bellen"), 20)
    with pytest.raises(UsageError):
        meeting.command(NextStep(), 30)
    assert [a.what for a in meeting.view(40, "nl").agreements] == ["bellen"]


def test_a_pause_stops_the_clock_and_the_cues() -> None:
    meeting = _meeting()
    meeting.command(Pause(), 60)
    assert _ticks(meeting, 61, 900) == []
    meeting.command(Resume(), 900)
    assert meeting.view(910, "nl").clock.elapsed == 70


def test_more_minutes_and_their_undo() -> None:
    meeting = _meeting()
    meeting.command(AddMinutes(minutes=2), 10)
    assert meeting.view(10, "nl").clock.planned == 300
    meeting.command(UndoPlan(), 11)
    assert meeting.view(11, "nl").clock.planned == 180
    with pytest.raises(UsageError):
        meeting.command(UndoPlan(), 12)


def test_respreading_brings_the_end_back_to_the_agreed_one() -> None:
    meeting = _meeting()
    meeting.command(NextStep(), 600)
    assert meeting.view(600, "nl").clock.behind == 420
    meeting.command(Respread(), 600)
    view = meeting.view(600, "nl")
    assert view.clock.behind == pytest.approx(0)
    assert view.steps[-1].planned == 420


def test_a_round_goes_to_the_members_in_turn() -> None:
    meeting = _meeting()
    meeting.command(GoToStep(step=4), 10)
    speakers = []
    for second in range(20, 24):
        meeting.command(TurnTo(), float(second))
        speakers.append(meeting.view(float(second), "nl").turn)
    assert speakers == [2, 3, 4, 2]
    assert meeting.view(23, "nl").turn_planned == 200


def test_agreements_are_confirmed_changed_and_dropped() -> None:
    meeting = _meeting()
    meeting.hear(
        AgreementHeard(
            at=5, until=8, candidate=1, probability=0.9, what="ik bel haar", when="morgen"
        )
    )
    assert len(meeting.view(8, "nl").candidates) == 1
    meeting.command(ConfirmAgreement(what="bellen", candidate=1), 10)
    meeting.command(ConfirmAgreement(what="samen bellen", agreement="a1"), 11)
    view = meeting.view(12, "nl")
    assert view.candidates == ()
    assert [(a.agreement, a.what) for a in view.agreements] == [("a1", "samen bellen")]
    meeting.command(DropAgreement(agreement="a1"), 13)
    meeting.command(ConfirmAgreement(what="schrijven"), 14)
    assert [a.agreement for a in meeting.view(15, "nl").agreements] == ["a2"]


def test_an_agreement_without_words_is_refused() -> None:
    with pytest.raises(UsageError):
        _meeting().command(ConfirmAgreement(what="  "), 1)


def test_listening_needs_everyone() -> None:
    meeting = _meeting()
    with pytest.raises(UsageError):
        meeting.command(AgreeToListening(agreed=4, present=5), 1)
    meeting.command(AgreeToListening(agreed=5, present=5), 2)
    assert meeting.view(2, "nl").listening.consent


def test_the_last_minute_is_forgotten() -> None:
    meeting = _meeting()
    meeting.hear(_question(20, SentenceKind.OPEN))
    meeting.hear(_question(100, SentenceKind.GESLOTEN))
    meeting.hear(
        AgreementHeard(at=110, until=112, candidate=1, probability=0.9, what="iets", when="")
    )
    meeting.command(ForgetLastMinute(), 120)
    view = meeting.view(121, "nl")
    assert [mark.at for mark in view.marks] == [20]
    assert view.candidates == ()


def test_a_voice_tied_later_changes_what_was_counted() -> None:
    meeting = _meeting()
    meeting.hear(AdviceHeard(at=5, until=8, label=SentenceKind.ADVIES, probability=0.9, voice=2))
    assert meeting.view(9, "nl").marks[0].too_early
    meeting.command(TieVoice(voice=2, member=1), 10)  # Bram, the inbrenger: his own plan
    assert not meeting.view(11, "nl").marks[0].too_early


def test_a_spoken_command_does_what_the_hand_does() -> None:
    meeting = _meeting()
    meeting.hear(CommandHeard(at=60, command=VoiceCommand.NEXT))
    assert meeting.record.progress.step == 1
    meeting.hear(CommandHeard(at=70, command=VoiceCommand.MORE_MINUTES, minutes=5))
    assert meeting.view(70, "nl").clock.planned == 1500
    events = meeting.hear(CommandHeard(at=80, command=VoiceCommand.TIME_LEFT))
    assert _cues(events) == ["time-left"]
    meeting.hear(CommandHeard(at=81, command=VoiceCommand.STOP_LISTENING))
    assert not meeting.view(82, "nl").listening.consent


def test_a_spoken_command_that_cannot_be_done_does_nothing() -> None:
    meeting = _meeting()
    heard = CommandHeard(at=5, command=VoiceCommand.BACK)
    assert meeting.hear(heard) == [heard]


# ── steps from speech ────────────────────────────────────────────────────────


def test_an_announced_step_is_entered_where_it_was_said() -> None:
    meeting = _meeting(StepMode.AUTOMATISCH)
    events = meeting.hear(_next(100, StepFunction.VRAGEN)) + _ticks(meeting, 105, 110)
    assert StepEntered(at=100, step=1, by=MovedBy.HEARD) in events


def test_by_hand_speech_moves_nothing() -> None:
    meeting = _meeting(StepMode.HAND)
    events = meeting.hear(_next(100, StepFunction.VRAGEN)) + _ticks(meeting, 105, 110)
    assert not [e for e in events if isinstance(e, StepEntered | StepProposed)]


def test_a_proposal_waits_for_one_key() -> None:
    meeting = _meeting(StepMode.VOORSTEL)
    events = meeting.hear(_next(100, StepFunction.VRAGEN)) + _ticks(meeting, 105, 110)
    assert [e.step for e in events if isinstance(e, StepProposed)] == [1]
    assert not [e for e in events if isinstance(e, StepEntered)]
    proposal = meeting.view(111, "nl").proposal
    assert proposal is not None
    assert proposal.name == "Vragen"
    events = meeting.command(AcceptProposal(), 112)
    assert [type(e) for e in events] == [ProposalClosed, StepEntered]
    assert meeting.view(113, "nl").proposal is None


def test_a_proposal_fades_and_is_not_repeated() -> None:
    meeting = _meeting(StepMode.VOORSTEL)
    meeting.hear(_next(100, StepFunction.VRAGEN))
    events = _ticks(meeting, 105, 180)
    closed = [e for e in events if isinstance(e, ProposalClosed)]
    assert [e.how for e in closed] == ["faded"]
    assert len([e for e in events if isinstance(e, StepProposed)]) == 1


def test_a_refused_proposal_stays_away() -> None:
    meeting = _meeting(StepMode.VOORSTEL)
    meeting.hear(_next(100, StepFunction.VRAGEN, p=0.8))
    _ticks(meeting, 105, 110)
    meeting.command(RefuseProposal(), 111)
    meeting.hear(_next(130, StepFunction.VRAGEN, p=0.8))
    events = _ticks(meeting, 135, 160)
    assert not [e for e in events if isinstance(e, StepProposed)]


def test_the_hand_closes_a_proposal() -> None:
    meeting = _meeting(StepMode.VOORSTEL)
    meeting.hear(_next(100, StepFunction.VRAGEN))
    _ticks(meeting, 105, 110)
    events = meeting.command(NextStep(), 112)
    assert [e.how for e in events if isinstance(e, ProposalClosed)] == ["accepted"]


def test_an_undone_jump_is_not_made_again() -> None:
    meeting = _meeting(StepMode.AUTOMATISCH)
    meeting.hear(_next(100, StepFunction.VRAGEN, p=0.9))
    _ticks(meeting, 105, 108)
    assert meeting.record.progress.step == 1
    meeting.command(UndoMove(), 110)
    events = _ticks(meeting, 111, 130)
    events += meeting.hear(_next(131, StepFunction.VRAGEN, p=0.9)) + _ticks(meeting, 135, 150)
    assert not [e for e in events if isinstance(e, StepEntered)]


def test_an_announcement_taken_back_moves_the_group_back() -> None:
    meeting = _meeting(StepMode.AUTOMATISCH)
    meeting.hear(_next(100, StepFunction.VRAGEN))
    _ticks(meeting, 105, 110)
    taken_back = StepAnnounced(
        at=112, until=115, probability=0.9, move=StepMove.WITHDRAWN, role=Role.BEGELEIDER
    )
    events = meeting.hear(taken_back)
    assert [type(e) for e in events] == [StepAnnounced, MoveUndone]
    assert meeting.record.progress.step == 0


def test_a_changed_plan_is_undone_step_by_step() -> None:
    meeting = _meeting()
    plans = [meeting.record.progress.planned]
    for number in range(3):
        meeting.command(AddMinutes(minutes=1), float(number))
        plans.append(meeting.record.progress.planned)
    for expected in reversed(plans[:-1]):
        (event,) = meeting.command(UndoPlan(), 10)
        assert isinstance(event, PlanChanged)
        assert meeting.record.progress.planned == expected
