from __future__ import annotations

import pytest

from companion.analysis.commands import command_in
from companion.events import VoiceCommand


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("Companion, volgende stap.", VoiceCommand.NEXT),
        ("Companion, ga maar naar de volgende stap alsjeblieft.", VoiceCommand.NEXT),
        ("companion vorige stap", VoiceCommand.BACK),
        ("Companion, pauze.", VoiceCommand.PAUSE),
        ("Companion, verder.", VoiceCommand.RESUME),
        ("Companion, hoeveel tijd hebben we nog?", VoiceCommand.TIME_LEFT),
        ("Companion, vergeet de laatste minuut.", VoiceCommand.FORGET_MINUTE),
        ("Companion, stop met luisteren.", VoiceCommand.STOP_LISTENING),
    ],
)
def test_a_command_after_the_wake_word_is_understood(said: str, command: VoiceCommand) -> None:
    found = command_in(said)
    assert found is not None
    assert found.command is command


@pytest.mark.parametrize(
    "said",
    [
        "Kompanjon, volgende stap.",
        "Com panion, volgende stap",
        "Companien volgende stab",
        "Hé companion, volgende stap.",
        "Compañon, volgende stap.",
    ],
)
def test_recognition_slips_are_tolerated(said: str) -> None:
    found = command_in(said)
    assert found is not None
    assert found.command is VoiceCommand.NEXT


@pytest.mark.parametrize(
    "said",
    [
        "De volgende stap in mijn loopbaan is spannend.",
        "Hoeveel tijd hebben we nog?",
        "Mijn compagnon wilde een pauze en daarna ging hij naar huis.",
        "Companion.",
        "Companion, dat is een mooi verhaal over wat er gisteren met die man gebeurde.",
        "We werken met de companion, dus de volgende stap komt vanzelf wel een keer voorbij.",
        "",
    ],
)
def test_ordinary_speech_is_no_command(said: str) -> None:
    assert command_in(said) is None


def test_minutes_are_added_or_taken_off() -> None:
    more, less = (
        command_in("Companion, vijf minuten erbij"),
        command_in("Companion, 2 minuten eraf"),
    )
    assert more is not None
    assert less is not None
    assert (more.command, more.minutes) == (VoiceCommand.MORE_MINUTES, 5.0)
    assert less.minutes == -2.0


def test_an_action_is_noted_in_the_words_that_were_said() -> None:
    found = command_in("Companion, noteer actie: ik bel Joris morgen.")
    assert found is not None
    assert (found.command, found.action) == (VoiceCommand.NOTE_ACTION, "ik bel Joris morgen")


def test_another_wake_word_is_followed_instead() -> None:
    assert command_in("Regisseur, pauze.", wake_word="regisseur") is not None
    assert command_in("Companion, pauze.", wake_word="regisseur") is None
