"""With whom: of the people in a sentence, those that what is agreed is done with."""

from __future__ import annotations

import re
from typing import Final

from companion.analysis.persons import PersonPhrase, person_phrases
from companion.analysis.words import plain

Span = tuple[int, int]
_KIND: Final = {"name": 2.0, "noun": 1.2, "pronoun": 0.85, "agent": 0.4}
_TOGETHER: Final = {
    "met": 1.2,
    "bij": 0.7,
    "tegen": 0.9,
    "aan": 0.7,
    "naar": 0.6,
    "langs": 0.6,
    "door": 0.1,
    "in": -0.9,
}
_NOT_COMPANY: Final = frozenset(
    {"van", "over", "voor", "uit", "zonder", "als", "volgens", "door", "dan", "tip"}
    | {"na", "tot", "tijdens", "via"}
)
_BELONGS: Final = 2.5
_LEARNED: Final = 1.0
_LATER: Final = 0.15
"""Less for each person named before: the first is rather the one."""
_TOLD: Final = 1.5
"""Less inside what is said or asked: “ik vraag of de moeder komt”."""
_ENOUGH: Final = 0.8
_CLAUSE: Final = re.compile(
    r"\b(?:dat|of|wat|welke|hoe|waarom|zodat|omdat|want|als|die|zoals|voordat|voor ik)\b"
    r"(?!\s+[\w'’]+\s+(?:ik|we|wij)\b)"
)
"""“dat ik hem bel”, but not “dat bel ik hem”."""
_MAIN_AGAIN: Final = re.compile(r"\b(?:ik|is|zijn|heeft|komt)\b.*\s[\w'’]+ (?:ik|we|wij)\b")
"""“als ik terug ben bel ik hem”."""
_PARTS: Final = re.compile(r"[,;:]")
_PLEDGE: Final = re.compile(
    r"^.{0,40}?\b(?:spreek\w*(?: \w+){0,3} af dat|neem (?:ik )?me voor (?:dat|om)"
    r"|beloof(?: \w+)? dat|betekent dat"
    r"|(?:stap|plan|actie|voornemen|tip) is dat|is dat|les hieruit\b.{0,3})"
)


def company_in(text: str, learned: Span | None, when: Span | None) -> Span | None:
    """(start, end) of the people that the agreement is with; `learned` is a model's guess."""
    best, most = None, _ENOUGH
    for place, phrase in enumerate(person_phrases(text)):
        if when and when[0] <= phrase.start < when[1]:
            continue
        worth = _worth(text, phrase, learned) - _LATER * place
        if worth > most:
            best, most = (phrase.start, phrase.end), worth
    return best or _trusted(text, learned, when)


def _worth(text: str, phrase: PersonPhrase, learned: Span | None) -> float:
    worth = _KIND[phrase.kind] + _TOGETHER.get(phrase.before, 0.0)
    if phrase.before in _NOT_COMPANY:
        worth -= _BELONGS
    if learned and learned[0] < phrase.end and phrase.start < learned[1]:
        worth += _LEARNED
    if _in_what_is_told(text, phrase.start):
        worth -= _TOLD
    return worth


def _in_what_is_told(text: str, start: int) -> bool:
    """Behind a “dat” or “of” of the same sentence part, unless that is what is agreed itself."""
    said = plain(text[:start])
    pledge = _PLEDGE.match(said)
    part = _PARTS.split(said[pledge.end() if pledge else 0 :])[-1]
    return _CLAUSE.search(part) is not None and _MAIN_AGAIN.search(part) is None


def _trusted(text: str, learned: Span | None, when: Span | None) -> Span | None:
    """A model's guess without a known word for people counts behind “met” and the like."""
    if learned is None or (when and when[0] < learned[1] and learned[0] < when[1]):
        return None
    before = plain(text[: learned[0]]).split()
    return learned if before and before[-1] in {"tegen", "aan"} else None
