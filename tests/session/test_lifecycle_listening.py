from __future__ import annotations

import pytest
from sqlalchemy import text

from companion.errors import UsageError
from companion.events import (
    ConsentGiven,
    LevelMeasured,
    ListeningChanged,
    ListeningState,
    QuestionHeard,
    TurnHeard,
)
from companion.listening.link import Forget, HearAgain, InStep, StopHearing, VoiceRole
from companion.session.commands import (
    CloseCue,
    EndMeeting,
    ForgetLastMinute,
    NextStep,
    Pause,
    Resume,
    StopListening,
    TieVoice,
)
from companion.storage.records import Group
from companion.vocabulary import Role, SentenceKind
from tests.session.rooms import (
    CONSENT,
    METHODS,
    Room,
    candidate,
    question,
)


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
    await room.do(NextStep(), CONSENT)
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
    await room.do(Pause(), CONSENT)
    assert room.ears.orders == []
    await room.do(Resume())
    assert len(room.ears.orders) == 1


async def test_withdrawn_consent_ends_the_listener_and_the_meeting_goes_on(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3)
    await room.do(StopListening())
    assert (room.ears.alive, room.ears.stops) == (False, 1)
    await room.say(question(1.0))
    assert not any(isinstance(event, QuestionHeard) for event in await room.events(meeting))
    await room.do(NextStep())
    assert room.view.clock.step == 1


async def test_listener_is_told_the_step_and_whose_voice_it_hears(room: Room) -> None:
    await room.start(agreed=3, present=3, inbrenger="Ans")
    await room.do(NextStep(), TieVoice(voice=2, member=0))
    assert room.ears.told == [InStep(step=1), VoiceRole(voice=2, role=Role.INBRENGER)]


async def test_findings_are_journalled_and_shown(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3)
    await room.say(question(3.0))
    assert await room.events(meeting) == [*(await room.events(meeting))[:2], question(3.0)]
    assert [mark.label for mark in room.view.marks] == [SentenceKind.OPEN]


async def test_level_and_candidates_are_shown_and_never_stored(room: Room) -> None:
    meeting = await room.start(agreed=3, present=3)
    await room.say(LevelMeasured(at=1.0, rms_db=-33.0, peak_db=-20.0), candidate(2.0))
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
    await room.say(question(10.0), question(70.0), candidate(80.0))
    await room.do(ForgetLastMinute())
    assert room.ears.told == [Forget(since=40.0, until=100.0)]
    await room.say(TurnHeard(at=90.0, until=99.0, voice=1), candidate(95.0, 2), question(101.0))
    heard = [e.at for e in await room.events(meeting) if isinstance(e, QuestionHeard | TurnHeard)]
    assert heard == [10.0, 101.0]
    assert not room.view.candidates


async def test_finding_of_an_earlier_meeting_is_ignored(room: Room) -> None:
    await room.start(agreed=3, present=3)
    first = room.ears
    await room.do(EndMeeting())
    second = await room.start(agreed=3, present=3)
    await first.hear(question(1.0))
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
