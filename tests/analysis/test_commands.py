from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.analysis.commands import CommandEar, command_in
from companion.events import VoiceCommand
from tests.analysis.activations import count, sources

SAID = {
    "volgende stap": VoiceCommand.NEXT,
    "vorige stap": VoiceCommand.BACK,
    "pauze": VoiceCommand.PAUSE,
    "verder": VoiceCommand.RESUME,
    "vijf minuten erbij": VoiceCommand.MORE_MINUTES,
    "hoeveel tijd nog": VoiceCommand.TIME_LEFT,
    "volgende spreker": VoiceCommand.NEXT_SPEAKER,
    "noteer actie ik bel Joris morgen": VoiceCommand.NOTE_ACTION,
    "vergeet de laatste minuut": VoiceCommand.FORGET_MINUTE,
    "stop met luisteren": VoiceCommand.STOP_LISTENING,
}


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
        "De companion zegt dat we naar de volgende stap moeten.",
        "De companion wil naar de volgende stap.",
        "Companion, nog niet naar de volgende stap.",
        "Companion, we hoeven geen pauze.",
        "Een compagnon, vijf minuten later, en dan vergeet hij de laatste minuut.",
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


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("Companion, noteer een actie: Ik bel Mía (ma/di).", "Ik bel Mía (ma/di)"),
        ("Companion, noteer de afspraak dat ik vrijdag bel.", "ik vrijdag bel"),
        ("companion noteer ik stuur een mail", "ik stuur een mail"),
        ("Companion, schrijf op: Sem belt.", "Sem belt"),
        ("Companion, notair axi, ik bel Joris morgen.", "ik bel Joris morgen"),
        ("Companion, noteer Zoë́ belt.", "Zoë́ belt"),
    ],
)
def test_what_is_to_be_noted_is_kept_without_the_command(said: str, action: str) -> None:
    found = command_in(said)
    assert found is not None
    assert (found.command, found.action) == (VoiceCommand.NOTE_ACTION, action)


def test_nothing_to_note_is_no_command() -> None:
    assert command_in("Companion, noteer.") is None
    assert command_in("Companion, noteer een actie.") is None


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("Companion, volkende stop.", VoiceCommand.NEXT),
        ("Companion, voor de gestap.", VoiceCommand.BACK),
        ("Kompagnan, hovel tijd nog.", VoiceCommand.TIME_LEFT),
        ("Kompanjon, verkeer je het laatste minuut.", VoiceCommand.FORGET_MINUTE),
        ("Containjon, stop met luisteren.", VoiceCommand.STOP_LISTENING),
    ],
)
def test_a_command_heard_badly_from_end_to_end_is_still_found(
    said: str, command: VoiceCommand
) -> None:
    found = command_in(said)
    assert found is not None
    assert found.command is command


def test_a_name_heard_badly_needs_a_command_heard_well() -> None:
    assert command_in("Containjon, stop met laseren dan.") is None


def test_more_than_an_hour_is_not_added() -> None:
    assert command_in("Companion, 90 minuten erbij") is None


def test_the_wake_word_alone_is_waited_for() -> None:
    ear = CommandEar()
    assert ear.command("Companion.", 10) is None
    found = ear.command("Volgende stap.", 12)
    assert found is not None
    assert found.command is VoiceCommand.NEXT
    assert ear.command("Volgende stap.", 13) is None


def test_nobody_waits_for_a_command_for_long() -> None:
    ear = CommandEar()
    ear.command("Companion?", 10)
    assert ear.command("Volgende stap.", 17) is None


@given(st.sampled_from(sorted(SAID)), st.sampled_from(["", "hé ", "oké "]), st.booleans())
def test_every_command_is_understood_however_it_is_written(
    words: str,
    before: str,
    shout: bool,  # noqa: FBT001
) -> None:
    said = f"{before}companion, {words}"
    found = command_in(said.upper() if shout else said)
    assert found is not None
    assert found.command is SAID[words]


@given(st.sampled_from(sorted(SAID)), st.data(), st.sampled_from(string.ascii_lowercase))
def test_a_slip_of_one_letter_never_makes_it_another_command(
    words: str, data: st.DataObject, letter: str
) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    found = command_in(f"Companion, {words[:place]}{letter}{words[place + 1 :]}")
    assert found is None or found.command is SAID[words]


_ANY = st.lists(
    st.sampled_from([*" ".join(SAID).split(), "de", "niet", "hij", "zei", "champion", "kampioen"]),
    max_size=9,
).map(" ".join)


@given(_ANY)
def test_without_the_wake_word_nothing_is_ever_done(sentence: str) -> None:
    assert command_in(sentence) is None
    assert CommandEar().command(sentence, 0.0) is None


@given(st.text(max_size=80), st.sampled_from(["", "companion ", "Companion, noteer "]))
def test_no_text_breaks_the_ear(text: str, before: str) -> None:
    found = command_in(before + text)
    if found is not None and found.action:
        assert found.command is VoiceCommand.NOTE_ACTION


def test_ordinary_speech_of_hours_activates_nothing() -> None:
    ordinary = sources()
    spoken = ordinary["scenarios, development"] + ordinary["acted dialogue"]
    found = count(spoken + ordinary["corpus, development"])
    assert found.hours > 3
    assert found.activations == 0
    assert count(["Ja.", "Companion, volgende stap."]).activations == 1
