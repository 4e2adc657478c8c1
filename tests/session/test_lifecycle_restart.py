from __future__ import annotations

from companion.events import (
    AgreementHeard,
    Gap,
    GapCause,
    MeetingEnded,
    TurnHeard,
)
from companion.session.commands import (
    AddMinutes,
    ConfirmAgreement,
    EndMeeting,
    ForgetLastMinute,
    NextStep,
    Pause,
    Resume,
    StopListening,
    TieVoice,
)
from companion.session.lifecycle import SIGN_OF_LIFE
from tests.session.rooms import (
    Room,
    question,
)


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
    await room.say(question(90.0), question(95.0), TurnHeard(at=80.0, until=99.0, voice=1))
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
    await room.say(question(10.0), question(70.0))
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


async def test_what_was_understood_of_a_recording_is_not_heard_again(room: Room) -> None:
    await room.start(agreed=3, present=3, recording="demo.opus")
    room.ears.reached = 12.0
    await room.say(TurnHeard(at=8.0, until=12.0), question(9.0))
    room.crash(5)
    await room.session.resume()
    assert room.ears.orders[0].source_from == 12.0


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


async def test_candidate_of_a_new_listener_is_none_that_was_confirmed(room: Room) -> None:
    await room.start(agreed=3, present=3)
    await room.say(_candidate(1, "Bo bellen"))
    await room.do(ConfirmAgreement(what="Bo bellen", candidate=1))
    room.crash()
    await room.session.resume()
    assert room.ears.candidates[-1] == 1
    await room.say(_candidate(2, "een brief schrijven"))
    await room.do(ConfirmAgreement(what="een brief schrijven", candidate=2))
    assert [agreed.what for agreed in room.view.agreements] == ["Bo bellen", "een brief schrijven"]


async def test_what_was_confirmed_is_no_candidate_when_it_is_said_again(room: Room) -> None:
    await room.start(agreed=3, present=3)
    await room.say(_candidate(1, "Bo bellen"))
    await room.do(ConfirmAgreement(what="Bo bellen, morgen", candidate=1))
    await room.say(_candidate(1, "Bo bellen op maandag"))
    assert room.view.candidates == ()
    assert [agreed.what for agreed in room.view.agreements] == ["Bo bellen, morgen"]


def _candidate(number: int, what: str) -> AgreementHeard:
    return AgreementHeard(at=5.0, until=6.0, candidate=number, probability=0.9, what=what)
