from __future__ import annotations

import numpy as np
import pytest

from companion.speech.voice_cells import Cell
from companion.speech.voice_clustering import unit
from companion.speech.voice_network import Embedding
from companion.speech.voices import Voices

_DRAW = np.random.default_rng(7)
_PEOPLE = unit(np.asarray(_DRAW.standard_normal((8, 192)) + 0.4, np.float32))


def _said(person: int, spread: float = 0.045) -> Embedding:
    noisy = _PEOPLE[person] + spread * _DRAW.standard_normal((1, 192))
    return np.asarray(unit(np.asarray(noisy, np.float32))[0], np.float32)


def _speak(voices: Voices, people: list[int], windows: int = 4, gap: float = 0.5) -> list[Cell]:
    """Each of `people` speaks for so many windows in turn, a look at everything every five."""
    cells = []
    at = voices.cells[-1].until + gap if voices.cells else 0.0
    for person in people:
        for _ in range(windows):
            cells.append(voices.hear(at, at + 0.75, _said(person), whole=True))
            at += 0.75
            if len(voices.cells) % 7 == 0:
                voices.regroup()
        at += gap
    return cells


def _numbers(cells: list[Cell], windows: int = 4) -> list[int | None]:
    """The voice of each turn, which must be the same all through it."""
    turns = [cells[i : i + windows] for i in range(0, len(cells), windows)]
    assert all(len({cell.voice for cell in turn}) == 1 for turn in turns)
    return [turn[0].voice for turn in turns]


def test_people_keep_their_numbers_from_one_upwards() -> None:
    voices = Voices()
    cells = _speak(voices, [0, 1, 0, 1, 2, 0, 2, 1])
    voices.regroup()
    assert _numbers(cells) == [1, 2, 1, 2, 3, 1, 3, 2]
    assert voices.numbers == (1, 2, 3)


def test_known_voice_is_told_at_once_and_surely() -> None:
    voices = Voices()
    _speak(voices, [0, 1, 0, 1])
    voices.regroup()
    cell = voices.hear(99.0, 99.75, _said(1), whole=True)
    assert (cell.voice, cell.sure) == (2, True)


def test_somebody_new_is_nobody_until_there_is_enough_and_then_relabelled() -> None:
    voices = Voices()
    _speak(voices, [0, 1, 0, 1])
    voices.regroup()
    new = [voices.hear(50 + i, 50.75 + i, _said(3), whole=True) for i in range(7)]
    assert {cell.voice for cell in new} == {None}
    changes = voices.regroup()
    assert {cell.voice for cell in new} == {3}
    assert {(change.was, change.voice) for change in changes} == {(None, 3)}
    assert changes[0].at == 50.0


def test_numbers_go_on_where_another_listener_stopped() -> None:
    voices = Voices(first=6)
    cells = _speak(voices, [0, 1, 0, 1])
    voices.regroup()
    assert _numbers(cells) == [6, 7, 6, 7]


def test_what_is_too_short_takes_after_its_neighbour_and_not_over_a_silence() -> None:
    voices = Voices()
    _speak(voices, [0, 1])
    voices.regroup()
    end = voices.cells[-1].until
    assert voices.hear(end + 0.4, end + 0.6, None, whole=False).voice == voices.cells[-2].voice
    assert voices.hear(end + 9.0, end + 9.2, None, whole=False).voice is None


def test_sample_names_a_voice_before_anything_else_was_learnt() -> None:
    voices = Voices()
    number = voices.sample([_said(4) for _ in range(6)], until=0.0)
    cell = voices.hear(0.0, 0.75, _said(4), whole=True)
    assert (cell.voice, number) == (1, 1)
    assert voices.hear(1.0, 1.75, _said(5), whole=True).voice is None


def test_sample_of_a_known_voice_keeps_its_number() -> None:
    voices = Voices()
    _speak(voices, [0, 1, 0, 1])
    voices.regroup()
    assert voices.sample([_said(1) for _ in range(6)], until=0.0) == 2


def test_two_samples_are_never_one_voice() -> None:
    voices = Voices()
    first = voices.sample([_said(2) for _ in range(5)], until=0.0)
    second = voices.sample([_said(2) for _ in range(5)], until=0.0)
    _speak(voices, [2, 2, 2])
    voices.regroup()
    assert first != second
    assert set(voices.numbers) == {first, second}


def _between(one: int, other: int) -> Embedding:
    return np.asarray(unit((0.4 * _PEOPLE[one] + 0.6 * _PEOPLE[other])[None])[0], np.float32)


def test_two_voices_in_a_window_without_a_pause_are_flagged() -> None:
    voices = Voices()
    _speak(voices, [0, 1, 0, 1])
    voices.regroup()
    at = voices.cells[-1].until + 0.5
    heard = [_said(0), _between(0, 1), _said(1), _said(0)]
    cells = [
        voices.hear(at + i * 0.75, at + (i + 1) * 0.75, e, whole=True) for i, e in enumerate(heard)
    ]
    assert [cell.overlap for cell in cells] == [False, True, False, False]


def test_two_voices_in_a_window_after_a_pause_are_not_flagged() -> None:
    voices = Voices()
    _speak(voices, [0, 1, 0, 1])
    voices.regroup()
    at = voices.cells[-1].until + 0.5
    assert not voices.hear(at, at + 0.75, _between(0, 1), whole=True).overlap


def test_two_hours_stay_bounded_and_every_number_stays() -> None:
    voices = Voices()
    _speak(voices, [0, 1, 2, 3] * 3)
    voices.regroup()
    before = [cell.voice for cell in voices.cells[:48]]
    for turn in range(500):
        end = voices.cells[-1].until + 0.5
        for i in range(4):
            voices.hear(end + i, end + i + 0.75, _said(turn % 4), whole=True)
        if turn % 12 == 0:
            voices.regroup()
    voices.regroup()
    assert [cell.voice for cell in voices.cells[:48]] == before
    assert voices.numbers == (1, 2, 3, 4)
    held = {id(cell.node) for cell in voices.cells if cell.node}
    assert len(held) <= 500 + 160


@pytest.mark.parametrize("people", [2, 6])
def test_count_of_voices_is_right(people: int) -> None:
    voices = Voices()
    _speak(voices, [*range(people)] * 3)
    voices.regroup()
    assert len(voices.numbers) == people


def test_nothing_of_a_forgotten_stretch_is_left() -> None:
    voices = Voices()
    _speak(voices, [0, 1, 0, 1])
    since = voices.cells[-1].until + 0.2
    gone = _speak(voices, [1, 2, 2])
    voices.regroup()
    assert gone[-1].voice == 3
    voices.forget(since, voices.cells[-1].until)
    assert voices.numbers == (1, 2)
    assert not any(cell.node for cell in gone)
    assert not set(gone) & set(voices.cells)
    back = voices.hear(90.0, 90.75, _said(1), whole=True)
    assert (back.voice, back.sure) == (2, True)
    assert voices.hear(91.5, 92.25, _said(2), whole=True).voice is None


def test_sample_of_a_forgotten_stretch_is_gone() -> None:
    voices = Voices()
    voices.sample([_said(4) for _ in range(6)], until=5.0)
    voices.sample([_said(5) for _ in range(6)], until=65.0)
    voices.forget(10.0, 70.0)
    assert voices.numbers == (1,)
    assert voices.hear(80.0, 80.75, _said(5), whole=True).voice is None
