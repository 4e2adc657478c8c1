"""Third parties' names: their role in the name's place, or a mark to look at it. Pure.

A plan tells what somebody is going to do; who else is concerned never agreed to stand in it.
"Mijn teamleider Karin" needs no name to be understood, so the role stays. Where the text has
no role the name stays too, and the page asks to look at it: nothing is blocked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from companion.reports.known_words import GIVEN_NAMES, HET_ROLES, KNOWN, ROLE

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’-]*[\wà-ÿ]"
_LINK = r"(?:van|de|der|den|het|ten|ter|te|el|al|bin|ibn|’t|'t|di|da|du|la|le)"
_NAME = rf"{_CAPITAL}(?:\s+(?:{_LINK}\s+){{0,3}}{_CAPITAL})*"
_WHOSE = r"(?:mijn|m'n|m’n|onze|ons|de|het|een|haar|zijn|hun|jullie|jouw|je|uw|die|dat)"
_BEFORE = re.compile(
    rf"\b(?:((?i:{_WHOSE}))\s+([a-zà-ÿ]+\s+)?)?((?i:{ROLE}))\b(,?)\s+({_NAME})(?!\w)(,?)"
)
_AFTER = re.compile(rf"({_NAME}),\s*((?i:{_WHOSE})\s+(?:[a-zà-ÿ]+\s+)?(?i:{ROLE}))\b,?")
_FOUND = re.compile(_NAME)
_SENTENCE_END = (".", "!", "?", ":", "“", '"', "‘", "(")


def without_names(texts: Sequence[str], members: Collection[str]) -> tuple[str, ...]:
    """The texts of one agreement with a role where a role and a name stood.

    A name that got a role in one text gets it in the others as well.
    """
    roles: dict[str, str] = {}
    shown = [_replaced(text, members, roles) for text in texts]
    return tuple(_elsewhere(text, roles) for text in shown)


def names_in(text: str, members: Collection[str], known: Collection[str] = ()) -> tuple[str, ...]:
    """What may be a third party's name, each once; `known` are words that are none."""
    theirs = {word for name in members for word in name.split()}
    fine = KNOWN | {word.lower() for each in known for word in each.split()}
    found = [match[0] for match in _FOUND.finditer(text) if _may_be_name(match, text, theirs, fine)]
    return tuple(dict.fromkeys(found))


def _replaced(text: str, members: Collection[str], roles: dict[str, str]) -> str:
    def role_stays(found: re.Match[str]) -> str:
        whose, more, role, comma, name, close = found.groups(default="")
        if _is_known(name, members):
            return found[0]
        said = f"{whose or _article(role)} {more}{role}"
        _note(roles, name, said)
        return said if comma else f"{said}{close}"

    def role_follows(found: re.Match[str]) -> str:
        if _is_known(found[1], members):
            return found[0]
        _note(roles, found[1], found[2])
        return found[2]

    return _AFTER.sub(role_follows, _BEFORE.sub(role_stays, text))


def _note(roles: dict[str, str], name: str, role: str) -> None:
    role = role[0].lower() + role[1:]  # elsewhere it begins no sentence
    roles[name] = role
    roles.setdefault(name.split(maxsplit=1)[0], role)


def _elsewhere(text: str, roles: dict[str, str]) -> str:
    for name in sorted(roles, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", roles[name], text)
    return text


def _article(role: str) -> str:
    return "het" if role.lower() in HET_ROLES else "de"


def _is_known(name: str, members: Collection[str]) -> bool:
    first = name.split(maxsplit=1)[0]
    return name in members or first in members or first.lower() in KNOWN


def _may_be_name(
    match: re.Match[str], text: str, theirs: Collection[str], fine: Collection[str]
) -> bool:
    words = [word for word in match[0].split() if word[0].isupper()]
    before = text[: match.start()].rstrip()
    if (not before or before.endswith(_SENTENCE_END)) and words[0] not in GIVEN_NAMES:
        words = words[1:]  # a sentence begins with a capital
    return any(
        word not in theirs and word.lower() not in fine and not word.isupper() for word in words
    )
