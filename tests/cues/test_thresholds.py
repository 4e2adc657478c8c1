"""Every threshold of the cues, from both sides: a changed number fails here."""

from __future__ import annotations

import pytest

from companion.cues import policy
from companion.cues.scene import scene
from companion.events import (
    AgreementHeard,
    AnyEvent,
    ConsentGiven,
    CueRaised,
    ListeningChanged,
    ListeningState,
)
from companion.session.commands import AddMinutes, GoToStep, SetMinutes
from companion.session.meeting import Meeting
from companion.vocabulary import Role, SentenceKind
from tests.cues.heard import advice, drive, meeting, named, question, turn
from tests.method.meetings import started

CLOSED = SentenceKind.GESLOTEN
HIM = Role.INBRENGER


def _at(cues: list[CueRaised], name: str) -> list[float]:
    return [cue.at for cue in cues if cue.cue == name]


def _gossip(*heard: AnyEvent, until: float | None = None) -> list[CueRaised]:
    return drive(meeting("roddel", "roddelen"), *heard, until=until)


def _talk(*at: float, seconds: float = 6.0, until: float | None = None) -> list[str]:
    """Members who talk, each a voice of its own, in the silent step of the Socratic method."""
    heard = [turn(each, voice=n, seconds=seconds) for n, each in enumerate(at)]
    return named(drive(meeting("socratisch", "vragen"), *heard, until=until))


def test_the_groups_attention_is_spent_as_agreed() -> None:
    assert (policy.BUDGET, policy.PERIOD, policy.QUIET) == (4, 600, 60)
    assert (policy.FRESH, policy.DISMISSED_REST, policy.LATER) == (30, 900, 120)


# ── questions and advice ──────────────────────────────────────────────────────


@pytest.mark.parametrize(("third", "found"), [(410, ["closed-in-a-row"]), (440, [])])
def test_questions_of_five_minutes_ago_say_nothing_of_now(third: float, found: list[str]) -> None:
    assert named(drive(meeting(), *(question(at, CLOSED) for at in (120, 130, third)))) == found


@pytest.mark.parametrize(("at", "found"), [(2, []), (4, ["early-advice"])])
def test_the_first_words_of_a_step_belong_to_the_one_before(at: float, found: list[str]) -> None:
    assert named(drive(meeting(at=0.0), advice(at), until=12)) == found


# ── the inbrenger ─────────────────────────────────────────────────────────────


def test_he_may_finish_what_he_was_saying() -> None:
    assert _at(_gossip(turn(4, HIM, seconds=8), until=40), "inbrenger-speaks") == [15]


@pytest.mark.parametrize(("apart", "times"), [(80, 1), (110, 0)])
def test_what_he_says_adds_up_over_a_minute_and_a_half(apart: float, times: int) -> None:
    cues = _gossip(turn(60, HIM, seconds=3), turn(60 + apart, HIM, seconds=3))
    assert len(_at(cues, "inbrenger-speaks")) == times


@pytest.mark.parametrize(
    ("seconds", "times", "found"),
    [(1.5, 5, []), (4.0, 1, []), (6.0, 1, ["inbrenger-speaks"])],
)
def test_a_word_of_his_is_let_pass(seconds: float, times: int, found: list[str]) -> None:
    assert (
        named(_gossip(*(turn(60.0 + 10 * n, HIM, seconds=seconds) for n in range(times)))) == found
    )


@pytest.mark.parametrize(("seconds", "found"), [(7, []), (10, ["inbrenger-answers"])])
def test_only_a_long_answer_is_an_answer(seconds: float, found: list[str]) -> None:
    there = meeting("vijfstappen", "verkenning")
    assert named(drive(there, turn(60, HIM, seconds=seconds))) == found


@pytest.mark.parametrize(("at", "found"), [(102, []), (104, ["inbrenger-speaks"])])
def test_who_is_asked_something_may_answer(at: float, found: list[str]) -> None:
    assert named(_gossip(question(98, CLOSED), turn(at, HIM))) == found


# ── who speaks ────────────────────────────────────────────────────────────────


def test_a_writing_step_may_first_be_explained() -> None:
    heard = [turn(at, voice=n) for n, at in enumerate((22.0, 30.0, 38.0))]
    cues = drive(meeting("socratisch", "vragen"), *heard, until=80)
    assert _at(cues, "talk-while-writing") == [45]
    assert _talk(13, 26, 33, until=80) == []


@pytest.mark.parametrize(("first", "found"), [(106, ["talk-while-writing"]), (90, [])])
def test_only_talk_of_the_last_minute_counts(first: float, found: list[str]) -> None:
    assert _talk(first, 130, 158) == found


@pytest.mark.parametrize(("seconds", "found"), [(4, []), (6, ["talk-while-writing"])])
def test_a_few_words_break_no_silence(seconds: float, found: list[str]) -> None:
    assert _talk(100, 110, 120, seconds=seconds) == found


@pytest.mark.parametrize(
    ("seconds", "found"), [(1.2, []), (2, ["discussion"]), (12, ["discussion"]), (20, [])]
)
def test_a_reaction_is_neither_a_sound_nor_a_contribution(seconds: float, found: list[str]) -> None:
    heard = [turn(100.0 + 25 * n, voice=n, seconds=seconds) for n in range(3)]
    assert named(drive(meeting("werkplek", "verhelderen"), *heard)) == found


def _shares(*seconds: float) -> list[str]:
    """Members' turns one after the other, a voice each, where all may speak."""
    heard, now = [], 100.0
    for voice, length in enumerate(seconds):
        heard.append(turn(now, voice=voice, seconds=length))
        now += length
    return named(drive(meeting(step="analyse"), *heard))


@pytest.mark.parametrize(
    ("seconds", "found"),
    [
        ((5, 20), []),  # too little speech to judge
        ((10, 50), ["dominates"]),
        ((20, 20, 60), []),  # of three, nearly twice an even share is needed
        ((15, 15, 70), ["dominates"]),
        ((17, 17, 16, 50), []),
        ((14, 13, 13, 60), ["dominates"]),
    ],
)
def test_a_share_is_much_only_when_it_is(seconds: tuple[float, ...], found: list[str]) -> None:
    assert _shares(*seconds) == found


def _round(third_before: float, third_here: float, known: int = 3) -> list[CueRaised]:
    """A round of advice from 100 s on, in which the third voice spoke so long, before and here."""
    there = meeting(step="introductie")
    lengths = [10.0, 10.0, third_before][:known]
    drive(there, *(turn(10.0 + 12 * n, voice=n, seconds=s) for n, s in enumerate(lengths)))
    there.command(GoToStep(step=4), 100)
    heard = [turn(120, voice=0), turn(130, voice=1)]
    heard += [turn(140, voice=2, seconds=third_here)] if third_here else []
    return drive(there, *heard, until=690)


def test_it_is_looked_who_has_not_spoken_when_the_round_is_nearly_over() -> None:
    assert _at(_round(10, 0), "no-turn") == [628]


def test_a_voice_hardly_heard_is_nobody_to_wait_for() -> None:
    assert _at(_round(6, 0), "no-turn") == []
    assert _at(_round(0, 0, known=2), "no-turn") == []


@pytest.mark.parametrize(("seconds", "times"), [(1.5, 1), (3, 0)])
def test_a_sound_is_no_turn(seconds: float, times: int) -> None:
    assert len(_at(_round(10, seconds), "no-turn")) == times


# ── the plan and the look back ────────────────────────────────────────────────


def test_a_plan_is_due_in_the_last_quarter_where_he_speaks_alone() -> None:
    assert _at(drive(meeting(step="afronding"), until=410), "plan-incomplete") == [315]


def test_a_plan_is_due_at_the_very_end_where_others_speak_too() -> None:
    cues = drive(meeting("vijfstappen", "advies"), until=1190)
    assert _at(cues, "plan-incomplete") == [1080]


def _vague(until: float) -> AgreementHeard:
    return AgreementHeard(at=until - 2, until=until, candidate=1, probability=0.9, what="praten")


def test_a_vague_intention_is_given_time() -> None:
    assert _at(drive(meeting(step="afronding"), _vague(24), until=90), "plan-incomplete") == [64]


def test_a_plan_step_is_given_time_to_begin() -> None:
    there = meeting(step="perceptie")
    there.hear(_vague(10))
    there.command(GoToStep(step=5), 30)
    assert _at(drive(there, until=120), "plan-incomplete") == [70]


@pytest.mark.parametrize(("seconds", "at"), [(12, []), (20, [324])])
def test_he_is_asked_on_only_after_his_say_and_a_silence(seconds: float, at: list[float]) -> None:
    there = meeting(step="afronding")
    cues = drive(there, turn(10), turn(320 - seconds, HIM, seconds=seconds), until=400)
    assert _at(cues, "plan-incomplete") == at


def test_the_look_back_is_asked_for_at_the_beginning_or_not_at_all() -> None:
    there = meeting(step="introductie", open_actions=2)
    assert _at(drive(there, until=20), "look-back") == [5]
    for seconds, found in ((40.0, ["look-back"]), (50.0, [])):
        late = meeting(step="introductie", open_actions=2)
        assert [e.cue for e in late.tick(seconds) if isinstance(e, CueRaised)] == found


@pytest.mark.parametrize(("held", "found"), [(25, ["look-back"]), (35, [])])
def test_a_look_back_of_half_a_minute_was_held(held: float, found: list[str]) -> None:
    there = meeting("zesstappen", "inbreng", at=held, open_actions=1)
    assert named(drive(there, until=held + 40)) == found


# ── the clock and the listener ────────────────────────────────────────────────


def _clock(there: Meeting, until: float) -> list[str]:
    return [cue.cue for cue in drive(there, until=until) if cue.cue.startswith("time-")]


def test_warnings_fit_the_length_of_a_step() -> None:
    short = meeting("werkplek", "kiezen")
    short.command(AddMinutes(minutes=-0.5), 0)
    assert _clock(short, 100) == ["time-over"]
    assert _clock(meeting(step="introductie"), 185) == ["time-20", "time-over"]
    assert _clock(meeting("socratisch", "casus"), 305) == ["time-20", "time-5", "time-over"]


def test_the_end_of_a_short_meeting_is_near_at_a_tenth() -> None:
    there = Meeting(started(minutes=30))
    assert _at(drive(there, until=1700), "meeting-end") == [1620]


def test_two_seconds_without_the_listener_are_borne() -> None:
    there = meeting()
    there.apply(ConsentGiven(at=0, agreed=5, present=5))
    there.apply(ListeningChanged(at=10, state=ListeningState.LOST))
    assert _at(drive(there, until=30), "listening-lost") == [12]


# ── writing first ─────────────────────────────────────────────────────────────


def _writes(there: Meeting, now: float, *heard: AnyEvent) -> bool:
    for each in heard:
        there.apply(each)
    return scene(there.record, now, {}).writing()


@pytest.mark.parametrize(("now", "writes"), [(19, False), (21, True), (175, True), (185, False)])
def test_people_write_once_it_is_quiet_and_until_they_have_written(
    now: float,
    writes: bool,  # noqa: FBT001
) -> None:
    assert _writes(meeting(), now) is writes


@pytest.mark.parametrize(("now", "writes"), [(148, True), (155, False)])
def test_writing_takes_a_quarter_of_a_step(now: float, writes: bool) -> None:  # noqa: FBT001
    spoken = turn(70, voice=1, seconds=5), turn(140, voice=2, seconds=5)
    assert _writes(meeting(step="perceptie"), now, *spoken) is writes


@pytest.mark.parametrize(("now", "writes"), [(295, True), (305, False)])
def test_writing_takes_five_minutes_at_most(now: float, writes: bool) -> None:  # noqa: FBT001
    there = meeting()
    there.command(SetMinutes(step=1, minutes=30), 0)
    spoken = turn(100, voice=1, seconds=5), turn(200, voice=2, seconds=5)
    assert _writes(there, now, *spoken) is writes
