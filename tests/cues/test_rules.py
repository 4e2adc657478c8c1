from __future__ import annotations

import pytest

from companion.events import (
    AgreementConfirmed,
    AgreementHeard,
    AnyEvent,
    ConsentGiven,
    ListeningChanged,
    ListeningState,
)
from companion.session.commands import GoToStep
from companion.vocabulary import Role, SentenceKind
from tests.cues.heard import advice, drive, meeting, named, question, turn

CLOSED = SentenceKind.GESLOTEN


def test_three_closed_questions_in_a_row_call_for_a_cue() -> None:
    (cue,) = drive(meeting(), *(question(100.0 + 10 * n, CLOSED) for n in range(3)))
    assert cue.cue == "closed-in-a-row"
    assert cue.why == {"count": 3}
    assert cue.at == pytest.approx(122)


def test_a_single_closed_question_is_no_cue() -> None:
    assert drive(meeting(), question(100, CLOSED), until=150) == []


def test_an_open_question_breaks_the_row() -> None:
    asked = [CLOSED, CLOSED, SentenceKind.OPEN, CLOSED, CLOSED]
    assert drive(meeting(), *(question(100.0 + 10 * n, k) for n, k in enumerate(asked))) == []


def test_closed_questions_are_fine_where_any_fit() -> None:
    there = meeting(step="analyse")
    assert drive(there, *(question(100.0 + 10 * n, CLOSED) for n in range(5))) == []


def test_a_row_of_factual_questions_is_not_scolded() -> None:
    kind = SentenceKind.GERICHT
    assert drive(meeting(), *(question(100.0 + 10 * n, kind) for n in range(4))) == []


def test_the_begeleiders_own_questions_do_not_count() -> None:
    own = (question(100.0 + 10 * n, CLOSED, Role.BEGELEIDER) for n in range(5))
    assert drive(meeting(), *own) == []


def test_unsure_labels_do_not_count() -> None:
    assert drive(meeting(), *(question(100.0 + 10 * n, CLOSED, p=0.5) for n in range(5))) == []


def test_two_leading_questions_call_for_a_cue() -> None:
    kinds = [SentenceKind.SUGGESTIEF, SentenceKind.OPEN, SentenceKind.SUGGESTIEF]
    cues = drive(meeting(), *(question(100.0 + 10 * n, k) for n, k in enumerate(kinds)))
    assert named(cues) == ["leading"]
    assert cues[0].why == {"count": 2, "of": 3}


def test_two_turns_of_stacked_questions_call_for_a_cue() -> None:
    heard = [question(100, in_turn=1), question(103, in_turn=2)]
    heard += [question(130, in_turn=1), question(133, in_turn=2)]
    assert named(drive(meeting(), *heard)) == ["stacked"]
    assert named(drive(meeting(), *heard[:2])) == []


def test_advice_before_its_round_calls_for_a_cue() -> None:
    assert named(drive(meeting(), advice(100))) == ["early-advice"]
    disguised = advice(100, SentenceKind.VERKAPT_ADVIES)
    assert named(drive(meeting(), disguised)) == ["early-disguised"]


def test_advice_in_its_round_is_welcome() -> None:
    assert named(drive(meeting(step="advies"), advice(100), advice(120))) == []


def test_doubtful_advice_is_no_cue_but_in_crea_it_is() -> None:
    assert named(drive(meeting(), advice(100, p=0.55))) == []
    crea = meeting("crea", "collectief-denken")
    assert named(drive(crea, advice(100, p=0.55))) == ["early-advice"]


def test_crea_never_has_advice_and_says_so() -> None:
    crea = meeting("crea", "evaluatie")
    assert named(drive(crea, advice(100))) == ["early-advice"]
    shown = crea.view(103, "nl").cue
    assert shown is not None
    assert shown.title == "Geen advies in deze methode"


def test_what_the_inbrenger_means_to_do_is_no_advice() -> None:
    assert named(drive(meeting(), advice(100, role=Role.INBRENGER))) == []


def test_the_inbrenger_who_talks_during_the_gossip() -> None:
    there = meeting("roddel", "roddelen")
    cues = drive(there, turn(50), turn(60, Role.INBRENGER, voice=0))
    assert named(cues) == ["inbrenger-speaks"]


def test_a_word_of_the_inbrenger_is_let_pass() -> None:
    there = meeting("roddel", "roddelen")
    assert named(drive(there, turn(50), turn(60, Role.INBRENGER, seconds=1.5))) == []


def test_the_inbrenger_who_answers_where_questions_sink_in() -> None:
    there = meeting("vijfstappen", "verkenning")
    assert named(drive(there, turn(60, Role.INBRENGER, seconds=12))) == ["inbrenger-answers"]


def test_what_a_question_does_to_him_may_be_said() -> None:
    there = meeting("vijfstappen", "verkenning")
    heard = [turn(310.0 + 12 * n, Role.INBRENGER, seconds=4) for n in range(4)]
    assert named(drive(there, *heard)) == []


def test_talk_while_people_write() -> None:
    there = meeting("socratisch", "vragen")
    heard = [turn(60.0 + 8 * n, voice=n) for n in range(4)]
    assert named(drive(there, *heard)) == ["talk-while-writing"]


def test_the_begeleider_may_explain_the_writing() -> None:
    there = meeting("socratisch", "vragen")
    heard = [turn(60.0 + 8 * n, Role.BEGELEIDER) for n in range(4)]
    assert named(drive(there, *heard)) == []


def test_where_writing_comes_first_talk_counts_only_once_it_was_quiet() -> None:
    heard = [turn(60.0 + 8 * n, voice=n) for n in range(4)]
    assert named(drive(meeting(), *heard)) == ["talk-while-writing"]
    opened = [turn(52.0, Role.BEGELEIDER, voice=9), *heard]
    assert named(drive(meeting(), *opened)) == []
    written = [turn(250.0 + 8 * n, voice=n) for n in range(4)]
    assert named(drive(meeting(), *written)) == []
    busy = [turn(2.0 + 8 * n, voice=n % 3) for n in range(12)]
    assert named(drive(meeting(), *busy)) == []


def test_reactions_where_answers_are_not_discussed() -> None:
    there = meeting("werkplek", "verhelderen")
    heard = [turn(100.0 + 8 * n, voice=n) for n in range(3)]
    assert named(drive(there, *heard)) == ["discussion"]


def test_questions_are_no_discussion() -> None:
    there = meeting("werkplek", "verhelderen")
    heard: list[AnyEvent] = []
    for n in range(4):
        heard += [turn(100.0 + 8 * n, voice=n), question(101.0 + 8 * n)]
    assert "discussion" not in named(drive(there, *heard))


def test_two_who_answer_each_other_in_a_round_of_views() -> None:
    there = meeting(step="perceptie")
    to_and_fro = [turn(200.0 + 8 * n, voice=n % 2) for n in range(4)]
    assert named(drive(there, *to_and_fro)) == ["discussion"]
    around = [turn(200.0 + 8 * n, voice=n) for n in range(4)]
    assert named(drive(meeting(step="perceptie"), *around)) == []


def test_one_voice_that_takes_most_of_the_room() -> None:
    there = meeting(step="analyse")
    heard = [turn(100.0 + 20 * n, voice=1 if n % 4 else 2, seconds=15) for n in range(8)]
    cues = drive(there, *heard)
    assert named(cues) == ["dominates"]
    assert cues[0].why["percent"] > 55


def test_shares_are_not_judged_when_they_are_even() -> None:
    there = meeting(step="analyse")
    heard = [turn(100.0 + 20 * n, voice=n % 3, seconds=15) for n in range(12)]
    assert named(drive(there, *heard)) == []


def test_a_round_that_ends_without_one_of_the_voices() -> None:
    there = meeting(step="introductie")
    drive(there, *(turn(10.0 + 12 * n, voice=n, seconds=10) for n in range(3)))
    there.command(GoToStep(step=4), 100)
    cues = drive(there, turn(120, voice=0), turn(130, voice=1), until=650)
    assert named(cues) == ["no-turn"]
    assert next(cue.why for cue in cues if cue.cue == "no-turn") == {"count": 2, "of": 3}


def test_a_full_round_is_no_cue() -> None:
    there = meeting(step="introductie")
    drive(there, *(turn(10.0 + 12 * n, voice=n, seconds=10) for n in range(3)))
    there.command(GoToStep(step=4), 100)
    heard = [turn(120.0 + 10 * n, voice=n) for n in range(3)]
    assert named(drive(there, *heard, until=690)) == []


def test_a_plan_without_a_moment_near_the_end() -> None:
    there = meeting(step="afronding")
    assert named(drive(there, until=410)) == ["plan-incomplete"]


def test_a_vague_intention_is_asked_about_sooner() -> None:
    there = meeting(step="afronding")
    said = AgreementHeard(at=20, until=24, candidate=1, probability=0.9, what="ik ga praten")
    assert named(drive(there, said, until=70)) == ["plan-incomplete"]


def test_a_concrete_plan_is_left_alone() -> None:
    there = meeting(step="afronding")
    there.apply(
        AgreementConfirmed(at=5, agreement="a1", what="bellen", with_whom="Mia", when="morgen")
    )
    assert named(drive(there, until=410)) == []


def test_open_actions_that_nobody_looked_back_on() -> None:
    there = meeting("incident", "introductie", open_actions=2)
    assert named(drive(there, until=40)) == ["look-back"]
    assert named(drive(meeting("incident", "introductie"), until=40)) == []


def test_a_look_back_that_was_passed_over() -> None:
    there = meeting("zesstappen", "inbreng", at=5, open_actions=1)
    assert named(drive(there, until=60)) == ["look-back"]
    held = meeting("zesstappen", "inbreng", at=200, open_actions=1)
    assert named(drive(held, until=260)) == []


def test_a_good_stretch_of_open_questions_is_praised() -> None:
    cues = drive(meeting(), *(question(100.0 + 20 * n) for n in range(5)))
    assert named(cues) == ["praise-open"]


def test_lost_listening_is_said_once_while_people_count_on_it() -> None:
    there = meeting()
    there.apply(ConsentGiven(at=0, agreed=5, present=5))
    there.apply(ListeningChanged(at=10, state=ListeningState.LOST))
    assert named(drive(there, until=100)) == ["listening-lost"]


def test_without_consent_nobody_misses_the_listener() -> None:
    there = meeting()
    there.apply(ListeningChanged(at=10, state=ListeningState.LOST))
    assert named(drive(there, until=100)) == []
