from __future__ import annotations

import pytest

from companion.events import (
    AdviceHeard,
    TurnHeard,
    VoicesMerged,
    VoicesRelabelled,
    VoiceTied,
)
from companion.method.record import Record
from companion.method.speakers import Speakers, relabelled
from companion.method.tally import Spoken
from companion.vocabulary import Role, SentenceKind
from tests.method.meetings import started


def _turn(at: float, until: float, voice: int | None) -> TurnHeard:
    return TurnHeard(at=at, until=until, voice=voice)


def _advice(at: float, voice: int, role: Role | None = None) -> AdviceHeard:
    return AdviceHeard(
        at=at, until=at + 2, label=SentenceKind.ADVIES, probability=0.9, voice=voice, role=role
    )


def _voices(heard: list[Spoken]) -> list[tuple[float, object]]:
    return [(finding.at, finding.voice) for finding in heard]


def test_turn_is_cut_where_a_correction_cuts_it() -> None:
    found = relabelled([_turn(0, 10, 1)], [(3.0, 5.0, 1, 2)])
    assert [(f.at, f.until, f.voice) for f in found] == [(0, 3, 1), (3, 5, 2), (5, 10, 1)]


def test_correction_of_another_voice_changes_nothing() -> None:
    heard: list[Spoken] = [_turn(0, 10, 1), _advice(4, 1)]
    assert relabelled(heard, [(3.0, 5.0, 2, 3)]) == heard


def test_sentence_goes_with_its_middle_and_loses_the_role_of_the_other_voice() -> None:
    heard = [_advice(4, 1, Role.INBRENGER)]
    (kept,) = relabelled(heard, [(0.0, 4.9, 1, 2)])
    assert kept == heard[0]
    (moved,) = relabelled(heard, [(0.0, 5.1, 1, 2)])
    assert (moved.voice, moved.role) == (2, None)


def test_who_was_nobody_can_become_somebody_and_back() -> None:
    (known,) = relabelled([_turn(0, 4, None)], [(0.0, 4.0, None, 3)])
    assert known.voice == 3
    (gone,) = relabelled([known], [(0.0, 4.0, 3, None)])
    assert gone.voice is None


def test_speech_is_neither_lost_nor_doubled() -> None:
    stretches = [(1.0, 2.0, 1, 2), (2.0, 3.5, 1, 3), (8.0, 20.0, 1, 2)]
    found = relabelled([_turn(0, 10, 1)], stretches)
    assert sum(f.until - f.at for f in found) == pytest.approx(10)
    assert _voices(found) == [(0, 1), (1, 2), (2, 3), (3.5, 1), (8, 2)]


def test_merged_voice_counts_as_the_other_also_through_a_third() -> None:
    speakers = Speakers()
    speakers.fold(VoicesMerged(at=0, voice=3, into=2))
    speakers.fold(VoicesMerged(at=0, voice=2, into=1))
    assert [speakers.of(voice) for voice in (1, 2, 3, 4)] == [1, 1, 1, 4]
    assert sorted(speakers.counted_as(1)) == [2, 3]


def test_merging_in_a_circle_leaves_one_voice() -> None:
    speakers = Speakers()
    speakers.fold(VoicesMerged(at=0, voice=1, into=2))
    speakers.fold(VoicesMerged(at=0, voice=2, into=1))
    assert speakers.of(1) == speakers.of(2)


def test_voices_can_be_taken_apart_again() -> None:
    speakers = Speakers()
    speakers.fold(VoicesMerged(at=0, voice=3, into=2))
    speakers.fold(VoicesMerged(at=0, voice=3, into=3))
    assert speakers.of(3) == 3


@pytest.fixture
def record() -> Record:
    return Record(started("incident"))


def test_tally_follows_tie_correction_and_merge(record: Record) -> None:
    record.fold(_turn(0, 10, 1))
    record.fold(_turn(10, 14, 2))
    record.fold(VoiceTied(at=15, voice=2, role=Role.INBRENGER))
    assert record.tally.by_step[0].seconds_of(Role.INBRENGER) == 4
    record.fold(VoicesRelabelled(at=16, stretches=((0.0, 6.0, 1, 2),)))
    assert record.tally.by_step[0].seconds_of(Role.INBRENGER) == 10
    record.fold(VoicesMerged(at=17, voice=1, into=2))
    assert record.tally.by_step[0].seconds_of(Role.INBRENGER) == 14
    record.fold(VoicesMerged(at=18, voice=1, into=1))
    assert record.tally.by_step[0].seconds_of(Role.INBRENGER) == 10


def test_untied_voice_has_no_role_any_more(record: Record) -> None:
    record.fold(VoiceTied(at=0, voice=1, role=Role.INBRENGER))
    record.fold(TurnHeard(at=1, until=5, voice=1, role=Role.INBRENGER))
    record.fold(VoiceTied(at=6, voice=1))
    assert record.tally.by_step[0].seconds_of(Role.INBRENGER) == 0
    assert record.tally.by_step[0].seconds_of(None) == 4


def test_next_listener_begins_past_every_number(record: Record) -> None:
    assert record.next_voice() == 1
    record.fold(_turn(0, 2, 4))
    record.fold(VoiceTied(at=3, voice=7, role=Role.INBRENGER))
    assert record.next_voice() == 8
