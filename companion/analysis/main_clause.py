"""A spoken agreement as one plain sentence: “Ik …”, without what was said around it."""

from __future__ import annotations

import re
from typing import Final

_LEAD_IN: Final = re.compile(
    r"^(?:(?:nou|ja hoor|ja|oké|oke|goed|dus|en|maar|eh|uh|kijk|awel|prima|weet je"
    r"|ik weet het al|vooruit)\b[\s,]*)*"
    r"(?:(?P<what>wat ik ga doen is|wat ik me voorneem is)[\s,:]+(?P<that>dat\s+)?"
    r"|(?P<pledge>mijn (?:eerste )?(?:stap|plan|actie|voornemen) is"
    r"|ik (?:spreek(?: \w+){0,3} af|neem me(?:zelf)? voor|beloof(?: hier| jullie)?)|we spreken af"
    r"|ik kies [^,.;]{1,40}?(?:,| en) (?:en )?dat betekent)[\s,:]+(?P<then>dat\s+"
    r"|om\s+(?:te\s+)?)?)?",
    re.IGNORECASE,
)
_ADVERBS: Final = re.compile(
    r"^(?:dan|daarna|toen|verder|vervolgens|ook|eerst|daarom)\s+(?=\w+\s+ik\b)", re.IGNORECASE
)
_AFTERWARDS: Final = re.compile(
    r",\s*(?:en\s+)?dat (?:beloof|spreek|neem|doe|ga|is|staat|regel|zeg|wordt)\b(?:(?!,).)*$"
    r"|,?\s+want\s.*$",
    re.IGNORECASE,
)
"""“…, dat beloof ik”, “…, want dat klopt niet”."""
_TURNED: Final = re.compile(r"(?P<verb>[\w'’]+)\s+ik\b\s*(?P<rest>.*)", re.IGNORECASE)
_FRONTED: Final = re.compile(
    r"(?P<front>[^,;]{2,45}?)(?:,\s*(?:die|dat))?\s+(?P<verb>[\w'’]{2,})\s+ik\b\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_NO_FRONT: Final = re.compile(
    r"\b(?:dat|of|als|wat|die|hoe|ik|want|omdat|zodat|en|maar)\b", re.IGNORECASE
)
_TO: Final = re.compile(r"\bte\s+(?=\w+(?:$|[,;:]| en\b))")
_POINTER: Final = re.compile(r"^(?:die|dat)\s+", re.IGNORECASE)
_HELPERS: Final = r"ga|gaat|gaan|zal|zou|wil|kan|moet"
_AT_THE_END: Final = re.compile(
    rf"ik (?P<middle>(?:(?!\bik\b)[^,.;:])+?) (?:(?P<helper>{_HELPERS}) (?P<deed>\w+)"
    rf"|(?P<verb>[\w'’]+))(?P<more>$|[,;:].*)",
    re.IGNORECASE,
)
_HELPER_AT_THE_END: Final = re.compile(
    r"ik (?!ga\b|zal\b)(?P<middle>[^,.;:]+?) (?P<helper>ga|gaat|gaan|zal) (?P<deed>\w+)(?P<more>)",
    re.IGNORECASE,
)
"""A recogniser often hears “gaat” for “ga”."""
_PARTED: Final = re.compile(
    r"(?P<part>aan|af|bij|door|in|langs|mee|na|neer|om|op|over|terug|toe|uit|voor|weg|vast"
    r"|samen|tegen|klaar|rond)"
    r"(?P<verb>(?:bel|spreek|leg|vraag|neem|kom|ga|schrijf|zoek|nodig|stuur|breng|koppel|bied"
    r"|schakel|pak|haal|geef|stel"
    r"|bereid|loop|maak|meld|praat|plan|werk|zet|kijk|sluit|trek|deel|houd|hou|rijd|vul|lees"
    r"|print|hang|zeg|steek|stap|teken)\w?)"
)


def in_i_form(text: str) -> str:
    """`text` of a commitment as a sentence that begins with “Ik”, as far as it has one."""
    lead = _LEAD_IN.match(text)
    behind = bool(lead and (lead["that"] or lead["then"]))
    infinitive = bool(lead and (lead["what"] or (lead["then"] or "").lower().startswith("om")))
    said = _AFTERWARDS.sub("", text[lead.end() :] if lead else text).strip(" ,;:.…!?")
    said = _ADVERBS.sub("", said)
    if re.match(r"ik\b", said, re.IGNORECASE):
        return _capital(_verb_second(said, behind=behind))
    if infinitive and said:
        deed = _TO.sub("", said, count=1) if lead and lead["then"] else said
        return _capital(f"ik ga {_lowered(deed)}")
    return _capital(_turned_back(said))


def _verb_second(said: str, *, behind: bool) -> str:
    found = (_AT_THE_END if behind else _HELPER_AT_THE_END).fullmatch(said)
    if found is None:
        return said
    if found["helper"]:
        verb = "zal" if found["helper"].lower().startswith("z") else "ga"
        return f"ik {verb} {found['middle']} {found['deed']}{found['more']}"
    parted = _PARTED.fullmatch(found["verb"])
    if parted:
        return f"ik {parted['verb']} {found['middle']} {parted['part']}{found['more']}"
    return f"ik {found['verb']} {found['middle']}{found['more']}"


def _turned_back(said: str) -> str:
    """“Morgen bel ik hem” without its “morgen”, or “die kaart stuur ik”, with “ik” in front."""
    turned = _TURNED.fullmatch(said)
    if turned and not _NO_FRONT.fullmatch(turned["verb"]):
        return f"ik {_lowered(turned['verb'])} {turned['rest']}".strip()
    fronted = _FRONTED.fullmatch(said)
    if fronted is None or _NO_FRONT.search(_POINTER.sub("", fronted["front"])):
        return said
    rest = fronted["rest"]
    joint = "" if not rest or rest.startswith(",") else " "
    return f"ik {fronted['verb']} {_lowered(fronted['front'])}{joint}{rest}".strip()


def _lowered(said: str) -> str:
    """A first capital goes, but not that of a name of one word (“Meneer” and “Die” go)."""
    first, _, rest = said.partition(" ")
    return f"{first.lower()} {rest}".strip() if rest or first.islower() else first.lower()


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
