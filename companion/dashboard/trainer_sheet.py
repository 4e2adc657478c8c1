"""One review as its page, PDF and CSV show it: texts and numbers, in one language. Pure."""

from __future__ import annotations

import datetime as dt

import msgspec
from babel.dates import format_date

from companion.dashboard.trainer_drawing import ORDER, Course, Ribbon, course, ribbon
from companion.dashboard.trainer_errors import error_of
from companion.dashboard.trainer_wording import ReviewWording
from companion.method.amounts import LEAST_VOICES
from companion.method.evaluation import QUESTIONS, Spread
from companion.method.figures import MeetingFigures
from companion.method.indicators import Judgement, judge, total
from companion.vocabulary import QUESTION_KINDS, Indicator, MovedBy, SentenceKind


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator with everything that is said of it."""

    indicator: Indicator
    name: str
    verdict: str
    """For a class name: the enum's value."""
    verdict_word: str
    value: str
    behind: str
    definition: str
    rule: str
    weight: str
    error: str
    judgement: Judgement


class StepLine(msgspec.Struct, frozen=True, kw_only=True):
    """A step: its number and name, minutes, and what was asked in it."""

    number: int
    name: str
    planned: float
    spent: float
    state: str
    kinds: tuple[tuple[str, str, int], ...]
    """Kind, its word, how many: questions only."""
    advice: int
    early: int


class VoiceLine(msgspec.Struct, frozen=True, kw_only=True):
    """A voice of this meeting with its share, and where that may really lie."""

    name: str
    turns: int
    share: float
    low: float
    high: float


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """The whole review."""

    method: str
    date: str
    day: str
    """The same as an ISO date."""
    listened: bool
    ribbon: Ribbon
    ribbon_words: str
    steps: tuple[StepLine, ...]
    notes: tuple[str, ...]
    """Skipped, returned, how steps moved, pauses."""
    course: Course
    course_words: str
    course_rows: tuple[tuple[str, tuple[int, ...], int], ...]
    kinds: tuple[tuple[str, str], ...]
    """The kinds that occur, with their words: the columns of the course."""
    asked: tuple[tuple[str, str], ...]
    """Those of them that are questions: the columns of the steps."""
    advice: str
    readings: tuple[Reading, ...]
    total: str
    voices: tuple[VoiceLine, ...]
    voices_hidden: bool
    valued: tuple[tuple[str, int], ...]
    evaluation: tuple[tuple[str, int, float, int], ...]
    """Question, lowest, median, highest."""
    evaluation_count: int


def sheet(figures: MeetingFigures, spread: Spread | None, words: ReviewWording) -> Sheet:
    """The review of these figures."""
    seen = figures.review
    judgements = judge(figures)
    kinds = [kind for kind in ORDER if any(part.kinds.get(kind.value) for part in seen.course)]
    day = dt.datetime.fromtimestamp(figures.started).astimezone().date()
    enough = len(seen.members) >= LEAST_VOICES
    return Sheet(
        method=figures.method.name.in_language(words.wording.language),
        date=format_date(day, format="long", locale=words.wording.language),
        day=day.isoformat(),
        listened=seen.listened,
        ribbon=ribbon(seen),
        ribbon_words=_ribbon_words(figures, words),
        steps=_steps(figures, words),
        notes=_notes(figures, words),
        course=course(seen.course),
        course_words=_course_words(figures, words),
        course_rows=tuple(
            (
                f"{part.minute}–{part.minute + 5}",
                tuple(part.kinds.get(kind.value, 0) for kind in kinds),
                part.early,
            )
            for part in seen.course
        ),
        kinds=tuple((kind.value, words.wording.kind(kind)) for kind in kinds),
        asked=tuple(
            (kind.value, words.wording.kind(kind)) for kind in kinds if kind in QUESTION_KINDS
        ),
        advice=_advice(figures, words),
        readings=tuple(_reading(figures, each, words) for each in judgements),
        total=_total(judgements, words),
        voices=_voices(figures, words) if enough else (),
        voices_hidden=bool(seen.members) and not enough,
        valued=_valued(figures, words),
        evaluation=_evaluation(spread, words),
        evaluation_count=spread.count if spread else 0,
    )


def _name(figures: MeetingFigures, step: str, words: ReviewWording) -> str:
    rules = figures.step(step)
    return rules.name.in_language(words.wording.language) if rules else step


def _steps(figures: MeetingFigures, words: ReviewWording) -> tuple[StepLine, ...]:
    skipped, say = set(figures.review.skipped), words.say
    lines = []
    for index, row in enumerate(figures.review.steps):
        state = say("gedaan") if row.held else say("kort aangeraakt")
        if row.step in skipped:
            state = say("overgeslagen")
        elif not row.spent:
            state = say("niet bereikt")
        kinds = [SentenceKind(kind) for kind in row.questions]
        lines.append(
            StepLine(
                number=index + 1,
                name=_name(figures, row.step, words),
                planned=row.planned,
                spent=row.spent,
                state=state,
                kinds=tuple(
                    (kind.value, words.wording.kind(kind), row.questions[kind.value])
                    for kind in ORDER
                    if kind in kinds
                ),
                advice=row.advice,
                early=row.early_advice,
            )
        )
    return tuple(lines)


def _ribbon_words(figures: MeetingFigures, words: ReviewWording) -> str:
    seen = figures.review
    values = {"planned": words.number(seen.planned), "real": words.number(seen.running)}
    return words.say("Gepland: %(planned)s minuten. Echt: %(real)s minuten.") % values


def _notes(figures: MeetingFigures, words: ReviewWording) -> tuple[str, ...]:
    seen, say = figures.review, words.say
    plural = words.wording.plural
    named = ", ".join(_name(figures, step, words) for step in seen.skipped)
    by_ear = sum(visit.by is MovedBy.HEARD for visit in seen.visits)
    notes = [
        say("Overgeslagen: %(steps)s.") % {"steps": named} if named else say("Niets overgeslagen."),
        plural("%(n)s keer teruggegaan.", "%(n)s keer teruggegaan.", seen.returned)
        if seen.returned
        else say("De stappen gingen op volgorde."),
    ]
    if by_ear:
        notes.append(
            plural(
                "%(n)s stap begon op wat er gezegd werd.",
                "%(n)s stappen begonnen op wat er gezegd werd.",
                by_ear,
            )
        )
    if seen.paused:
        notes.append(say("Pauze: %(n)s minuten.") % {"n": words.number(seen.paused)})
    if seen.gaps:
        notes.append(say("Niet bijgehouden: %(n)s minuten.") % {"n": words.number(seen.gaps)})
    return tuple(notes)


def _course_words(figures: MeetingFigures, words: ReviewWording) -> str:
    parts = figures.review.course
    if not parts:
        return words.say("Er zijn geen vragen of adviezen geteld.")
    busiest = max(parts, key=lambda part: sum(part.kinds.values()))
    values = {
        "from": busiest.minute,
        "to": busiest.minute + 5,
        "n": sum(busiest.kinds.values()),
        "open": busiest.kinds.get(SentenceKind.OPEN.value, 0),
    }
    return (
        words.say(
            "Het drukst van minuut %(from)s tot %(to)s: %(n)s vragen en adviezen, "
            "waarvan %(open)s open vragen."
        )
        % values
    )


def _advice(figures: MeetingFigures, words: ReviewWording) -> str:
    seen, say = figures.review, words.say
    if not seen.listened:
        return say("Er is niet meegeluisterd, dus adviezen zijn niet geteld.")
    if not seen.early_advice:
        return say("Geen advies vóór zijn ronde.")
    values = {
        "n": seen.early_advice,
        "plain": seen.early_plain,
        "disguised": seen.early_disguised,
        "first": words.number(seen.first_early or 0.0, 0),
    }
    return (
        say(
            "%(n)s keer advies vóór zijn ronde: %(plain)s gewoon, %(disguised)s verpakt als "
            "vraag. Het eerste in minuut %(first)s."
        )
        % values
    )


def _reading(figures: MeetingFigures, judged: Judgement, words: ReviewWording) -> Reading:
    by_ear = any(visit.by is MovedBy.HEARD for visit in figures.review.visits)
    indicator = judged.indicator
    value = "" if judged.value is None else words.amount(indicator, judged.value)
    return Reading(
        indicator=indicator,
        name=words.indicator(indicator),
        verdict=judged.verdict.value,
        verdict_word=words.verdict(judged.verdict),
        value=value,
        behind=words.unmeasured(judged.because) if judged.because else words.behind(judged),
        definition=words.definition(indicator),
        rule=words.rule(judged.norm),
        weight=words.number(judged.norm.weight),
        error=words.error(indicator, error_of(indicator, figures.model), by_ear=by_ear),
        judgement=judged,
    )


def _total(judgements: tuple[Judgement, ...], words: ReviewWording) -> str:
    added = total(judgements)
    values = {"n": words.number(added.reached), "of": words.number(added.of)}
    return (
        words.say(
            "Met hun gewicht geteld: %(n)s van %(of)s. Dat getal zegt niets zonder de regels "
            "hierboven; wat niet te meten was telt niet mee."
        )
        % values
    )


def _voices(figures: MeetingFigures, words: ReviewWording) -> tuple[VoiceLine, ...]:
    """In the order of their share, so that a number is no place at the table."""
    ranked = sorted(figures.review.members, key=lambda voice: -voice.share)
    return tuple(
        VoiceLine(
            name=words.say("deelnemer %(letter)s") % {"letter": chr(ord("A") + index % 26)},
            turns=voice.turns,
            share=voice.share,
            low=max(voice.share - voice.margin, 0.0),
            high=min(voice.share + voice.margin, 1.0),
        )
        for index, voice in enumerate(ranked)
    )


def _valued(figures: MeetingFigures, words: ReviewWording) -> tuple[tuple[str, int], ...]:
    named = {
        "warm": words.say("warm"),
        "neutraal": words.say("neutraal"),
        "koud": words.say("koud"),
    }
    counts = figures.review.valued
    return tuple((word, counts[value]) for value, word in named.items() if value in counts)


def _evaluation(
    spread: Spread | None, words: ReviewWording
) -> tuple[tuple[str, int, float, int], ...]:
    if spread is None:
        return ()
    asked = {each.id: each.text.in_language(words.wording.language) for each in QUESTIONS}
    return tuple(
        (text, spread.of[name].low, spread.of[name].median, spread.of[name].high)
        for name, text in asked.items()
        if name in spread.of
    )
