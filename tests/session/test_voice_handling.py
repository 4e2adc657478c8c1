from __future__ import annotations

import msgspec
import pytest

from companion.errors import UsageError
from companion.events import (
    ConsentGiven,
    TurnHeard,
    VoiceSampled,
    VoiceSampling,
    VoicesMerged,
    VoicesRelabelled,
    VoicesReported,
    VoiceTied,
)
from companion.session.commands import ForgetLastMinute, MergeVoices, SampleVoice, TieVoice
from companion.session.meeting import Meeting
from companion.session.view import VoicesView
from companion.session.voice_showing import margin_of
from companion.vocabulary import Role
from tests.method.meetings import started


@pytest.fixture
def meeting() -> Meeting:
    meeting = Meeting(started("incident"))
    meeting.apply(ConsentGiven(at=0, agreed=4, present=4))
    return meeting


def _view(meeting: Meeting, language: str = "nl") -> VoicesView:
    return meeting.view(60.0, language).voices


def test_voices_are_off_until_the_listener_tells_them_apart(meeting: Meeting) -> None:
    assert _view(meeting).state == "off"
    meeting.hear(VoicesReported(at=5, learning=True, voices=(1,)))
    assert _view(meeting).state == "learning"
    meeting.hear(VoicesReported(at=125, learning=False, voices=(1,)))
    assert _view(meeting).state == "known"


def test_second_voice_tied_to_a_member_counts_as_the_first(meeting: Meeting) -> None:
    member = 2
    assert meeting.command(TieVoice(voice=1, member=member), 1.0) == [
        VoiceTied(at=1.0, voice=1, member=member)
    ]
    events = meeting.command(TieVoice(voice=4, member=member), 2.0)
    assert events[1:] == [VoicesMerged(at=2.0, voice=1, into=4)]
    meeting.hear(TurnHeard(at=3, until=5, voice=1, sure=True))
    meeting.hear(TurnHeard(at=5, until=9, voice=4, sure=True))
    (only,) = _view(meeting).voices
    assert (only.voice, only.member, only.seconds) == (4, member, 6.0)
    assert only.name == meeting.record.started.members[member]


def test_sample_that_is_long_enough_ties_the_voice_by_itself(meeting: Meeting) -> None:
    meeting.command(SampleVoice(member=1), 1.0)
    assert _view(meeting).sampling == 1
    short = VoiceSampled(at=3, member=1, voice=0, seconds=2.2)
    assert meeting.hear(short) == [short]
    assert _view(meeting).sampled_seconds == 2.2
    events = meeting.hear(VoiceSampled(at=7, member=1, voice=2, seconds=5.2, enough=True))
    assert VoiceTied(at=7, voice=2, member=1) in events
    assert VoiceSampling(at=7, member=None) in events
    assert _view(meeting).sampling is None
    assert meeting.record.ties[2].member == 1


def test_sample_of_a_forgotten_minute_is_none(meeting: Meeting) -> None:
    meeting.hear(VoiceSampled(at=30, member=1, voice=2, seconds=5.2, enough=True))
    meeting.hear(TurnHeard(at=32, until=40, voice=2, sure=True))
    meeting.hear(VoiceSampled(at=90, member=0, voice=1, seconds=5.2, enough=True))
    meeting.hear(TurnHeard(at=20, until=28, voice=1, sure=True))
    meeting.command(ForgetLastMinute(), 100.0)
    assert [(view.voice, view.sampled) for view in _view(meeting).voices] == [
        (1, False),
        (2, True),
    ]
    meeting.hear(VoiceSampled(at=110, member=0, voice=1, seconds=5.2, enough=True))
    assert _view(meeting).voices[0].sampled


@pytest.mark.parametrize("command", [TieVoice(voice=1, member=40), SampleVoice(member=-1)])
def test_member_who_is_not_there_is_refused(
    meeting: Meeting, command: TieVoice | SampleVoice
) -> None:
    with pytest.raises(UsageError, match="no such member"):
        meeting.command(command, 1.0)


def test_merge_and_take_apart(meeting: Meeting) -> None:
    meeting.hear(TurnHeard(at=0, until=4, voice=1, sure=True))
    meeting.hear(TurnHeard(at=4, until=6, voice=2, sure=True))
    meeting.command(MergeVoices(voice=2, into=1), 7.0)
    assert [(v.voice, v.seconds) for v in _view(meeting).voices] == [(1, 6.0)]
    meeting.command(MergeVoices(voice=2, into=2), 8.0)
    assert [(v.voice, v.seconds) for v in _view(meeting).voices] == [(1, 4.0), (2, 2.0)]


def test_shares_add_up_and_unsure_speech_widens_the_margin(meeting: Meeting) -> None:
    meeting.hear(TurnHeard(at=0, until=30, voice=1, sure=True))
    meeting.hear(TurnHeard(at=30, until=60, voice=2, sure=True))
    sure = _view(meeting).voices
    assert sum(voice.share for voice in sure) == pytest.approx(1)
    meeting.hear(TurnHeard(at=60, until=90, voice=2))
    assert _view(meeting).voices[0].margin > sure[0].margin


def test_margin_narrows_with_speech_and_widens_where_two_speak_at_once() -> None:
    turns = [TurnHeard(at=at, until=at + 10.0, voice=1, sure=True) for at in range(0, 60, 20)]
    more = [*turns, *(msgspec.structs.replace(t, at=t.at + 90, until=t.until + 90) for t in turns)]
    both = [msgspec.structs.replace(turn, overlap=True) for turn in turns]
    assert margin_of(more) < margin_of(turns) < margin_of(both)
    assert margin_of([]) == 0.0


def test_margin_is_never_said_to_be_nothing_or_more_than_everything() -> None:
    long = [TurnHeard(at=0, until=7000, voice=1, sure=True)]
    short = [TurnHeard(at=0, until=0.1, voice=1)]
    assert margin_of(long) == 0.02
    assert margin_of(short) == 1.0


def test_untied_voice_has_a_number_for_a_name(meeting: Meeting) -> None:
    meeting.hear(TurnHeard(at=0, until=4, voice=3, sure=True))
    assert _view(meeting).voices[0].name == "spreker 3"
    assert _view(meeting, "en").voices[0].name == "speaker 3"
    meeting.command(TieVoice(voice=3, role=Role.INBRENGER), 5.0)
    assert _view(meeting).voices[0].name == "inbrenger"


def test_journal_tells_the_same_meeting_after_corrections(meeting: Meeting) -> None:
    again = Meeting(started("incident"))
    again.apply(ConsentGiven(at=0, agreed=4, present=4))
    kept = [
        *meeting.hear(TurnHeard(at=0, until=8, voice=1)),
        *meeting.hear(TurnHeard(at=9, until=12, voice=2)),
        *meeting.command(TieVoice(voice=2, role=Role.INBRENGER), 13.0),
        *meeting.hear(VoicesRelabelled(at=14, stretches=((2.0, 5.0, 1, 2),))),
        *meeting.command(MergeVoices(voice=1, into=2), 15.0),
    ]
    for event in kept:
        again.apply(event)
    assert again == meeting
    assert meeting.record.tally.by_step[0].seconds_of(Role.INBRENGER) == 11
