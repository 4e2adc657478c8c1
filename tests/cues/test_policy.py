from __future__ import annotations

import pytest

from companion.cues.policy import BUDGET, DISMISSED_REST, LATER, PERIOD, QUIET, CueLog
from companion.events import CueClosed, CueRaised, StepEntered
from companion.session.commands import AddMinutes, CloseCue, GoToStep, Pause
from companion.session.meeting import Meeting
from companion.vocabulary import MovedBy, Role, SentenceKind
from tests.cues.heard import advice, drive, meeting, named, question, turn


def _closed(at: float, count: int = 3) -> list:  # type: ignore[type-arg]
    return [question(at + 5 * n, SentenceKind.GESLOTEN) for n in range(count)]


def test_the_clock_warns_at_a_fifth_a_twentieth_and_at_the_end() -> None:
    cues = drive(meeting(), until=1300)
    assert [(cue.cue, cue.at) for cue in cues] == [
        ("time-20", 960),
        ("time-5", 1140),
        ("time-over", 1200),
    ]


def test_a_short_step_gets_fewer_warnings() -> None:
    cues = drive(meeting("werkplek", "kiezen"), until=200)
    assert [cue.cue for cue in cues] == ["time-20", "time-over"]


def test_more_minutes_warn_anew() -> None:
    there = meeting()
    drive(there, until=970)
    there.command(AddMinutes(minutes=10), 970)
    assert [cue.at for cue in drive(there, until=1500)] == [1440]


def test_going_back_to_a_step_does_not_repeat_its_warning() -> None:
    there = meeting()
    drive(there, until=970)
    there.command(GoToStep(step=2), 971)
    there.command(GoToStep(step=1), 975)
    assert drive(there, until=1000) == []


def test_the_agreed_end_is_announced_while_steps_are_still_to_come() -> None:
    there = meeting()
    cues = drive(there, until=3400)
    assert [cue.at for cue in cues if cue.cue == "meeting-end"] == [3300]


def test_in_silence_the_clock_is_brief() -> None:
    writing = drive(meeting("socratisch", "vragen"), until=500)
    talking = drive(meeting(), until=970)
    assert writing[0].expires - writing[0].at < talking[0].expires - talking[0].at


def test_paused_nothing_comes_up() -> None:
    there = meeting()
    there.command(Pause(), 10)
    assert drive(there, until=2000) == []


def test_no_behavioural_cue_in_the_first_two_minutes_of_his_story() -> None:
    there = meeting(step="introductie")
    assert named(drive(there, advice(30), until=100)) == []
    assert named(drive(there, advice(130), until=140)) == ["early-advice"]


def test_the_same_cue_rests_before_it_comes_again() -> None:
    there = meeting()
    assert named(drive(there, advice(100))) == ["early-advice"]
    assert named(drive(there, advice(220), until=300)) == []
    assert named(drive(there, advice(345))) == ["early-advice"]


def test_old_evidence_is_not_brought_up_later() -> None:
    there = meeting()
    assert named(drive(there, advice(100))) == ["early-advice"]
    heard = _closed(105)
    assert named(drive(there, *heard, until=400)) == []


@pytest.mark.parametrize(
    ("how", "rest"), [("dismissed", DISMISSED_REST), ("later", LATER), ("less", 720.0)]
)
def test_what_is_done_with_a_cue_decides_its_rest(how: str, rest: float) -> None:
    there = meeting(step="analyse")
    drive(there, advice(100))
    there.command(CloseCue(number=1, how=how), 103)  # type: ignore[arg-type]
    times = 2 if how == "less" else 1
    rest = max(rest, DISMISSED_REST) if how == "less" else rest
    early = [advice(100 + rest - 10 + n) for n in range(times)]
    assert named(drive(there, *early)) == []
    again = [advice(100 + rest + 30 + n) for n in range(times)]
    assert named(drive(there, *again)) == ["early-advice"]


def test_less_of_a_kind_is_remembered_for_the_group() -> None:
    there = meeting(less_of=frozenset({"closed-in-a-row", "time-20"}))
    assert drive(there, *_closed(100), until=1000) == []
    assert named(drive(there, *_closed(1010, 6))) == ["closed-in-a-row"]


def test_two_cues_keep_the_quiet_time() -> None:
    there = meeting()
    drive(there, advice(100))
    there.command(CloseCue(number=1), 103)
    assert named(drive(there, *_closed(110))) == []
    assert named(drive(there, *_closed(102 + QUIET))) == ["closed-in-a-row"]


def _provoke(there: Meeting, until: float) -> list[float]:
    """Everything at once, all the time; when the cues came."""
    at: list[float] = []
    now = 10.0
    kinds = [SentenceKind.GESLOTEN] * 3 + [SentenceKind.SUGGESTIEF] * 2 + [SentenceKind.OPEN] * 6
    while now < until:
        heard = [advice(now), advice(now + 1, SentenceKind.VERKAPT_ADVIES)]
        heard += [question(now + 2 + n, k, in_turn=2) for n, k in enumerate(kinds)]  # type: ignore[misc]
        cues = drive(there, *heard, turn(now + 14, Role.INBRENGER, seconds=10))
        at += [cue.at for cue in cues if named([cue])]
        for cue in cues:
            there.command(CloseCue(number=cue.number, how="later"), now + 20)
        now += 25
    return at


def test_the_budget_holds_however_much_there_is_to_say() -> None:
    at = _provoke(meeting("vijfstappen", "verkenning"), 1100)
    assert len(at) > BUDGET
    for first, last in zip(at, at[BUDGET:], strict=False):
        assert last - first >= PERIOD


def test_without_a_begeleider_the_words_are_for_all() -> None:
    led, alone = meeting(), meeting(begeleider="")
    for there in (led, alone):
        drive(there, advice(100))
    with_one, without = led.view(103, "nl").cue, alone.view(103, "nl").cue
    assert with_one is not None
    assert without is not None
    assert (with_one.audience, without.audience) == ("begeleider", "both")
    assert with_one.text != without.text
    assert without.text.startswith("Bewaren we")


def test_a_cue_says_the_counts_behind_it() -> None:
    there = meeting()
    drive(there, *_closed(100))
    for language, why in (
        ("nl", "3 gesloten vragen achter elkaar"),
        ("en", "3 closed questions in a row"),
    ):
        cue = there.view(113, language).cue
        assert cue is not None
        assert cue.why == why


def test_a_cue_fades_by_itself_and_stays_to_be_read_back() -> None:
    there = meeting()
    drive(there, advice(100))
    assert there.view(110, "nl").cue is not None
    later = there.view(200, "nl")
    assert later.cue is None
    assert [cue.cue for cue in later.earlier_cues] == ["early-advice"]


def test_the_clock_of_a_step_is_gone_with_the_step() -> None:
    log = CueLog()
    log.fold(CueRaised(at=50, cue="time-5", step=0, number=1, expires=120))
    log.fold(CueRaised(at=51, cue="closed-in-a-row", step=0, number=2, expires=120))
    log.fold(CueClosed(at=52, number=2, how="dismissed"))
    assert log.up(60) is not None
    log.fold(StepEntered(at=61, step=1, by=MovedBy.HAND))
    assert log.up(62) is None
