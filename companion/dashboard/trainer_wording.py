"""A review in words: what each indicator counts, its norm, its value, and how sure that is."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from babel.dates import format_date
from babel.numbers import format_decimal

from companion.dashboard.trainer_errors import COUNT_OF, Measured
from companion.dashboard.wording import Wording
from companion.method.amounts import Unmeasured
from companion.method.indicators import LESS_IS_BETTER, Judgement, Verdict
from companion.vocabulary import Indicator, Norm


class Unit(StrEnum):
    """What a value is counted in."""

    SHARE = "share"
    TIMES = "times"
    SECONDS = "seconds"
    MINUTES = "minutes"
    RATIO = "ratio"
    HELD = "held"
    LEVEL = "level"


UNITS = {
    Indicator.STEPS: Unit.SHARE,
    Indicator.MINUTES: Unit.SHARE,
    Indicator.END: Unit.MINUTES,
    Indicator.OPEN_QUESTIONS: Unit.SHARE,
    Indicator.LEADING: Unit.SHARE,
    Indicator.STACKED: Unit.SHARE,
    Indicator.NO_EARLY_ADVICE: Unit.TIMES,
    Indicator.INBRENGER_SILENT: Unit.SECONDS,
    Indicator.TURNS: Unit.RATIO,
    Indicator.EVERYONE: Unit.SHARE,
    Indicator.WRITING: Unit.SHARE,
    Indicator.BEGELEIDER: Unit.SHARE,
    Indicator.LOOK_BACK: Unit.HELD,
    Indicator.PLAN: Unit.LEVEL,
    Indicator.EVALUATION: Unit.HELD,
}
_BY_HAND = frozenset({Indicator.END, Indicator.PLAN})


class ReviewWording:
    """How one language says it."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.say = wording.say

    def number(self, value: float, digits: int = 1) -> str:
        """A number with at most so many decimals, as the language writes it."""
        pattern = "#,##0." + "#" * digits if digits else "#,##0"
        return format_decimal(value, format=pattern, locale=self.wording.language)

    def day(self, wall: float) -> str:
        """The day of a moment, short."""
        day = dt.datetime.fromtimestamp(wall, tz=dt.UTC).astimezone().date()
        return format_date(day, format="d MMM y", locale=self.wording.language)

    def percent(self, share: float) -> str:
        """A share as whole percents."""
        return f"{self.number(share * 100, 0)} %"

    def indicator(self, indicator: Indicator) -> str:
        """Its name."""
        say = self.say
        return {
            Indicator.STEPS: say("Stappen gedaan"),
            Indicator.MINUTES: say("Minuten per stap"),
            Indicator.END: say("Op tijd klaar"),
            Indicator.OPEN_QUESTIONS: say("Open vragen"),
            Indicator.LEADING: say("Sturende vragen"),
            Indicator.STACKED: say("Gestapelde vragen"),
            Indicator.NO_EARLY_ADVICE: say("Advies vóór zijn ronde"),
            Indicator.INBRENGER_SILENT: say("Stilte van de inbrenger"),
            Indicator.TURNS: say("Spreektijd verdeeld"),
            Indicator.EVERYONE: say("Iedereen aan het woord"),
            Indicator.WRITING: say("Rust bij het schrijven"),
            Indicator.BEGELEIDER: say("Aandeel van de begeleider"),
            Indicator.LOOK_BACK: say("Teruggeblikt"),
            Indicator.PLAN: say("Actieplan concreet"),
            Indicator.EVALUATION: say("Evaluatie gehouden"),
        }[indicator]

    def definition(self, indicator: Indicator) -> str:
        """What is counted, and how."""
        say = self.say
        return {
            Indicator.STEPS: say(
                "Stappen waarin de groep minstens twintig seconden was, van alle geplande."
            ),
            Indicator.MINUTES: say(
                "Stappen die hun geplande minuten duurden, een kwart meer of minder."
            ),
            Indicator.END: say("Minuten die de bijeenkomst langer duurde dan gepland."),
            Indicator.OPEN_QUESTIONS: say(
                "Open vragen van deelnemers, van al hun vragen in de stappen die om open "
                "vragen vragen."
            ),
            Indicator.LEADING: say("Vragen met een oordeel of het antwoord erin, van alle vragen."),
            Indicator.STACKED: say("Beurten met meer dan één vraag, per gestelde vraag."),
            Indicator.NO_EARLY_ADVICE: say(
                "Adviezen, ook verpakt als vraag, waar de methode er nog geen plaats voor heeft."
            ),
            Indicator.INBRENGER_SILENT: say(
                "Seconden dat de inbrenger sprak in stappen waarin hij alleen luistert."
            ),
            Indicator.TURNS: say(
                "Het grootste aandeel in de spreektijd van de deelnemers, in gelijke delen: "
                "1 is precies eerlijk verdeeld. Stappen om te schrijven tellen niet mee."
            ),
            Indicator.EVERYONE: say(
                "Stemmen van deelnemers die te horen waren, van de aanwezigen."
            ),
            Indicator.WRITING: say(
                "Schrijfstappen waarin het stil was: een minuut stilte, of hooguit een kwart "
                "gepraat."
            ),
            Indicator.BEGELEIDER: say("Spreektijd van de begeleider, van alle bekende sprekers."),
            Indicator.LOOK_BACK: say("Of er teruggeblikt is op acties die nog openstonden."),
            Indicator.PLAN: say(
                "Afspraken die een mens bevestigde: volledig is wat, hoe, met wie en wanneer. "
                "Geteld, niet gelezen."
            ),
            Indicator.EVALUATION: say("Of de evaluatiestap gehouden is."),
        }[indicator]

    def amount(self, indicator: Indicator, value: float) -> str:
        """A value with its unit."""
        say, unit = self.say, UNITS[indicator]
        if unit is Unit.SHARE:
            return self.percent(value)
        if unit is Unit.HELD:
            return say("ja") if value >= 1 else say("nee")
        if unit is Unit.LEVEL:
            levels = (say("geen afspraak"), say("een afspraak"), say("een volledige afspraak"))
            return levels[min(max(round(value), 0), 2)]
        number = self.number(value, 2 if unit is Unit.RATIO else 1)
        return {
            Unit.TIMES: say("%(n)s keer"),
            Unit.SECONDS: say("%(n)s s"),
            Unit.MINUTES: say("%(n)s min"),
            Unit.RATIO: say("%(n)s × een gelijk deel"),
        }[unit] % {"n": number}

    def behind(self, judgement: Judgement) -> str:
        """The numbers behind a value, where there are two."""
        if judgement.count is None or judgement.of is None:
            return ""
        numbers = {"n": self.number(judgement.count), "of": self.number(judgement.of)}
        if judgement.indicator is Indicator.END:
            return self.say("%(n)s min van %(of)s min gepland") % numbers
        if judgement.indicator is Indicator.PLAN:
            return self.say("%(n)s van %(of)s afspraken volledig") % numbers
        return self.say("%(n)s van %(of)s") % numbers

    def rule(self, norm: Norm) -> str:
        """The norm in words."""
        unit, met = UNITS[norm.indicator], self.amount(norm.indicator, norm.met)
        if unit is Unit.HELD or norm.met == norm.partly:
            return self.say("Gehaald bij: %(met)s.") % {"met": met}
        values = {"met": met, "partly": self.amount(norm.indicator, norm.partly)}
        if norm.indicator in LESS_IS_BETTER:
            return self.say("Gehaald tot en met %(met)s, deels tot en met %(partly)s.") % values
        return self.say("Gehaald vanaf %(met)s, deels vanaf %(partly)s.") % values

    def verdict(self, verdict: Verdict) -> str:
        """How it went, in a word."""
        return {
            Verdict.MET: self.say("gehaald"),
            Verdict.PARTLY: self.say("deels"),
            Verdict.NOT: self.say("niet gehaald"),
            Verdict.UNMEASURED: self.say("niet te meten"),
        }[verdict]

    def unmeasured(self, why: Unmeasured) -> str:
        """Why something can't be said."""
        return {
            Unmeasured.NOT_LISTENED: self.say("Er is niet meegeluisterd."),
            Unmeasured.TOO_FEW_QUESTIONS: self.say("Er waren minder dan vijf vragen."),
            Unmeasured.TOO_FEW_VOICES: self.say(
                "Er waren minder dan vier stemmen van deelnemers bekend; die vergelijken we niet."
            ),
            Unmeasured.ROLES_UNKNOWN: self.say("Het is niet bekend welke stem van wie was."),
            Unmeasured.PRESENT_UNKNOWN: self.say("Het is niet bekend hoeveel deelnemers er waren."),
            Unmeasured.NOT_REACHED: self.say("De groep kwam niet in die stap."),
        }[why]

    def error(self, indicator: Indicator, measured: Measured | None, *, by_ear: bool) -> str:
        """The known error of the count on this machine's model."""
        by_clock = COUNT_OF.get(indicator) == "steps" and not by_ear
        if indicator in _BY_HAND or by_clock:
            return self.say("Bijgehouden door de klok en door mensen; geen meetfout.")
        if measured is None:
            return self.say("Meetfout: niet gemeten.")
        unit = UNITS[indicator]
        plain = self.number(measured.error, 2)
        amount = self.percent(measured.error) if unit is Unit.SHARE else plain
        line = self.say("Meetfout: gemiddeld %(n)s") % {"n": amount}
        if measured.r is not None:
            line += self.say(", samenhang %(r)s") % {"r": self.number(measured.r, 2)}
        if measured.meetings:
            line += self.wording.plural(
                " (%(n)s proefbijeenkomst)", " (%(n)s proefbijeenkomsten)", measured.meetings
            )
        return f"{line}."
