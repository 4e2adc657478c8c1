from __future__ import annotations

from companion.events import CommandHeard, StepProposed, VoiceCommand
from tests.cues.heard import meeting


def test_verder_says_yes_to_a_proposal_and_nothing_without_one() -> None:
    there = meeting()
    there.hear(CommandHeard(at=20, command=VoiceCommand.RESUME))
    assert there.record.progress.step == 1
    there.apply(StepProposed(at=25, step=2, probability=0.8, fades=60))
    there.hear(CommandHeard(at=30, command=VoiceCommand.RESUME))
    assert there.record.progress.step == 2


def test_how_much_time_is_left_is_answered_with_a_notice_that_can_be_spoken() -> None:
    there = meeting()
    there.hear(CommandHeard(at=300, command=VoiceCommand.TIME_LEFT))
    cue = there.view(301, "nl").cue
    assert cue is not None
    assert (cue.subject, cue.aloud) == ("answer", "Nog 15 minuten voor deze stap")


def test_minutes_can_be_added_aloud() -> None:
    there = meeting()
    there.hear(CommandHeard(at=30, command=VoiceCommand.MORE_MINUTES, minutes=5.0))
    assert there.view(31, "nl").clock.planned == 25 * 60
