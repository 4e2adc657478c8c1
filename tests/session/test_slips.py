from __future__ import annotations

import pytest

from companion.errors import UsageError
from companion.session.commands import GoToStep, TurnTo
from companion.session.meeting import Meeting
from companion.session.slips import MOST, SlipKind, Slips, kind_for, may_hand_over, may_write
from companion.session.view import MeetingView
from companion.vocabulary import StepMode
from tests.method.meetings import GROUP, METHODS, started


def _view(method: str, step: str, turn: int | None = None) -> MeetingView:
    meeting = Meeting(started(method, mode=StepMode.HAND))
    index = [each.id for each in meeting.record.progress.steps].index(step)
    if index:
        meeting.command(GoToStep(step=index), 60.0)
    if turn is not None:
        meeting.command(TurnTo(member=turn), 61.0)
    return meeting.view(62.0, "nl")


def test_what_is_written_is_the_writers_until_handed_over() -> None:
    slips = Slips()
    mine = slips.write("a", SlipKind.VRAAG, "Wat hield je tegen?")
    slips.write("b", SlipKind.VRAAG, "Wanneer begon het?")
    assert [slip.text for slip in slips.of("a")] == ["Wat hield je tegen?"]
    assert slips.handed() == []
    slips.hand_over("a", mine.id, "Carla")
    assert [(slip.name, slip.text) for slip in slips.handed()] == [("Carla", "Wat hield je tegen?")]


def test_slips_stand_in_the_order_in_which_they_were_handed_over() -> None:
    slips = Slips()
    first, second = (slips.write("a", SlipKind.ADVIES, text) for text in ("een", "twee"))
    slips.hand_over("a", second.id, "Els")
    slips.hand_over("a", first.id, "Els")
    slips.hand_over("a", second.id, "Iemand anders")
    assert [(slip.text, slip.name) for slip in slips.handed()] == [("twee", "Els"), ("een", "Els")]


def test_nobody_reaches_anothers_slip() -> None:
    slips = Slips()
    slip = slips.write("a", SlipKind.VRAAG, "Wat hield je tegen?")
    for reach in (
        lambda: slips.hand_over("b", slip.id, "Carla"),
        lambda: slips.drop("b", slip.id),
        lambda: slips.seen(slip.id),
        lambda: slips.put_away(slip.id),
    ):
        with pytest.raises(UsageError, match="not there"):
            reach()
    assert slips.of("a") == [slip]


def test_a_slip_that_was_handed_over_is_the_begeleiders_to_put_away() -> None:
    slips = Slips()
    slip = slips.write("a", SlipKind.VRAAG, "Wat hield je tegen?")
    slips.hand_over("a", slip.id, "Carla")
    slips.drop("a", slip.id)
    assert slips.seen(slip.id) is slip
    slips.put_away(slip.id)
    assert slips.of("a") == []


def test_empty_slips_and_heaps_of_them_are_refused() -> None:
    slips = Slips()
    with pytest.raises(UsageError, match="nothing"):
        slips.write("a", SlipKind.VRAAG, "")
    for number in range(MOST):
        slips.write("a", SlipKind.VRAAG, str(number))
    with pytest.raises(UsageError, match="more than"):
        slips.write("a", SlipKind.VRAAG, "nog een")
    slips.write("b", SlipKind.VRAAG, "nog een")


@pytest.mark.parametrize(
    ("method", "step", "kind"),
    [
        ("socratisch", "vragen", SlipKind.VRAAG),
        ("socratisch", "herformuleren", SlipKind.GEDACHTE),
        ("incident", "vragen", SlipKind.VRAAG),
        ("roddel", "inzichten", SlipKind.ADVIES),
        ("balint", "associeren", SlipKind.GEDACHTE),
        ("balint", "oordeelsvorming", SlipKind.ADVIES),
        ("werkplek", "adviezen", SlipKind.ADVIES),
    ],
)
def test_a_slip_is_what_its_step_asks_for(method: str, step: str, kind: SlipKind) -> None:
    (found,) = [each for each in METHODS[method].steps if each.id == step]
    assert may_write(found)
    assert kind_for(found) is kind


def test_only_in_writing_steps_people_write() -> None:
    assert not any(may_write(step) for step in METHODS["crea"].steps)


def test_while_all_write_nothing_is_handed_over() -> None:
    assert not may_hand_over(_view("socratisch", "vragen"), "Carla")
    assert may_hand_over(_view("socratisch", "waarderen"), "Carla")


def test_in_a_round_by_name_it_waits_for_ones_own_turn() -> None:
    carla = GROUP.index("Carla")
    assert may_hand_over(_view("werkplek", "adviezen", turn=carla), "Carla")
    assert not may_hand_over(_view("werkplek", "adviezen", turn=carla), "Dirk")
    assert may_hand_over(_view("werkplek", "adviezen"), "Dirk")
    assert may_hand_over(_view("werkplek", "adviezen", turn=carla), "iemand van buiten")
