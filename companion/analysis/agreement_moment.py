"""When: the words in an agreement that tell its moment, a day or something that happens."""

from __future__ import annotations

import re
from typing import Final

from companion.analysis.persons import person_phrases
from companion.analysis.times import time_spans
from companion.analysis.words import plain

Span = tuple[int, int]
_EVENT_AFTER: Final = re.compile(
    r",?\s+(?:na|voor|vóór|tijdens|onder|vlak na|vlak voor|meteen na|direct na|bij|in)\s+"
    r"(?:(?:de|het|'t|een|mijn|m'n|onze|den)\s+)?(?:(?:eerste|tweede|volgende|late"
    r"|vroege)\s+)?[\w'’-]+"
)
"""“dinsdag na de briefing”, “morgen in de pauze”."""
_EVENT: Final = re.compile(
    r"\b(?:(?:ergens|uiterlijk|nog|pas|meteen|direct|vlak|al|liefst)\s+)*"
    r"(?:"
    r"(?:voor|vóór|na|tijdens|in|op|bij|vanaf|tot|tegen|per|met ingang van|te beginnen (?:in"
    r"|met|bij)|van)\s+"
    r"(?:(?:de|het|'t|mijn|m'n|onze|ons|den)\s+)?"
    r"(?:(?:eerst\s?volgende|volgende?|komende|aanstaande|nieuwe?)\s+[\w'’-]+"
    r"|(?:eerste|tweede|laatste)\s+(?:week|dag|keer|dienst)(?:\s+(?:na|van|voor|in)\s+(?:de|het"
    r"|'t)\s+[\w'’-]+)?"
    r"|\w*(?:vakantie|bouwvak|overleg|vergadering|(?:(?:nacht|avond|dag|ochtend|zondags|kerk"
    r"|weekend)dienst|\bdienst)|pauze|schaft|training|les|lunch|ontbijt|weekend|toets\w*"
    r"|briefing|overdracht|spreekuur|bespreking|bijeenkomst|kerstreces|reces|zitting|oefening"
    r"|seizoen|ramadan|zomer|(?:school|hooi|les|etens|lammer|oogst)tijd))"
    r"|(?:de\s+)?volgende\s+(?:keer|maal|dienst|bijeenkomst|les)(?:\s+dat\s+\w+(?:\s+\w+){1,3})?"
    r"|voortaan|in het vervolg|over een paar (?:dagen|weken|maanden)|(?:vanaf"
    r"|van) nu(?: af)?(?: aan)?|binnenkort"
    r"|(?:zodra|zo gauw|zolang)\s+[^,.;]+?(?=[,.;]|\s+\w+\s+ik\b|$)"
    r")"
)
_WEAK: Final = frozenset({"straks", "meteen", "direct", "in de week", "vandaag", "vanmorgen"})
"""Words that often say something else than when: another moment goes before them."""
_TELLS: Final = re.compile(
    r"\b(?:vraag|vragen|appen|app|zeg|zeggen|weten|vertel\w*|horen|hoor|kijken|mail"
    r"|schrijf)\b[^,]*?,?\s*\b(?:of|dat(?! ik\b)|wat|welke|hoe)\b"
)
_PLEDGE: Final = re.compile(r"\b(?:spreek|spreken|beloof|neem|betekent|plan is|stap is|actie is)\b")


def moment_in(text: str, learned: Span | None) -> Span | None:
    """(start, end) of the words that tell when; `learned` is a model's guess, used last."""
    said = plain(text)
    if len(said) != len(text):
        said = text.lower() if len(text.lower()) == len(text) else text
    told = _told(said)
    days = [span for span in time_spans(text) if not told[0] <= span[0] < told[1]]
    days = [span for span in days if said[span[0] : span[1]] != "nu"]
    days = [span for span in days if said[span[0] : span[1]] not in _WEAK] or days
    if days:
        start, end = days[0]
        return start, _with_event(text, said, end)
    events = [
        match.span() for match in _EVENT.finditer(said) if not told[0] <= match.start() < told[1]
    ]
    if events:
        return events[0]
    return _time_like(said, learned)


def _told(said: str) -> Span:
    """Where somebody is asked or told something: not when it is done."""
    found = _TELLS.search(said)
    if found is None or _PLEDGE.search(said[: found.end()]):
        return len(said), len(said)
    comma = said.find(",", found.end())
    return found.end(), comma if comma >= 0 else len(said)


def _with_event(text: str, said: str, end: int) -> int:
    """The end, moved past an event that goes with the day, but not past people."""
    found = _EVENT_AFTER.match(said, end)
    if found is None:
        return end
    people = any(found.start() <= phrase.start < found.end() for phrase in person_phrases(text))
    return end if people else found.end()


_TIME_LIKE: Final = re.compile(
    r"^(?:voor|vóór|na|tijdens|vanaf|uiterlijk|nog|volgende|als|zodra|meteen|te beginnen|elke"
    r"|iedere|op een|onder)\b"
)


def _time_like(said: str, learned: Span | None) -> Span | None:
    if learned is None or not _TIME_LIKE.match(said[learned[0] : learned[1]]):
        return None
    return learned
