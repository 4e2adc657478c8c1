from __future__ import annotations

import asyncio

import pytest

from companion.errors import ConflictError, MethodError, UsageError
from companion.events import (
    AgreementConfirmed,
    Gap,
    GapCause,
    ListeningProblem,
    ListeningReported,
    ListeningState,
    MeetingStarted,
    QuestionHeard,
    StepEntered,
)
from companion.session.commands import (
    AddMinutes,
    ConfirmAgreement,
    DropAgreement,
    EndMeeting,
    NextStep,
    StopListening,
)
from companion.session.lifecycle import CANDIDATES_KEPT
from companion.storage.records import Action, ActionState, Group
from tests.session.rooms import (
    METHODS,
    Room,
    candidate,
    question,
)

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
    await room.say(candidate(1.0))
    await room.do(ConfirmAgreement(what="Ik bel Ans", candidate=1))
    with pytest.raises(ConflictError, match="confirmed that agreement already"):
        await room.do(ConfirmAgreement(what="Ik bel Ans", candidate=1))
    assert len(room.view.agreements) == 1


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
    await room.say(question(1.0))
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
    await room.say(candidate(1.0, 1), candidate(2.0, 2))
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
    await room.say(candidate(1.0))
    await room.do(EndMeeting())
    await room.tick(CANDIDATES_KEPT - 1)
    assert len(room.view.candidates) == 1
    await room.tick(2)
    assert not room.view.candidates


async def test_findings_after_the_end_are_ignored(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3)
    await room.do(EndMeeting())
    await room.say(question(1.0))
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
    await room.say(ListeningReported(at=0.0, state=ListeningState.HEARING))
    room.clock.advance(10)
    assert room.view.clock.elapsed == 80.0
    assert (room.ears.orders[0].source, room.ears.orders[0].speed) == ("demo.opus", 8.0)


async def test_clock_of_a_recording_waits_until_it_is_heard(room: Room) -> None:
    await room.start(recording="demo.opus", agreed=3, present=3)
    await room.say(ListeningReported(at=0.0, state=ListeningState.STARTING))
    await room.tick(20)
    assert (room.view.held, room.view.now) == (True, 0.0)
    await room.say(ListeningReported(at=0.0, state=ListeningState.HEARING))
    await room.tick(5)
    assert (room.view.held, room.view.now) == (False, 5.0)


async def test_clock_of_a_recording_that_cannot_be_heard_runs(room: Room) -> None:
    await room.start(recording="demo.opus", agreed=3, present=3)
    lost = ListeningReported(
        at=0.0, state=ListeningState.LOST, problem=ListeningProblem.MODEL_MISSING
    )
    await room.say(lost)
    await room.tick(5)
    assert room.view.now == 5.0


async def test_clock_of_a_recording_that_nobody_wants_heard_runs(room: Room) -> None:
    await room.start(recording="demo.opus", agreed=3, present=3)
    await room.tick(5)
    await room.do(StopListening())
    await room.tick(1)
    await room.tick(5)
    assert room.view.now == 5.0


async def test_room_does_not_wait_for_the_models(room: Room) -> None:
    await room.start(agreed=3, present=3)
    await room.tick(5)
    assert room.view.now == 5.0


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


# ── running ───────────────────────────────────────────────────────────────────


async def test_run_ticks_hears_and_ends_when_closed(room: Room) -> None:
    await room.start(agreed=3, present=3)
    running = asyncio.create_task(room.session.run())
    subscription = room.session.subscribe()
    await room.ears.hear(question(1.0))
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
