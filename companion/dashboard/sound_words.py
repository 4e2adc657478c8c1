"""Words for the page of sounds: what cues are about, and what can be asked aloud."""

from __future__ import annotations

from companion.cues.catalogue import catalogue
from companion.cues.sounding import SUBJECTS, aloud
from companion.dashboard.texts import Language
from companion.dashboard.wording import Wording

_NUMBERS = {
    "minutes": 240.0,
    "seconds": 45.0,
    "spent": 600.0,
    "planned": 900.0,
    "count": 3.0,
    "of": 5.0,
    "percent": 60.0,
    "actions": 2.0,
    "complete": 0.0,
}
"""For an example of each sentence."""


def subjects(wording: Wording) -> list[tuple[str, str]]:
    """What cues are about: name and words."""
    say = wording.say
    words = {
        "time": say("De tijd van een stap en van de bijeenkomst"),
        "answer": say("Antwoord op “hoeveel tijd nog?”"),
        "questions": say("Hoe er gevraagd wordt"),
        "advice": say("Advies dat te vroeg komt"),
        "inbrenger": say("De inbrenger die nog luistert"),
        "turns": say("Beurten, gesprek en stilte"),
        "outcome": say("Het plan en de terugblik"),
        "praise": say("Wat goed gaat"),
        "listening": say("Het meeluisteren valt uit"),
    }
    return [(subject, words[subject]) for subject in SUBJECTS]


def sentences(language: Language) -> dict[str, str]:
    """An example sentence for each subject, as it would be spoken."""
    found: dict[str, str] = {}
    for cue in catalogue().values():
        found.setdefault(cue.subject, aloud(cue, _NUMBERS, language))
    return found


def commands(wording: Wording, word: str) -> list[tuple[str, str]]:
    """What can be asked aloud, and what it does. Commands are Dutch in either language."""
    say = wording.say
    name = word[:1].upper() + word[1:]
    asked = [
        ("volgende stap", say("naar de volgende stap")),
        ("vorige stap", say("een stap terug")),
        ("pauze", say("de klok staat stil en de microfoon gaat dicht")),
        (
            "verder",
            say("ja op een voorstel; na een pauze met de knop, want dan is de microfoon dicht"),
        ),
        ("vijf minuten erbij", say("meer tijd voor deze stap; “eraf” is minder")),
        ("hoeveel tijd nog", say("een kort antwoord op het scherm")),
        ("volgende spreker", say("in een ronde: de beurt gaat verder")),
        ("noteer actie ik bel Joris morgen", say("een afspraak erbij, om te bevestigen")),
        ("vergeet de laatste minuut", say("wat in de laatste minuut gehoord is telt niet meer")),
        ("stop met luisteren", say("het meeluisteren houdt op, de bijeenkomst gaat door")),
    ]
    return [(f"{name}, {words}", does) for words, does in asked]
