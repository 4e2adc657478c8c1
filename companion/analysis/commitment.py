"""What makes a sentence a commitment of its speaker: who acts, in which tense, and when."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from companion.analysis.features import Context, sentence_features
from companion.analysis.times import time_spans
from companion.analysis.words import plain, words
from companion.vocabulary import Role

_DATA: Final = tomllib.loads(
    (Path(__file__).parent / "data" / "commitments.toml").read_text("utf-8")
)
_STATES: Final = frozenset(_DATA["states"])
_NO_VERBS: Final = frozenset(_DATA["no_verbs"])
_PRESENT: Final = frozenset(_DATA["present"])
_PAST: Final = re.compile(rf".{{2,}}[dt]en?|{'|'.join(_DATA['past'])}")
_I: Final = frozenset({"ik", "'k", "k", "we", "wij"})
_WILL: Final = frozenset({"ga", "zal", "gaan", "zullen"})
_PLEDGE: Final = re.compile(
    r"\b(?:spree?k(?:en)? \w* ?(?:\w+ )?af|afgesproken|neem (?:ik )?me(?:zelf)? voor|me voor"
    r"|beloof|mijn (?:eerste )?"
    r"(?:stap|plan|actie|voornemen)|staat in (?:mijn|m'n) agenda|zeg (?:ik )?toe)\b"
)
_HABIT: Final = re.compile(
    r"\b(?:elke|ieder[e]?|altijd|meestal|standaard|vaak|soms|nooit|normaal(?: gesproken)?"
    r"|telkens|doorgaans|gewoonlijk|steevast|(?:maan|dins|woens|donder|vrij|zater|zon)dags)\b"
)
_FROM_NOW: Final = re.compile(r"\b(?:vanaf|voortaan|met ingang van|te beginnen)\b")
_TOLD: Final = re.compile(
    r"\b(?:zei|zegt|zeg|dacht|denk) (?:ik|ze|zij|hij|ie|die)\b|\ben ik (?:zeg|denk)\b"
)
_IF: Final = re.compile(
    r"^(?:\W*(?:en|maar|nou|ja|eh)\b)*\W*(?:als|stel|wanneer|misschien|mocht)\b"
)
_THAT_WAS: Final = re.compile(
    r"\b(?:gisteren|vorige|vorig|toen|laatst|afgelopen|geleden|destijds|eergisteren)\b"
)
_VAGUE: Final = re.compile(r"\b(?:proberen|nadenken|letten|ooit|een keer|eens|wel)\b")
_LOUD: Final = 6


def commitment_features(text: str, role: Role | None) -> list[str]:
    """Those of any sentence, and what makes it a commitment, loud enough to be heard among them."""
    own = [f"{feature} {loud}" for feature in _features(text) for loud in range(_LOUD)]
    return [*sentence_features(text, Context(role=role)), *own]


def is_plain_plan(text: str) -> bool:
    """Whether somebody says that they will do something, or at a moment to come."""
    verbs = list(_verbs_of_speaker(words(text)))
    acts = any(_acts(verb) for verb in verbs)
    will = any(verb in _WILL for verb in verbs)
    return acts and (will or has_moment(text))


def has_moment(text: str) -> bool:
    """Whether `text` has a time that does not lie behind us."""
    return bool(time_spans(text)) and _THAT_WAS.search(plain(text)) is None


def _features(text: str) -> Iterator[str]:
    said = plain(text)
    verbs = list(_verbs_of_speaker(words(text)))
    acts = any(_acts(verb) for verb in verbs)
    when = "past" if _THAT_WAS.search(said) else "time" if time_spans(text) else "none"
    habit = _HABIT.search(said) is not None
    will = any(verb in _WILL for verb in verbs)
    yield f"when {when}"
    yield f"acts {acts} will {will}"
    yield f"acts {acts} when {when} habit {habit}"
    yield f"pledge {_PLEDGE.search(said) is not None} {when}"
    yield f"habit {habit} {_FROM_NOW.search(said) is not None}"
    yield f"told {_TOLD.search(said) is not None} {when}"
    yield f"if {_IF.match(said) is not None} {when}"
    yield f"tells of what was {any(_is_past(verb) for verb in verbs)} {when}"
    yield f"opinion {bool(verbs) and verbs[0] in _STATES} {when}"
    yield f"vague {_VAGUE.search(said) is not None} {when}"


def _verbs_of_speaker(found: Sequence[str]) -> Iterator[str]:
    """The words that stand where the verb of “ik” stands: after it, or before it when turned."""
    for place, word in enumerate(found):
        if word not in _I:
            continue
        around = [found[place - 1] if place else "", *found[place + 1 : place + 2]]
        yield from [near for near in around if near and near not in _NO_VERBS][:1]


def _acts(verb: str) -> bool:
    return bool(verb) and verb not in _STATES and not _is_past(verb)


def _is_past(verb: str) -> bool:
    return verb not in _PRESENT and verb not in _STATES and _PAST.fullmatch(verb) is not None
