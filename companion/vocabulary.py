"""The words of the field, as types: roles, sentence kinds, methods and their steps.

Enum values are the Dutch terms that files, commands and pages use.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """Who somebody is in this meeting."""

    BEGELEIDER = "begeleider"
    INBRENGER = "inbrenger"
    DEELNEMER = "deelnemer"


class SentenceKind(StrEnum):
    """What a spoken sentence does; no other labels exist."""

    OPEN = "open"
    GERICHT = "gericht"
    GESLOTEN = "gesloten"
    KEUZE = "keuze"
    SUGGESTIEF = "suggestief"
    VERKAPT_ADVIES = "verkapt_advies"
    ADVIES = "advies"
    NEUTRAAL = "neutraal"


QUESTION_KINDS = frozenset(
    {
        SentenceKind.OPEN,
        SentenceKind.GERICHT,
        SentenceKind.GESLOTEN,
        SentenceKind.KEUZE,
        SentenceKind.SUGGESTIEF,
    }
)
ADVICE_KINDS = frozenset({SentenceKind.ADVIES, SentenceKind.VERKAPT_ADVIES})


class Floor(StrEnum):
    """Who has the word in a step."""

    INBRENGER = "inbrenger"
    GROEP = "groep"
    ALLEN = "allen"
    NIEMAND = "niemand"


class InbrengerPart(StrEnum):
    """What the inbrenger does while the group has the word."""

    ANTWOORDT = "antwoordt"
    DAARNA = "daarna"
    ZWIJGT = "zwijgt"
    VRIJ = "vrij"


class QuestionRule(StrEnum):
    """Which questions fit in a step."""

    OPEN = "open"
    ANY = "any"
    NONE = "-"


class AdviceRule(StrEnum):
    """Whether advice is too early, asked for, or neither."""

    NEE = "nee"
    JA = "ja"
    NEUTRAL = "-"


class Writing(StrEnum):
    """Whether people write in silence in a step: not, at its start, or all of it."""

    NONE = ""
    FIRST = "first"
    ALL = "all"


class StepFunction(StrEnum):
    """What a step is for, across methods: how a spoken announcement finds its step."""

    OPENING = "opening"
    TERUGBLIK = "terugblik"
    VERZAMELEN = "verzamelen"
    KIEZEN = "kiezen"
    VERTELLEN = "vertellen"
    VRAGEN = "vragen"
    NOTEREN = "noteren"
    WAARDEREN = "waarderen"
    ANTWOORDEN = "antwoorden"
    HERHALING = "herhaling"
    ASSOCIEREN = "associeren"
    BEELD = "beeld"
    PROBLEEM = "probleem"
    ANALYSE = "analyse"
    EIGEN_VRAAG = "eigen-vraag"
    BESPREKEN = "bespreken"
    REACTIE = "reactie"
    ADVIES = "advies"
    BESLUIT = "besluit"
    GEDRAG = "gedrag"
    ERVARING = "ervaring"
    LEREN = "leren"
    EVALUATIE = "evaluatie"
    AFSLUITING = "afsluiting"


class StepMode(StrEnum):
    """How steps move on what is heard: not, as a proposal, or by themselves."""

    HAND = "hand"
    VOORSTEL = "voorstel"
    AUTOMATISCH = "automatisch"


class Valuation(StrEnum):
    """What the inbrenger calls a question on paper: new to him, known already, or neither."""

    WARM = "warm"
    KOUD = "koud"
    NEUTRAAL = "neutraal"


class MovedBy(StrEnum):
    """What made a step change."""

    HAND = "hand"
    HEARD = "heard"
    CLOCK = "clock"


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text of the method in both languages; English falls back on Dutch."""

    nl: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """The text in "nl" or "en"."""
        return self.en if language == "en" and self.en else self.nl


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of a method: a row of its table."""

    id: str
    name: Text
    task: Text
    """What is asked of the group now, in one or two short sentences."""
    minutes: float
    estimated: bool = False
    """The source gives no number; these minutes are our default."""
    floor: Floor
    inbrenger: InbrengerPart = InbrengerPart.VRIJ
    in_turn: bool = False
    """Members speak one after the other."""
    questions: QuestionRule = QuestionRule.NONE
    advice: AdviceRule = AdviceRule.NEUTRAL
    write: Writing = Writing.NONE
    function: StepFunction
    look_back: bool = False
    """Held only when earlier actions are open."""
    outside: bool = False
    """Its minutes come on top of the method's total."""
    plan: bool = False
    """The inbrenger's action plan is made here."""
    discussion: bool = True
    """False where answers are not to be discussed."""


class Indicator(StrEnum):
    """What a meeting is judged on, each from counts and times alone."""

    STEPS = "steps"
    MINUTES = "minutes"
    END = "end"
    OPEN_QUESTIONS = "open-questions"
    LEADING = "leading"
    STACKED = "stacked"
    NO_EARLY_ADVICE = "no-early-advice"
    INBRENGER_SILENT = "inbrenger-silent"
    TURNS = "turns"
    EVERYONE = "everyone"
    WRITING = "writing"
    BEGELEIDER = "begeleider"
    LOOK_BACK = "look-back"
    PLAN = "concrete-plan"
    EVALUATION = "evaluation"


class Norm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which amount an indicator is met, or partly; which way is better the indicator knows."""

    indicator: Indicator
    met: float
    partly: float
    weight: float = 1.0


class Method(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A method: its steps in order."""

    id: str
    name: Text
    summary: Text
    advice_never: bool = False
    """Concrete advice never fits (CREA-M)."""
    norms: tuple[Norm, ...] = ()
    """Where this method judges otherwise than is usual."""
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> float:
        """Planned minutes, steps outside the total left out."""
        return sum(step.minutes for step in self.steps if not step.outside)


class StepHint(msgspec.Struct, frozen=True, kw_only=True):
    """What the language part needs to know of a step of this meeting."""

    id: str
    name: str
    function: StepFunction
