from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.events import CommandHeard, SpeakerTurned, VoiceCommand
from companion.method.round import TAKES, TAKES_AGAIN
from companion.session.commands import GoToStep, TieVoice, TurnTo
from companion.session.meeting import Meeting
from companion.vocabulary import Role
from tests.cues.heard import drive, meeting, turn

CARLA, DIRK, ELS = 2, 3, 4


def _round(*, tied: bool = True, step: str = "advies") -> Meeting:
    """The round of advice; the voices 2, 3 and 4 are those of Carla, Dirk and Els."""
    there = meeting(step=step)
    for voice in (CARLA, DIRK, ELS) if tied else ():
        there.command(TieVoice(voice=voice, member=voice), 1)
    return there


def _whose(there: Meeting) -> int | None:
    return there.record.turn.member if there.record.turn else None


def test_each_gets_a_share_of_the_step() -> None:
    assert _round().view(10, "nl").turn_planned == 600 / 3


def test_the_next_one_comes_in_the_order_of_the_members() -> None:
    there = _round(tied=False)
    seen = []
    for at in range(10, 50, 10):
        there.command(TurnTo(), at)
        seen.append(_whose(there))
    assert seen == [CARLA, DIRK, ELS, CARLA]


def test_the_next_one_can_be_asked_for_aloud() -> None:
    there = _round(tied=False)
    there.hear(CommandHeard(at=20, command=VoiceCommand.NEXT_SPEAKER))
    assert _whose(there) == CARLA


def test_who_was_passed_over_comes_before_who_has_been() -> None:
    there = _round(tied=False)
    for member in (DIRK, ELS):
        there.command(TurnTo(member=member), 10)
    there.command(TurnTo(), 20)
    assert _whose(there) == CARLA


def test_a_tied_voice_takes_the_word_when_it_was_heard_for_a_while() -> None:
    there = _round()
    drive(there, turn(20, voice=DIRK, seconds=TAKES - 0.5), until=30)
    assert _whose(there) is None
    drive(there, turn(40, voice=DIRK, seconds=TAKES + 0.5))
    assert there.record.turn == SpeakerTurned(at=40, member=DIRK)
    drive(there, turn(60, voice=ELS, seconds=6))
    assert _whose(there) == ELS


def test_a_reaction_of_who_has_been_does_not_take_the_word() -> None:
    there = _round()
    drive(there, turn(20, voice=DIRK), turn(40, voice=ELS))
    drive(there, turn(50, voice=DIRK, seconds=TAKES_AGAIN - 1))
    assert _whose(there) == ELS
    drive(there, turn(80, voice=DIRK, seconds=TAKES_AGAIN + 1))
    assert _whose(there) == DIRK


def test_without_ties_only_the_hand_moves_the_round() -> None:
    there = _round(tied=False)
    drive(there, turn(20, voice=DIRK, seconds=30))
    assert _whose(there) is None


def test_outside_a_round_nobody_takes_the_word() -> None:
    there = _round(step="analyse")
    drive(there, turn(20, voice=DIRK, seconds=30))
    assert _whose(there) is None


@pytest.mark.parametrize(("voice", "role"), [(1, Role.INBRENGER), (0, Role.BEGELEIDER)])
def test_who_leads_or_brings_in_has_no_place_in_the_round(voice: int, role: Role) -> None:
    there = _round()
    there.command(TieVoice(voice=voice, member=voice), 2)
    drive(there, turn(20, role, voice=voice, seconds=30))
    assert _whose(there) is None


def test_what_was_said_in_the_step_before_is_no_turn_here() -> None:
    there = _round(step="analyse")
    drive(there, turn(20, voice=DIRK, seconds=20))
    there.command(GoToStep(step=4), 40.5)
    there.tick(42)
    assert _whose(there) is None


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.floats(0.5, 25), st.floats(0, 20)), min_size=1, max_size=12
    )
)
def test_the_word_only_goes_to_members_and_forward_in_time(
    spoken: list[tuple[int, float, float]],
) -> None:
    there, now = _round(), 10.0
    turned: list[SpeakerTurned] = []
    for voice, seconds, pause in spoken:
        now += pause
        heard = turn(now, voice=voice, seconds=seconds)
        now += seconds
        turned += [e for e in there.hear(heard) if isinstance(e, SpeakerTurned)]
        turned += [e for e in there.tick(now) if isinstance(e, SpeakerTurned)]
    assert {event.member for event in turned} <= {CARLA, DIRK, ELS}
    assert [event.at for event in turned] == sorted(event.at for event in turned)
    assert all(a.member != b.member for a, b in itertools.pairwise(turned))
