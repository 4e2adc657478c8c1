"""What a recogniser says when nobody spoke, and how it is told from speech.

Whisper was trained on subtitles: in noise it writes credits, and unsure of itself it
goes round in circles. Each gate refuses one such habit; none looks at what was meant.
"""

from __future__ import annotations

import re
import zlib
from enum import StrEnum

from companion.audio.level import Level
from companion.speech.transcriber import Recognised

QUIETEST_DB = -60.0
"""RMS below which no recognition is tried: a whisper at two metres is at about -50."""
_NO_SPEECH = 0.6
_UNSURE = -0.7
"""With no_speech above its limit, a mean log probability under this is noise."""
_LEAST_LOGPROB = -1.3
_MOST_COMPRESSION = 2.4
_MOST_WORDS_A_SECOND = 7.0
"""Fast Dutch is 5; the rest allows for a clipped utterance."""

_CREDITS = re.compile(
    r"""amara\.?\s*org
    | ondertitel(?:s|ing|d|ingen)?\b.{0,40}\b(?:door|gemeenschap|ingediend|redactie|888|tt888)
    | ^(?:ondertiteling|ondertitels|ondertiteld|vertaling)\b
    | ^tv\s+gelderland
    | ^(?:bedankt|dank\s+(?:u|je|jullie)(?:\s+wel)?)\s+voor\s+het\s+kijken
    | ^(?:vergeet\s+niet\s+te\s+)?abonneer
    | ^tot\s+de\s+volgende\s+(?:video|keer\s+op)
    | ^\(?c\)?\s*20\d\d\b | ©
    | \bteletekst\b | \bnpo\s+(?:radio|start)\b
    | ^(?:muziek|applaus|gelach|stilte|spannende\s+muziek|rustige\s+muziek)$""",
    re.VERBOSE,
)


class Refusal(StrEnum):
    """Why an utterance was not believed."""

    EMPTY = "empty"
    NO_SPEECH = "no-speech"
    UNSURE = "unsure"
    REPETITIVE = "repetitive"
    LOOP = "loop"
    CREDIT = "credit"
    TOO_FAST = "too-fast"


def too_quiet(level: Level) -> bool:
    """There is no use in recognising sound this soft."""
    return level.rms_db < QUIETEST_DB


def refuse(heard: Recognised, seconds: float) -> Refusal | None:
    """Why the words recognised in `seconds` of speech are not to be believed; None: they are."""
    words = _words(heard.text)
    credit = _CREDITS.search(" ".join(words)) or _CREDITS.search(heard.text.casefold())
    rows = (
        (not words, Refusal.EMPTY),
        (heard.no_speech > _NO_SPEECH and heard.logprob < _UNSURE, Refusal.NO_SPEECH),
        (heard.logprob < _LEAST_LOGPROB, Refusal.UNSURE),
        (bool(credit), Refusal.CREDIT),
        (_repetitive(heard.text), Refusal.REPETITIVE),
        (loops(words), Refusal.LOOP),
        (len(words) > _MOST_WORDS_A_SECOND * max(seconds, 0.5) + 2, Refusal.TOO_FAST),
    )
    return next((refusal for holds, refusal in rows if holds), None)


def in_circles(text: str) -> bool:
    """The decoder lost its way and says the same over and over."""
    return _repetitive(text) or loops(_words(text))


def _repetitive(text: str) -> bool:
    return compression(text) > _MOST_COMPRESSION


def compression(text: str) -> float:
    """How many times smaller zlib makes it: high for text that repeats itself."""
    raw = text.encode()
    return len(raw) / len(zlib.compress(raw)) if raw else 0.0


def loops(words: list[str], times: int = 4) -> bool:
    """One to six words come `times` times in a row ("nee nee nee" may be meant)."""
    for length in range(1, 7):
        run = 0
        for here in range(length, len(words)):
            run = run + 1 if words[here] == words[here - length] else 0
            if run >= length * (times - 1):
                return True
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'’]+", text.casefold())
