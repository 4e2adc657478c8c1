from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from companion.errors import ConflictError, MethodError, StorageError, UsageError
from companion.events import (
    AgreementConfirmed,
    AgreementHeard,
    ConsentGiven,
    Gap,
    GapCause,
    LevelMeasured,
    ListeningChanged,
    ListeningState,
    MeetingEnded,
    MeetingStarted,
    QuestionHeard,
    StepEntered,
    TurnHeard,
)
from companion.listening.link import HearAgain, InStep, StopHearing, VoiceRole
from companion.session.commands import (
    AddMinutes,
    AgreeToListening,
    CloseCue,
    ConfirmAgreement,
    DropAgreement,
    EndMeeting,
    ForgetLastMinute,
    NextStep,
    Pause,
    Resume,
    StopListening,
    TieVoice,
)
from companion.session.lifecycle import CANDIDATES_KEPT, SIGN_OF_LIFE
from companion.storage.records import Action, ActionState, Group
from companion.vocabulary import Role, SentenceKind
from tests.session.rooms import METHODS, Room

_CONSENT = AgreeToListening(agreed=3, present=3)


def _question(at: float) -> QuestionHeard:
    return QuestionHeard(at=at, until=at + 2, label=SentenceKind.OPEN, probability=0.9)


def _candidate(at: float, number: int = 1) -> AgreementHeard:
    return AgreementHeard(at=at, until=at, candidate=number, probability=0.9, what="Ik bel Ans")


async def _fill_disk(room: Room) -> None:
    (pages,) = (await room.storage.database.pragma("PRAGMA page_count"))[0]
    await room.storage.database.pragma(f"PRAGMA max_page_count = {pages}")


async def _make_room(room: Room) -> None:
    await room.storage.database.pragma("PRAGMA max_page_count = 1000000")


# ── starting ──────────────────────────────────────────────────────────────────


async def test_started_meeting_is_in_its_first_step(room: Room) -> None:
    meeting = await room.start(inbrenger="Ans", begeleider="Bo")
    view = room.view
    assert (view.meeting, view.version, view.clock.step) == (meeting, 1, 0)
    assert room.session.running == meeting
    assert [type(event) for event in await room.events(meeting)] == [MeetingStarted]


async def test_second_meeting_is_refused_while_one_runs(room: Room) -> None:
    await room.start()
    with pytest.raises(ConflictError, match="meeting is running"):
        await room.start()


async def test_unknown_method_and_group_leave_no_trace(room: Room) -> None:
    with pytest.raises(MethodError, match="no method"):
        await room.start(method="yoga")
    with pytest.raises(UsageError, match="no such group"):
        await room.start(group="weg")
    assert await room.storage.meetings.list() == []
    assert room.session.view() is None


async def test_minutes_and_own_steps_are_planned(room: Room) -> None:
    first = METHODS["incident"].steps[0]
    await room.start(minutes=30, step_minutes={first.id: 5})
    view = room.view
    assert view.clock.meeting_planned == 30 * 60
    assert view.clock.planned == 5 * 60


async def test_look_back_is_held_when_the_group_has_open_actions(room: Room) -> None:
    method = next(m for m in METHODS.values() if any(step.look_back for step in m.steps))
    await room.storage.groups.save(Group(id="noord", name="Noord", created=0.0))
    without = await room.start(method=method.id, group="noord")
    steps = len(room.view.steps)
    await room.do(EndMeeting())
    await room.storage.actions.put(
        [Action(id="a", group="noord", meeting=without, what="Ik bel Ans", created=0.0)]
    )
    await room.start(method=method.id, group="noord")
    assert len(room.view.steps) == steps + 1
    await room.storage.actions.set_outcome("a", ActionState.GEDAAN)
    assert await room.storage.actions.open_for("noord") == []


# ── commands ──────────────────────────────────────────────────────────────────


async def test_acknowledged_command_is_in_the_journal(room: Room) -> None:
    meeting = await room.start()
    assert await room.do(NextStep()) == 2
    entered = (await room.events(meeting))[-1]
    assert isinstance(entered, StepEntered)
    assert entered.step == 1


async def test_repeated_command_counts_once_also_after_a_restart(room: Room) -> None:
    await room.start()
    assert await room.do(NextStep(id="k1"), NextStep(id="k1")) == 2
    room.crash()
    await room.session.resume()
    assert await room.do(NextStep(id="k1")) == 2
    assert room.view.clock.step == 1


async def test_second_begeleider_gets_a_conflict(room: Room) -> None:
    await room.start()
    seen = room.session.version
    await room.do(NextStep(expected=seen))
    with pytest.raises(ConflictError):
        await room.do(NextStep(expected=seen))
    assert room.view.clock.step == 1


async def test_command_that_cannot_be_done_changes_nothing(room: Room) -> None:
    meeting = await room.start()
    with pytest.raises(UsageError):
        await room.do(ConfirmAgreement(what="  "))
    assert room.session.version == 1
    assert len(await room.events(meeting)) == 1


async def test_command_without_a_meeting_is_refused(room: Room) -> None:
    with pytest.raises(UsageError, match="No meeting"):
        await room.do(NextStep())


async def test_caller_that_goes_away_leaves_no_half_done_command(room: Room) -> None:
    meeting = await room.start()
    caller = asyncio.create_task(room.session.do(NextStep()))
    await asyncio.sleep(0)
    caller.cancel()
    await asyncio.wait([caller])
    await room.run_until_idle()
    assert room.view.clock.step == 1
    assert len(await room.events(meeting)) == room.session.version == 2


async def test_many_commands_at_once_are_journalled_in_the_order_they_took_effect(
    room: Room,
) -> None:
    meeting = await room.start()
    added = [room.session.do(AddMinutes(minutes=1)) for _ in range(20)]
    versions = await asyncio.gather(*added)
    assert sorted(versions) == list(range(2, 22))
    live = room.view.clock.planned
    room.crash()
    await room.session.resume()
    assert room.view.clock.planned == live
    assert len(await room.events(meeting)) == 21


async def test_two_people_changing_one_agreement_conflict(room: Room) -> None:
    await room.start()
    await room.do(ConfirmAgreement(what="Ik bel Ans"))
    (agreed,) = room.view.agreements
    seen = room.session.version
    await room.do(ConfirmAgreement(what="Ik app Ans", agreement=agreed.agreement, expected=seen))
    with pytest.raises(ConflictError, match="changed that agreement"):
        await room.do(ConfirmAgreement(what="Ik zie", agreement=agreed.agreement, expected=seen))
    assert [agreement.what for agreement in room.view.agreements] == ["Ik app Ans"]


async def test_candidate_is_confirmed_once(room: Room) -> None:
    await room.start(agreed=3, present=3)
    await room.say(_candidate(1.0))
    await room.do(ConfirmAgreement(what="Ik bel Ans", candidate=1))
    with pytest.raises(ConflictError, match="confirmed that agreement already"):
        await room.do(ConfirmAgreement(what="Ik bel Ans", candidate=1))
    assert len(room.view.agreements) == 1


# ── listening ─────────────────────────────────────────────────────────────────


async def test_without_consent_no_microphone_opens(room: Room) -> None:
    await room.start()
    await room.do(NextStep(), Pause(), Resume())
    assert room.ears.orders == []


async def test_consent_of_all_opens_the_microphone(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3, microphone="Jabra")
    (order,) = room.ears.orders
    assert (order.source, order.microphone, order.starts_at) == ("", "Jabra", 0.0)
    assert [hint.id for hint in order.steps] == [step.id for step in METHODS["incident"].steps]
    assert isinstance((await room.events(meeting))[1], ConsentGiven)


async def test_one_who_does_not_agree_means_no_meeting_with_listening(room: Room) -> None:
    with pytest.raises(UsageError, match="everyone"):
        await room.start(agreed=2, present=3)
    assert await room.storage.meetings.list() == []


async def test_consent_can_be_given_later(room: Room) -> None:
    await room.start()
    room.clock.advance(90)
    await room.do(NextStep(), _CONSENT)
    (order,) = room.ears.orders
    assert (order.starts_at, order.step) == (90.0, 1)


async def test_pause_closes_the_microphone_and_resume_opens_it(room: Room) -> None:
    await room.start(agreed=3, present=3)
    await room.do(Pause())
    assert room.ears.told == [StopHearing()]
    room.clock.advance(60)
    await room.do(Resume())
    assert room.ears.told == [StopHearing(), HearAgain(starts_at=60.0)]
    assert len(room.ears.orders) == 1


async def test_consent_during_a_pause_opens_the_microphone_only_afterwards(room: Room) -> None:
    await room.start()
    await room.do(Pause(), _CONSENT)
    assert room.ears.orders == []
    await room.do(Resume())
    assert len(room.ears.orders) == 1


async def test_withdrawn_consent_ends_the_listener_and_the_meeting_goes_on(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3)
    await room.do(StopListening())
    assert (room.ears.alive, room.ears.stops) == (False, 1)
    await room.say(_question(1.0))
    assert not any(isinstance(event, QuestionHeard) for event in await room.events(meeting))
    await room.do(NextStep())
    assert room.view.clock.step == 1


async def test_listener_is_told_the_step_and_whose_voice_it_hears(room: Room) -> None:
    await room.start(agreed=3, present=3, inbrenger="Ans")
    await room.do(NextStep(), TieVoice(voice=2, member=0))
    assert room.ears.told == [InStep(step=1), VoiceRole(voice=2, role=Role.INBRENGER)]


async def test_findings_are_journalled_and_shown(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3)
    await room.say(_question(3.0))
    assert await room.events(meeting) == [*(await room.events(meeting))[:2], _question(3.0)]
    assert [mark.label for mark in room.view.marks] == [SentenceKind.OPEN]


async def test_level_and_candidates_are_shown_and_never_stored(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3)
    await room.say(LevelMeasured(at=1.0, rms_db=-33.0, peak_db=-20.0), _candidate(2.0))
    assert room.view.listening.rms_db == -33.0
    assert [candidate.what for candidate in room.view.candidates] == ["Ik bel Ans"]
    assert len(await room.events(meeting)) == 2
    async with room.storage.database.transaction() as connection:
        kept = (await connection.execute(text("SELECT group_concat(event) FROM journal"))).scalar()
    assert "Ik bel Ans" not in str(kept)


async def test_listening_state_is_journalled_when_it_changes(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3)
    for state in (ListeningState.STARTING, ListeningState.HEARING, ListeningState.HEARING):
        await room.report(state)
    changes = [e for e in await room.events(meeting) if isinstance(e, ListeningChanged)]
    assert [change.state for change in changes] == ["starting", "hearing"]
    assert room.view.version == (await room.storage.journal.read(meeting))[-1].sequence


async def test_forgotten_minute_is_gone_and_what_comes_late_stays_out(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3)
    room.clock.advance(100)
    await room.say(_question(10.0), _question(70.0), _candidate(80.0))
    await room.do(ForgetLastMinute())
    await room.say(TurnHeard(at=90.0, until=99.0, voice=1), _candidate(95.0, 2), _question(101.0))
    heard = [e.at for e in await room.events(meeting) if isinstance(e, QuestionHeard | TurnHeard)]
    assert heard == [10.0, 101.0]
    assert not room.view.candidates


async def test_finding_of_an_earlier_meeting_is_ignored(room: Room) -> None:
    await room.start(agreed=3, present=3)
    first = room.ears
    await room.do(EndMeeting())
    second = await room.start(agreed=3, present=3)
    await first.hear(_question(1.0))
    await room.run_until_idle()
    assert not any(isinstance(event, QuestionHeard) for event in await room.events(second))


async def test_asking_for_less_of_a_cue_is_remembered_for_the_group(room: Room) -> None:
    await room.storage.groups.save(Group(id="noord", name="Noord", created=0.0))
    await room.start(group="noord", minutes=10)
    for _ in range(700):
        await room.tick(1.0)
        if room.view.cue:
            break
    cue = room.view.cue
    assert cue is not None
    await room.do(CloseCue(number=cue.number, how="less"))
    group = await room.storage.groups.get("noord")
    assert group is not None
    assert group.less_of == (cue.cue,)


# ── ending ────────────────────────────────────────────────────────────────────


async def test_end_stores_the_plan_and_ends_the_listener(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3)
    room.clock.advance(50)
    await room.do(ConfirmAgreement(what="Ik bel Ans", who="Bo", when="morgen", due="2027-01-16"))
    room.clock.advance(10)
    await room.do(EndMeeting())
    assert not room.ears.alive
    (action,) = await room.storage.actions.of_meeting(meeting)
    assert (action.what, action.who, action.due) == ("Ik bel Ans", "Bo", "2027-01-16")
    assert action.created == room.clock.epoch + 50
    record = await room.storage.meetings.get(meeting)
    assert record is not None
    assert record.ended == room.clock.epoch + 60
    assert room.session.running is None
    assert room.view.clock.ended
    assert room.view.listening.state is ListeningState.OFF


async def test_texts_stand_in_the_actions_alone_after_the_end(room: Room) -> None:
    meeting = await room.start()
    await room.do(ConfirmAgreement(what="Ik bel Ans"), EndMeeting())
    assert not any(isinstance(e, AgreementConfirmed) for e in await room.events(meeting))


async def test_the_moment_it_ends_a_meeting_is_counts(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3)
    room.clock.advance(5)
    await room.say(_question(1.0))
    await room.do(ConfirmAgreement(what="Ik bel Ans"))
    assert await room.storage.figures.of_meeting(meeting) is None
    await room.do(EndMeeting())
    assert await room.events(meeting) == []
    found = await room.storage.figures.of_meeting(meeting)
    assert found is not None
    assert (found.review.plan.agreements, found.review.steps[0].questions) == (1, {"open": 1})
    assert (found.model, found.started) == ("base", room.clock.epoch)


async def test_what_comes_after_the_end_is_counted_too(room: Room) -> None:
    meeting = await room.start()
    await room.do(EndMeeting(), ConfirmAgreement(what="Ik bel Ans"))
    found = await room.storage.figures.of_meeting(meeting)
    assert found is not None
    assert found.review.plan.agreements == 1
    assert await room.events(meeting) == []


async def test_proposals_can_be_confirmed_and_dropped_after_the_end(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3)
    await room.say(_candidate(1.0, 1), _candidate(2.0, 2))
    await room.do(EndMeeting())
    await room.do(ConfirmAgreement(what="Ik bel Ans morgen", candidate=1))
    await room.do(DropAgreement(candidate=2))
    assert [a.what for a in await room.storage.actions.of_meeting(meeting)] == ["Ik bel Ans morgen"]
    (agreed,) = room.view.agreements
    await room.do(DropAgreement(agreement=agreed.agreement))
    assert await room.storage.actions.of_meeting(meeting) == []
    assert not any(isinstance(e, AgreementConfirmed) for e in await room.events(meeting))


async def test_proposals_nobody_wanted_leave_the_memory(room: Room) -> None:
    await room.start(agreed=3, present=3)
    await room.say(_candidate(1.0))
    await room.do(EndMeeting())
    await room.tick(CANDIDATES_KEPT - 1)
    assert len(room.view.candidates) == 1
    await room.tick(2)
    assert not room.view.candidates


async def test_findings_after_the_end_are_ignored(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3)
    await room.do(EndMeeting())
    await room.say(_question(1.0))
    assert not any(isinstance(event, QuestionHeard) for event in await room.events(meeting))


async def test_next_meeting_can_start_after_the_end(room: Room) -> None:
    first = await room.start()
    await room.do(EndMeeting())
    second = await room.start()
    assert first != second
    assert room.view.meeting == second


# ── time ──────────────────────────────────────────────────────────────────────


async def test_meeting_time_follows_the_clock(room: Room) -> None:
    await room.start()
    room.clock.advance(61.5)
    assert room.view.clock.elapsed == 61.5


async def test_recording_at_another_speed_runs_the_meeting_at_that_speed(room: Room) -> None:
    await room.start(recording="demo.opus", speed=8.0, agreed=3, present=3)
    room.clock.advance(10)
    assert room.view.clock.elapsed == 80.0
    assert (room.ears.orders[0].source, room.ears.orders[0].speed) == ("demo.opus", 8.0)


async def test_suspended_machine_leaves_a_gap(room: Room) -> None:
    meeting = await room.start()
    await room.tick(10)
    room.slept += 600
    room.clock.epoch += 600  # the monotonic clock stood still
    await room.tick(1)
    gap = (await room.events(meeting))[-1]
    assert gap == Gap(at=611.0, seconds=600.0, cause=GapCause.SUSPENDED)
    assert room.view.clock.meeting_elapsed == 11.0


@pytest.mark.parametrize("jump", [3600.0, -3600.0])
async def test_clock_that_is_set_is_noted_and_moves_nothing(room: Room, jump: float) -> None:
    meeting = await room.start()
    await room.tick(10)
    room.clock.epoch += jump
    await room.tick(1)
    assert (await room.events(meeting))[-1] == Gap(at=11.0, seconds=0.0, cause=GapCause.CLOCK_JUMP)
    assert room.view.clock.meeting_elapsed == 11.0


# ── restart ───────────────────────────────────────────────────────────────────


async def test_nothing_to_resume_is_said(room: Room) -> None:
    assert not await room.session.resume()
    await room.start()
    await room.do(EndMeeting())
    room.crash()
    assert not await room.session.resume()
    assert room.session.view() is None


async def test_resumed_meeting_is_the_one_that_was_live(room: Room) -> None:
    await room.start(agreed=3, present=3, inbrenger="Ans", begeleider="Bo")
    room.clock.advance(100)
    await room.do(NextStep(), AddMinutes(minutes=2), TieVoice(voice=1, member=0))
    await room.say(_question(90.0), _question(95.0), TurnHeard(at=80.0, until=99.0, voice=1))
    await room.do(ConfirmAgreement(what="Ik bel Ans"), Pause())
    live = room.session._here
    assert live is not None
    room.crash()
    assert await room.session.resume()
    back = room.session._here
    assert back is not None
    assert back.meeting == live.meeting
    assert back.time.now() == live.time.now()


async def test_forgotten_minute_stays_forgotten_after_a_restart(room: Room) -> None:
    await room.start(agreed=3, present=3)
    room.clock.advance(100)
    await room.say(_question(10.0), _question(70.0))
    version = await room.do(ForgetLastMinute())
    live = room.session._here
    assert live is not None
    room.crash()
    await room.session.resume()
    back = room.session._here
    assert back is not None
    assert back.meeting.record == live.meeting.record
    assert back.meeting.version == version
    await room.say(TurnHeard(at=90.0, until=99.0, voice=1))
    assert back.meeting.record == live.meeting.record


async def test_short_stop_of_the_service_lets_the_clock_run_on(room: Room) -> None:
    meeting = await room.start()
    await room.tick(SIGN_OF_LIFE + 1)
    room.crash(30)
    await room.session.resume()
    assert room.view.clock.meeting_elapsed == SIGN_OF_LIFE + 31
    assert not any(isinstance(event, Gap) for event in await room.events(meeting))


async def test_long_stop_of_the_service_is_a_gap(room: Room) -> None:
    meeting = await room.start()
    await room.tick(SIGN_OF_LIFE + 1)
    room.crash(600)
    await room.session.resume()
    gap = (await room.events(meeting))[-1]
    assert gap == Gap(at=616.0, seconds=600.0, cause=GapCause.SERVICE_DOWN)
    assert room.view.clock.meeting_elapsed == SIGN_OF_LIFE + 1
    assert room.view.now == 616.0


async def test_quiet_meeting_with_signs_of_life_has_no_gap(room: Room) -> None:
    meeting = await room.start()
    for _ in range(60):
        await room.tick(10)
    room.crash(30)
    await room.session.resume()
    assert not any(isinstance(event, Gap) for event in await room.events(meeting))
    assert room.view.now == 630.0


async def test_restart_listens_again_when_consent_stands(room: Room) -> None:
    await room.start(agreed=3, present=3, recording="demo.opus")
    room.ears.reached = 42.0
    await room.tick(SIGN_OF_LIFE + 1)
    room.crash(5)
    await room.session.resume()
    (order,) = room.ears.orders
    assert (order.source, order.source_from) == ("demo.opus", 42.0)


async def test_restart_stays_deaf_in_a_pause_and_after_withdrawal(room: Room) -> None:
    await room.start(agreed=3, present=3)
    await room.do(Pause())
    room.crash()
    await room.session.resume()
    assert room.ears.orders == []
    await room.do(Resume())
    assert len(room.ears.orders) == 1
    await room.do(StopListening())
    room.crash()
    await room.session.resume()
    assert room.ears.orders == []


async def test_end_that_was_not_stored_yet_is_stored_at_the_restart(room: Room) -> None:
    meeting = await room.start()
    await room.do(ConfirmAgreement(what="Ik bel Ans"))
    await room.storage.journal.append(meeting, room.clock.wall(), MeetingEnded(at=20.0))
    room.crash()
    assert not await room.session.resume()
    record = await room.storage.meetings.get(meeting)
    assert record is not None
    assert record.ended == room.clock.epoch + 20
    assert len(await room.storage.actions.of_meeting(meeting)) == 1


async def test_meeting_that_nobody_ended_yesterday_is_not_resumed(room: Room) -> None:
    meeting = await room.start()
    await room.do(ConfirmAgreement(what="Ik bel Ans"))
    await room.tick(SIGN_OF_LIFE + 1)
    room.crash(20 * 3600)
    assert not await room.session.resume()
    record = await room.storage.meetings.get(meeting)
    assert record is not None
    assert record.ended == room.clock.epoch + SIGN_OF_LIFE + 1
    assert len(await room.storage.actions.of_meeting(meeting)) == 1
    await room.start()


async def test_closing_ends_the_listener_and_keeps_the_meeting(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3)
    await room.session.close()
    assert not room.ears.alive
    room.crash()
    assert await room.session.resume()
    assert room.view.meeting == meeting


# ── no room on the disk ───────────────────────────────────────────────────────


async def test_full_disk_keeps_the_meeting_going_and_loses_nothing(room: Room) -> None:
    meeting = await room.start()
    await _fill_disk(room)
    notes = [ConfirmAgreement(what=f"Ik bel nummer {n} " + "heel lang " * 400) for n in range(8)]
    await room.do(*notes)
    waiting, why = room.session.unsaved
    assert waiting > 0
    assert "disk is full" in why
    assert len(room.view.agreements) == 8
    await room.do(NextStep())
    assert room.view.clock.step == 1
    await _make_room(room)
    await room.tick(1)
    assert room.session.unsaved == (0, "")
    assert len(await room.events(meeting)) == room.session.version == 10
    rows = await room.storage.journal.read(meeting)
    assert [row.sequence for row in rows] == list(range(1, 11))


async def test_meeting_that_ends_on_a_full_disk_is_stored_when_there_is_room(room: Room) -> None:
    meeting = await room.start()
    await _fill_disk(room)
    await room.do(ConfirmAgreement(what="Ik bel " + "heel lang " * 3000), EndMeeting())
    assert room.session.running is None
    with pytest.raises(StorageError, match="disk is full"):
        await room.start()
    await _make_room(room)
    await room.tick(1)
    assert len(await room.storage.actions.of_meeting(meeting)) == 1
    await room.start()


async def test_no_more_waits_than_memory_allows(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.session.ledger.MOST_WAITING", 3)
    await room.start(agreed=3, present=3)
    await _fill_disk(room)
    long = "heel lang " * 3000
    for _ in range(3):
        await room.do(ConfirmAgreement(what=long))
    with pytest.raises(StorageError, match="disk is full"):
        await room.do(ConfirmAgreement(what=long))
    version = room.session.version
    await room.say(_question(1.0))
    assert room.session.version == version
    assert room.view.clock.step == 0


# ── running ───────────────────────────────────────────────────────────────────


async def test_run_ticks_hears_and_ends_when_closed(room: Room) -> None:
    await room.start(agreed=3, present=3)
    running = asyncio.create_task(room.session.run())
    subscription = room.session.subscribe()
    await room.ears.hear(_question(1.0))
    async with asyncio.timeout(10):
        change = await anext(subscription)
        assert "QuestionHeard" in change.what
        await room.session.close()
        await running
        with pytest.raises(StopAsyncIteration):
            await anext(subscription)


async def test_what_is_past_its_term_goes_at_the_start_and_never_in_a_meeting(room: Room) -> None:
    old = await room.start()
    await room.do(EndMeeting())
    year = 366 * 86400.0
    room.clock.epoch += year
    running = await room.start()
    await room.tick(7200)
    assert len(await room.storage.meetings.list()) == 2
    await room.do(EndMeeting())
    await room.tick(1)
    assert [meeting.id for meeting in await room.storage.meetings.list()] == [running]
    assert await room.storage.journal.read(old) == []
