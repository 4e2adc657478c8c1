"""Words for states and amounts: every enum that a page shows, and times as people say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal
from babel.units import format_unit

from companion.dashboard.texts import Language, translations
from companion.events import ListeningProblem, ListeningState
from companion.session.view import MeetingView
from companion.storage.records import ActionState
from companion.vocabulary import Floor, InbrengerPart, SentenceKind, Step, Writing


class Wording:
    """How one language says it."""

    def __init__(self, language: Language) -> None:
        self.language = language
        found = translations(language)
        self.say: Callable[[str], str] = found.gettext
        self._ngettext: Callable[[str, str, int], str] = found.ngettext

    def plural(self, one: str, many: str, number: int) -> str:
        """`one` or `many` with %(n)s filled in."""
        return self._ngettext(one, many, number) % {"n": number}

    def number(self, value: float) -> str:
        """A number with one decimal at most."""
        return format_decimal(value, format="0.#", locale=self.language)

    def minutes(self, seconds: float) -> str:
        """Rounded minutes with their unit, for reading."""
        whole = max(round(seconds / 60), 0)
        return str(format_unit(whole, "duration-minute", length="long", locale=self.language))

    def clock(self, seconds: float) -> str:
        """mm:ss, with a minus sign in overtime."""
        whole = abs(int(seconds // 1))
        sign = "−" if seconds < 0 and whole else ""
        return f"{sign}{whole // 60}:{whole % 60:02d}"

    def time_of_day(self, wall: float) -> str:
        """The hour of a moment (seconds since the epoch), in this machine's zone."""
        return format_time(_local(wall), format="HH:mm", locale=self.language)

    def date(self, wall: float) -> str:
        """The day of a moment."""
        return format_date(_local(wall), format="long", locale=self.language)

    def iso_day(self, wall: float) -> str:
        """The day of a moment as YYYY-MM-DD, in this machine's zone."""
        return _local(wall).date().isoformat()

    def date_and_time(self, wall: float) -> str:
        """Day and hour of a moment."""
        return format_datetime(_local(wall), format="d MMMM y, HH:mm", locale=self.language)

    def iso_date(self, iso: str) -> str:
        """An ISO date as a weekday and day; the text itself where it is none."""
        try:
            day = dt.date.fromisoformat(iso)
        except ValueError:
            return iso
        return format_date(day, format="EEEE d MMMM", locale=self.language)

    def pace(self, behind: float) -> str:
        """Ahead of the plan or behind it, in whole minutes."""
        minutes = round(behind / 60)
        if minutes == 0:
            return self.say("op schema")
        if minutes > 0:
            return self.plural("%(n)s minuut achter", "%(n)s minuten achter", minutes)
        return self.plural("%(n)s minuut voor", "%(n)s minuten voor", -minutes)

    def floor(self, view: MeetingView, step: Step) -> str:
        """Who has the word now, in a sentence."""
        if step.write is Writing.ALL or step.floor is Floor.NIEMAND:
            return self.say("Ieder schrijft voor zichzelf")
        said = {
            Floor.INBRENGER: self._inbrenger(view),
            Floor.GROEP: self._group(step.inbrenger, in_turn=step.in_turn),
            Floor.ALLEN: self.say("Iedereen kan iets zeggen"),
        }
        turn = self._turn(view)
        return turn or said[step.floor]

    def _inbrenger(self, view: MeetingView) -> str:
        if not view.inbrenger:
            return self.say("De inbrenger heeft het woord")
        return self.say("%(name)s heeft het woord, als inbrenger") % {"name": view.inbrenger}

    def _turn(self, view: MeetingView) -> str:
        if view.turn is None or not view.turn_planned or view.turn >= len(view.members):
            return ""
        return self.say("Aan de beurt: %(name)s") % {"name": view.members[view.turn]}

    def _group(self, part: InbrengerPart, *, in_turn: bool) -> str:
        if in_turn:
            return self.say("De groep spreekt, om de beurt")
        return {
            InbrengerPart.ANTWOORDT: self.say("De groep vraagt, de inbrenger antwoordt"),
            InbrengerPart.DAARNA: self.say("Eerst de groep, dan de inbrenger"),
            InbrengerPart.ZWIJGT: self.say("De groep spreekt, de inbrenger luistert alleen"),
            InbrengerPart.VRIJ: self.say("De groep heeft het woord"),
        }[part]

    def kind(self, kind: SentenceKind) -> str:
        """What a mark on the strip stands for."""
        return {
            SentenceKind.OPEN: self.say("open"),
            SentenceKind.GERICHT: self.say("gericht"),
            SentenceKind.GESLOTEN: self.say("gesloten"),
            SentenceKind.KEUZE: self.say("keuze"),
            SentenceKind.SUGGESTIEF: self.say("sturend"),
            SentenceKind.VERKAPT_ADVIES: self.say("verkapt advies"),
            SentenceKind.ADVIES: self.say("advies"),
            SentenceKind.NEUTRAAL: self.say("neutraal"),
        }[kind]

    def listening(self, state: ListeningState) -> str:
        """What the listener does."""
        return {
            ListeningState.OFF: self.say("Luistert niet mee"),
            ListeningState.STARTING: self.say("Begint met luisteren"),
            ListeningState.HEARING: self.say("Hoort jullie"),
            ListeningState.QUIET: self.say("Hoort 20 seconden niets"),
            ListeningState.CATCHING_UP: self.say("Loopt iets achter"),
            ListeningState.PAUSED: self.say("Luisteren staat stil"),
            ListeningState.LOST: self.say("Hoort niets meer"),
        }[state]

    def problem(self, problem: ListeningProblem) -> str:
        """Why there is no listening, and what to do; empty when nothing is wrong."""
        return {
            ListeningProblem.NONE: "",
            ListeningProblem.NO_MICROPHONE: self.say(
                "Er is geen microfoon gevonden. De bijeenkomst gaat met de hand verder."
            ),
            ListeningProblem.MICROPHONE_LOST: self.say(
                "De microfoon is weg. Sluit hem weer aan; de klok loopt door."
            ),
            ListeningProblem.MICROPHONE_CHANGED: self.say(
                "Er is een andere microfoon gekozen. Controleer of dat klopt."
            ),
            ListeningProblem.DIGITAL_SILENCE: self.say(
                "De microfoon geeft volstrekte stilte. Staat hij uit of gedempt?"
            ),
            ListeningProblem.MODEL_MISSING: self.say(
                "Het spraakmodel ontbreekt. Haal het op met: companion models get base"
            ),
            ListeningProblem.MODEL_DAMAGED: self.say(
                "Het spraakmodel is beschadigd. Haal het opnieuw op met: companion models get base"
            ),
            ListeningProblem.LANGUAGE_MISSING: self.say("Het taalmodel ontbreekt."),
            ListeningProblem.CRASHED: self.say(
                "Het luisteren viel uit en begint opnieuw. De klok loopt door."
            ),
            ListeningProblem.SOURCE_ENDED: self.say("De opname is afgelopen."),
        }[problem]

    def outcome(self, state: ActionState) -> str:
        """What became of an action."""
        return {
            ActionState.OPEN: self.say("nog open"),
            ActionState.GEDAAN: self.say("gedaan"),
            ActionState.DEELS: self.say("deels gedaan"),
            ActionState.NIET: self.say("niet gedaan"),
            ActionState.ANDERS: self.say("anders gedaan"),
        }[state]


def _local(wall: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(wall, tz=dt.UTC).astimezone()
