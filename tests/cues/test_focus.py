from __future__ import annotations

from msgspec.structs import replace

from companion.cues.catalogue import catalogue
from companion.cues.focus import Focus, minded
from companion.cues.policy import patience
from companion.events import AnyEvent, CueRaised
from companion.session.commands import GoToStep
from companion.session.meeting import Meeting
from companion.vocabulary import SentenceKind, StepMode
from tests.cues.heard import advice, drive, named, question
from tests.method.meetings import started

CLOSED = SentenceKind.GESLOTEN


def _minding(*focus: str) -> Meeting:
    there = Meeting(replace(started(mode=StepMode.HAND), focus=focus))
    there.command(GoToStep(step=1), 0)
    return there


def test_every_focus_has_cues_that_exist() -> None:
    assert all(minded([focus]) for focus in Focus)
    assert minded(Focus) <= set(catalogue())
    assert minded(["something-else", ""]) == frozenset()


def test_what_is_minded_comes_a_little_sooner() -> None:
    asked = [question(100, CLOSED), question(110, CLOSED)]
    assert named(drive(_minding(), *asked)) == []
    assert named(drive(_minding("open-questions"), *asked)) == ["closed-in-a-row"]
    assert named(drive(_minding("turns"), *asked)) == []


def test_of_two_cues_what_is_minded_goes_first() -> None:
    asked: list[AnyEvent] = [question(100.0 + 5 * n, CLOSED) for n in range(3)]
    for focus, first in (((), "early-advice"), (("open-questions",), "closed-in-a-row")):
        there = _minding(*focus)
        for each in [*asked, advice(110)]:
            there.apply(each)
        cues = [event for event in there.tick(113) if isinstance(event, CueRaised)]
        assert named(cues) == [first]


def test_one_is_the_least_that_is_needed() -> None:
    assert min(patience((), catalogue()).values()) == 1


def test_less_of_what_is_minded_is_as_much_as_ever() -> None:
    both = patience({"closed-in-a-row"}, {"closed-in-a-row"})
    assert both["closed-in-a-row"] == catalogue()["closed-in-a-row"].patience
    assert patience({"leading"}, ())["leading"] == 4


def test_what_is_minded_survives_a_restart() -> None:
    opening = replace(started(), focus=("turns",))
    assert Meeting(opening).focus == minded(["turns"])
