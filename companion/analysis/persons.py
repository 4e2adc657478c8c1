"""Who is spoken of in a sentence: names, and words for people, as phrases with their place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from companion.analysis.calendar_words import FEASTS, MONTHS, SEASONS, WEEKDAYS, one_of
from companion.analysis.lemmas import known
from companion.analysis.words import plain

_DATA: Final = tomllib.loads((Path(__file__).parent / "data" / "persons.toml").read_text("utf-8"))
_WORD_START: Final = r"(?<![\w'’-])"
_WORD_END: Final = r"(?![\w'’-])"
_CAPITAL: Final = re.compile(rf"{_WORD_START}[A-ZÀ-Þ][\w'’-]*")
_PERSON: Final = rf"[\w'’-]*(?:{'|'.join(_DATA['endings'])})"
_PERSON_WORD: Final = re.compile(_PERSON)
_DETERMINER: Final = rf"(?:{one_of(_DATA['determiners'])})"
_QUALITY: Final = rf"(?:{one_of(_DATA['qualities'])})"
_TITLE: Final = rf"(?:{one_of(_DATA['titles'])})"
_PARTICLE: Final = r"(?:van\s+(?:der?|den|het|'t)|van|de|der|den|ter|ten|te|el)"
_TAIL: Final = re.compile(
    rf"\s+van\s+(?:{_DETERMINER}\s+)?(?:nummer\s+|maatschappelijk\s+|eigen\s+)?"
    rf"(?!{one_of((*WEEKDAYS, *MONTHS))}|week|maand|morgen|ochtend|middag|avond|zes|half)[\w'’-]+",
    re.IGNORECASE,
)
"""“Fatma van het wijkteam”."""
_NOUN: Final = re.compile(
    rf"{_WORD_START}(?:{_DETERMINER}\s+(?:{_QUALITY}\s+)*(?:(?!de\b)\w+e\s+)?(?:{_PERSON}|{_TITLE})"
    rf"|(?:{_QUALITY}\s+)+{_PERSON}|{_TITLE}|iemand|vader|moeder|oma|opa|cliënt|de (?:jongste"
    rf"|oudste)){_WORD_END}",
    re.IGNORECASE,
)
_AGENT: Final = re.compile(
    rf"{_WORD_START}(?:(?!(?:het|'t|ons|dat)\b){_DETERMINER})\s+(?:{_QUALITY}\s+)*(?:(?!de\b)\w+e\s+)?"
    rf"(?P<word>{_DATA['agents']}){_WORD_END}",
    re.IGNORECASE,
)
"""“de inkoper”: a person perhaps."""
_PRONOUN: Final = re.compile(
    rf"{_WORD_START}(?:{one_of(_DATA['pronouns'])}){_WORD_END}", re.IGNORECASE
)
_BEFORE_NAME: Final = re.compile(
    rf"(?<![\w'’-])(?:{_DETERMINER}\s+)?(?:{_PERSON}|{_TITLE}|kwekerij|firma|bureau|stichting)\s+"
    rf"(?:{_PARTICLE}\s+)?$",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(rf"(?<![\w'’-])(?:{_DETERMINER})\s+$", re.IGNORECASE)
_WHERE_NAMES: Final = re.compile(
    rf"\b(?:met|bij|aan|naar|tegen|langs|bel|app|mail|vraag|spreek)\s+(?P<name>(?:{_TITLE}\s+)?"
    r"(?P<word>[a-zà-ÿ]{3,}))\b"
)
_SMALL: Final = re.compile(r"(?:jes?|ies?|en)$")
"""Endings of words that a recogniser misspelt rather than of names."""
_MORE_NAME: Final = re.compile(rf"\s+(?:{_PARTICLE}\s+)?(?=[A-ZÀ-Þ])")
_AND: Final = re.compile(r"\s*(?:,\s+|\s+en\s+)")
_NO_NAMES: Final = frozenset(_DATA["openers"]) | {
    word for name in (*WEEKDAYS, *MONTHS, *SEASONS, *FEASTS) for word in name.split()
}
_THINGS: Final = frozenset(_DATA["things"])
_TAKE_PEOPLE: Final = frozenset({"bel", "vraag", "app", "mail", "spreek", "zie", "bezoek"})


Kind: TypeAlias = Literal["name", "noun", "pronoun", "agent"]


class PersonPhrase(NamedTuple):
    """A phrase for one or more people; `before` is the word in front of it."""

    start: int
    end: int
    kind: Kind
    before: str


def person_phrases(text: str) -> list[PersonPhrase]:
    """The phrases for people in `text`, in order; those joined by “en” as one."""
    found = [*_named(text), *_described(text), *_pronouns(text), *_agents(text), *_unmarked(text)]
    kept: list[PersonPhrase] = []
    for phrase in sorted(found, key=lambda one: (one.start, -one.end)):
        last = kept[-1] if kept else None
        if last is None or phrase.start >= last.end:
            if last and _joined(text, last, phrase):
                kept[-1] = last._replace(end=phrase.end)
            else:
                kept.append(phrase)
    return kept


def is_person_word(word: str) -> bool:
    """Whether a word is one for people, such as “teamleider”."""
    return _PERSON_WORD.fullmatch(plain(word)) is not None


def _joined(text: str, first: PersonPhrase, second: PersonPhrase) -> bool:
    between = _AND.fullmatch(text, first.end, second.start)
    return between is not None and "pronoun" not in {first.kind, second.kind}


def _named(text: str) -> Iterator[PersonPhrase]:
    begun = 0
    for match in _CAPITAL.finditer(text):
        if match.start() < begun or not _is_name(text, match):
            continue
        letters = match[0].isupper() and len(match[0]) > 1  # "de OR"
        leading = _ARTICLE if letters else _BEFORE_NAME
        start = (leading.search(text[: match.start()]) or match).start()
        begun = _with_tail(text, _name_end(text, match.end()))
        kind: Kind = "agent" if letters else "name"
        yield PersonPhrase(start, begun, kind, _word_before(text, start))


def _unmarked(text: str) -> Iterator[PersonPhrase]:
    """Names in text without capitals: words that no dictionary has, where people are expected."""
    if text != text.lower():
        return
    for match in _WHERE_NAMES.finditer(text):
        word = match["word"]
        if not (known(word) or word in _NO_NAMES or _SMALL.search(word)):
            start = match.start("name")
            yield PersonPhrase(start, match.end(), "agent", _word_before(text, start))


def _is_name(text: str, match: re.Match[str]) -> bool:
    """At the start of a sentence any word has a capital: there the next word must fit a name."""
    if plain(match[0]) in _NO_NAMES or any(letter.isdigit() for letter in match[0]):
        return False
    before = text[: match.start()].rstrip()
    if before in {"'k", "'t", "’k", "’t"}:
        return False
    following = plain(text[match.end() :]).split()
    opens = not before or before[-1] in ".!?:…“"
    return not opens or (bool(following) and following[0] in _TAKE_PEOPLE)


def _name_end(text: str, end: int) -> int:
    while more := _MORE_NAME.match(text, end):
        following = _CAPITAL.match(text, more.end())
        if following is None or plain(following[0]) in _NO_NAMES - {"de", "het"}:
            break
        end = following.end()
    return end


def _with_tail(text: str, end: int) -> int:
    found = _TAIL.match(text, end)
    return found.end() if found else end


def _described(text: str) -> Iterator[PersonPhrase]:
    for match in _NOUN.finditer(text):
        end = _with_tail(text, match.end())
        yield PersonPhrase(match.start(), end, "noun", _word_before(text, match.start()))


def _agents(text: str) -> Iterator[PersonPhrase]:
    for match in _AGENT.finditer(text):
        if plain(match["word"]) not in _THINGS:
            end = _with_tail(text, match.end())
            yield PersonPhrase(match.start(), end, "agent", _word_before(text, match.start()))


def _pronouns(text: str) -> Iterator[PersonPhrase]:
    """“haar eigen tafel” is no pronoun: what follows must not be what it owns."""
    for match in _PRONOUN.finditer(text):
        following = plain(text[match.end() :]).split()[:1]
        owns = plain(match[0]) in {"haar", "hun", "je"} and following and _owned(following[0])
        if not owns:
            before = _word_before(text, match.start())
            yield PersonPhrase(match.start(), match.end(), "pronoun", before)


def _owned(word: str) -> bool:
    return word in _DATA["qualities"] or is_person_word(word)


def _word_before(text: str, start: int) -> str:
    before = plain(text[:start]).split()
    return before[-1] if before else ""
