from __future__ import annotations

from companion.events import AnyFinding, CommandHeard, QuestionHeard, TurnHeard, VoiceCommand
from companion.listening.voice_turns import attributed, whose
from companion.speech.voice_cells import Cell
from companion.vocabulary import Role, SentenceKind

_CELLS = [
    Cell(0.0, 1.0, 1, sure=True),
    Cell(1.0, 2.0, 1, sure=True),
    Cell(2.4, 3.4, 2, sure=True),
    Cell(3.4, 4.4, 2),
]
_ROLES: dict[int, Role | None] = {2: Role.INBRENGER}


def _question(at: float, until: float) -> QuestionHeard:
    return QuestionHeard(at=at, until=until, label=SentenceKind.OPEN, probability=0.9, voice=1)


def _given(finding: AnyFinding) -> list[AnyFinding]:
    return list(attributed(finding, _CELLS, _ROLES))


def test_utterance_of_two_voices_becomes_two_turns_without_a_hole() -> None:
    one, two = _given(TurnHeard(at=0.1, until=4.4))
    assert isinstance(one, TurnHeard)
    assert isinstance(two, TurnHeard)
    assert (one.at, one.until, one.voice, one.role, one.sure) == (0.1, 2.2, 1, None, True)
    assert (two.at, two.until, two.voice, two.role) == (2.2, 4.4, 2, Role.INBRENGER)


def test_sentence_goes_to_who_speaks_longest_in_it() -> None:
    (found,) = _given(_question(1.8, 3.0))
    assert isinstance(found, QuestionHeard)
    assert (found.voice, found.role) == (2, Role.INBRENGER)


def test_short_interjection_stays_with_the_speaker() -> None:
    cells = [Cell(0.0, 2.0, 1), Cell(2.0, 2.2, 2), Cell(2.2, 4.0, 1)]
    (turn,) = attributed(TurnHeard(at=0.0, until=4.0), cells, {})
    assert isinstance(turn, TurnHeard)
    assert (turn.voice, turn.until) == (1, 4.0)


def test_two_at_once_anywhere_in_a_turn_flag_that_turn_only() -> None:
    cells = [Cell(0.0, 2.0, 2), Cell(2.0, 3.0, 1, overlap=True), Cell(3.0, 9.0, 1)]
    turns = [*attributed(TurnHeard(at=0.0, until=9.0), cells, {})]
    assert [isinstance(turn, TurnHeard) and turn.overlap for turn in turns] == [False, True]


def test_what_has_no_voice_passes_unchanged() -> None:
    command = CommandHeard(at=1.0, command=VoiceCommand.NEXT)
    assert _given(command) == [command]


def test_turn_without_a_known_stretch_stays_as_it_is() -> None:
    turn = TurnHeard(at=9.0, until=9.5)
    assert list(attributed(turn, [], {})) == [turn]


def test_nobody_speaks_where_there_is_no_cell() -> None:
    assert whose(_CELLS, 7.0, 8.0) == (None, False)
