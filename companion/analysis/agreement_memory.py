"""Which agreement a sentence is about: a new one, one said before, corrected or taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from companion.analysis.agreement_slots import Slots
from companion.analysis.times import time_spans
from companion.analysis.words import plain, words

_NEAR: Final = 3
"""Sentences after an agreement in which it can be corrected or taken back."""
_SAME: Final = 0.6
"""Share of content words from which two agreements are one."""
_SMALL: Final = frozenset(
    words(
        "ik me mij mijn m'n ga zal doe dat die dit het de een 't en of maar dus dan er om te "
        "met aan bij in op voor naar van is wordt even gewoon nog ook wel nou ja eh niet spreek "
        "neem af afspraak beloof"
    )
)
_TAKEN_BACK: Final = re.compile(
    r"^(?:\W*(?:nee|ach|of|eh|nou|ja|sorry|maar|wacht|eigenlijk)\b\W*)*"
    r"(?:laat (?:dat |die |het )?(?:toch )?maar(?: zitten)?\b(?! (?:ik|we|hem|haar))"
    r"|toch (?:maar )?niet\b"
    r"|(?:dat|die|het) (?:doe|ga) ik (?:toch|bij nader inzien) (?:maar )?niet"
    r"|(?:schrap|vergeet|streep|haal) (?:dat|die|het|'t)\b|doe (?:dat|die) maar niet\b)"
)
_CORRECTED: Final = re.compile(
    r"^(?:\W*(?:nee|of nee|of|sorry|ik bedoel|wacht|toch|beter|liever|laten we zeggen|eh|nou|ja"
    r"|doe maar)\b\W*)+"
)
_FILLED: Final = re.compile(
    r"^(?:\W*(?:en|ja|dus|eh|nou|ok|oké)\b\W*)*(?:dat|die|het|'t)\s+"
    r"(?:doe|regel|plan|bespreek|bel|mail|vraag|wordt|gebeurt|ga|kan)\b"
)


@dataclass(frozen=True)
class Candidate:
    """An agreement as far as it is known now."""

    number: int
    slots: Slots
    probability: float
    voice: int | None
    sentence: int
    """Count of the sentence in which it was last spoken of."""
    at: float
    """The moment of that sentence."""


@dataclass
class AgreementMemory:
    """The candidates of one meeting, latest last."""

    candidates: list[Candidate] = field(default_factory=list)
    sentence: int = 0
    at: float = 0.0
    """When the present sentence was said."""
    _given: int = 0

    def next_sentence(self, at: float) -> None:
        """Another sentence begins at this moment."""
        self.sentence += 1
        self.at = at

    def forget(self, since: float, until: float) -> None:
        """Candidates that were last spoken of between these moments are gone.

        What is said next is near to nothing that was said before.
        """
        self.candidates = [c for c in self.candidates if not since <= c.at < until]
        self.sentence += _NEAR + 1

    def said(self, slots: Slots, probability: float, voice: int | None) -> Candidate:
        """An agreement was made or repeated; the candidate that it is now."""
        earlier = next((one for one in reversed(self.candidates) if _alike(one.slots, slots)), None)
        if earlier is None:
            self._given += 1
            found = Candidate(self._given, slots, probability, voice, self.sentence, self.at)
        else:
            self.candidates.remove(earlier)
            found = replace(
                earlier,
                slots=_joined(earlier.slots, slots),
                probability=max(earlier.probability, probability),
                sentence=self.sentence,
                at=self.at,
            )
        self.candidates.append(found)
        return found

    def corrected(self, text: str, voice: int | None) -> Candidate | None:
        """The last candidate with its new moment, when `text` gives it one."""
        last = self._last_near(voice)
        spans = time_spans(text)
        if last is None or not spans:
            return None
        said = plain(text)
        fills = not last.slots.when and _FILLED.match(said) is not None
        corrects = _CORRECTED.match(said) is not None and len(words(text)) <= 8
        if not fills and not corrects:
            return None
        start, end = spans[-1]
        slots = last.slots._replace(when=text[start:end])
        found = replace(last, slots=slots, sentence=self.sentence, at=self.at)
        self.candidates[-1] = found
        return found

    def taken_back(self, text: str, voice: int | None) -> Candidate | None:
        """The last candidate, gone now, when `text` takes it back."""
        last = self._last_near(voice)
        if last is None or not _TAKEN_BACK.match(plain(text)):
            return None
        self.candidates.remove(last)
        return last

    def _last_near(self, voice: int | None) -> Candidate | None:
        if not self.candidates:
            return None
        last = self.candidates[-1]
        near = self.sentence - last.sentence <= _NEAR
        same = voice is None or last.voice is None or voice == last.voice
        return last if near and same else None


def _content(slots: Slots) -> frozenset[str]:
    return frozenset(words(f"{slots.what} {slots.with_whom}")) - _SMALL


def _alike(first: Slots, second: Slots) -> bool:
    one, other = _content(first), _content(second)
    if not one or not other:
        return False
    return len(one & other) / min(len(one), len(other)) >= _SAME and len(one & other) >= 2


def _joined(earlier: Slots, later: Slots) -> Slots:
    """The later words where there are any."""
    longest = max((later.what, earlier.what), key=len) if not later.what else later.what
    return Slots(
        longest,
        later.how or earlier.how,
        later.with_whom or earlier.with_whom,
        later.when or earlier.when,
    )
