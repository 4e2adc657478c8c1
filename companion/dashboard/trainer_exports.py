"""A review as PDF, CSV and JSON, from what its page shows."""

from __future__ import annotations

from typing import Literal

from litestar import Response
from litestar.exceptions import NotFoundException

from companion.dashboard.trainer_sheet import Sheet, StepLine
from companion.dashboard.trainer_wording import ReviewWording
from companion.reports.document import Bullets, Document, Facts, Paragraph, Section, Table
from companion.reports.pdf import pdf
from companion.reports.trainer_csv import Row, to_csv

FORMATS = ("review.pdf", "review.csv", "review.json")
_TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def download(name: str, shown: Sheet, words: ReviewWording, json: bytes) -> Response[bytes]:
    """The file called `name`; NotFound for a format there isn't."""
    if name not in FORMATS:
        raise NotFoundException
    ending: str = name.rpartition(".")[2]
    body = {
        "pdf": lambda: pdf(document(shown, words)),
        "csv": lambda: to_csv(header(words), rows(shown, words)),
        "json": lambda: json,
    }[ending]()
    named = f"review-{shown.day}.{ending}"
    return Response(
        body,
        media_type=_TYPES[ending],
        headers={"content-disposition": f'attachment; filename="{named}"'},
    )


def no_appraisal(words: ReviewWording) -> str:
    """What every review says of itself."""
    return words.say(
        "Deze cijfers gaan over het proces van de groep. Ze zijn geen beoordeling van personen "
        "en zijn er niet voor bedoeld. Er staat niet in wat er gezegd is."
    )


def document(shown: Sheet, words: ReviewWording) -> Document:
    """The review as a document: what the charts show stands in its tables."""
    say = words.say
    language: Literal["nl", "en"] = words.wording.language
    sections = [
        Section(title=say("Tijd per stap"), blocks=_time(shown, words)),
        Section(title=say("Vragen en adviezen"), blocks=_questions(shown, words)),
        Section(title=say("Oordeel per onderdeel"), blocks=_readings(shown, words)),
    ]
    if shown.voices or shown.voices_hidden:
        sections.append(
            Section(title=say("Deelnemers aan het woord"), blocks=_voices(shown, words))
        )
    if shown.evaluation:
        sections.append(Section(title=say("Evaluatie door de groep"), blocks=_spread(shown, words)))
    return Document(
        language=language,
        title=say("Review van een bijeenkomst"),
        subtitle=f"{shown.method} · {shown.date}",
        sections=tuple(sections),
        footer=no_appraisal(words),
    )


def _time(shown: Sheet, words: ReviewWording) -> tuple[Paragraph | Table | Bullets, ...]:
    say = words.say
    return (
        Paragraph(text=shown.ribbon_words),
        Table(
            header=("", say("Stap"), say("Gepland"), say("Echt"), say("Verloop")),
            rows=tuple(
                (
                    str(step.number),
                    step.name,
                    words.number(step.planned),
                    words.number(step.spent),
                    step.state,
                )
                for step in shown.steps
            ),
            numbers=(0, 2, 3),
            about=say("Geplande en echte minuten per stap"),
        ),
        Bullets(items=shown.notes),
    )


def _questions(shown: Sheet, words: ReviewWording) -> tuple[Paragraph | Table | Facts, ...]:
    say = words.say
    blocks: list[Paragraph | Table | Facts] = [
        Paragraph(text=shown.advice),
        Paragraph(text=shown.course_words),
    ]
    if shown.kinds:
        kinds = tuple(word for _, word in shown.kinds)
        asked = tuple(word for _, word in shown.asked)
        blocks += [
            Table(
                header=(say("Stap"), *asked, say("advies"), say("te vroeg")),
                rows=tuple(_kinds_of(step, shown) for step in shown.steps),
                numbers=tuple(range(1, len(asked) + 3)),
                about=say("Soorten vragen per stap"),
            ),
            Table(
                header=(say("Minuut"), *kinds, say("te vroeg")),
                rows=tuple(
                    (minutes, *(str(count) for count in counts), str(early))
                    for minutes, counts, early in shown.course_rows
                ),
                numbers=tuple(range(1, len(kinds) + 2)),
                about=say("Vragen en adviezen per vijf minuten"),
            ),
        ]
    if shown.valued:
        pairs = tuple((word, str(count)) for word, count in shown.valued)
        blocks.append(Facts(title=say("Vragen gewaardeerd door de inbrenger"), pairs=pairs))
    return tuple(blocks)


def _kinds_of(step: StepLine, shown: Sheet) -> Row:
    counts = {kind: count for kind, _, count in step.kinds}
    asked = (str(counts.get(kind, 0)) for kind, _ in shown.asked)
    return (step.name, *asked, str(step.advice), str(step.early))


def _readings(shown: Sheet, words: ReviewWording) -> tuple[Paragraph | Facts, ...]:
    say = words.say
    blocks: list[Paragraph | Facts] = [
        Facts(
            title=f"{each.name}: {each.verdict_word}",
            pairs=tuple(
                (label, text)
                for label, text in (
                    (say("Waarde"), each.value),
                    (say("Getallen"), each.behind),
                    (say("Wat is geteld"), each.definition),
                    (say("Regel"), each.rule),
                    (say("Gewicht"), each.weight),
                    (say("Zekerheid"), each.error),
                )
                if text
            ),
        )
        for each in shown.readings
    ]
    return (*blocks, Paragraph(text=shown.total))


def _voices(shown: Sheet, words: ReviewWording) -> tuple[Paragraph | Table, ...]:
    if shown.voices_hidden:
        return (Paragraph(text=hidden(words)),)
    say = words.say
    return (
        Table(
            header=(say("Deelnemer"), say("Beurten"), say("Aandeel"), say("Zeker tussen")),
            rows=tuple(
                (
                    voice.name,
                    str(voice.turns),
                    words.percent(voice.share),
                    f"{words.percent(voice.low)} – {words.percent(voice.high)}",
                )
                for voice in shown.voices
            ),
            numbers=(1, 2, 3),
            about=say("Spreektijd van de deelnemers, zonder de schrijfstappen"),
        ),
    )


def hidden(words: ReviewWording) -> str:
    """Why no shares are shown."""
    return words.say(
        "Minder dan vier stemmen van deelnemers: hun aandelen worden niet getoond, want dan is "
        "te herleiden wie wie is."
    )


def _spread(shown: Sheet, words: ReviewWording) -> tuple[Table, ...]:
    say = words.say
    return (
        Table(
            header=(say("Vraag"), say("Laagste"), say("Middelste"), say("Hoogste")),
            rows=tuple(
                (text, str(low), words.number(middle), str(high))
                for text, low, middle, high in shown.evaluation
            ),
            numbers=(1, 2, 3),
            about=say("Antwoorden van 0 tot 10"),
        ),
    )


def header(words: ReviewWording) -> Row:
    """The columns of the CSV."""
    say = words.say
    return (say("onderdeel"), say("naam"), say("grootheid"), say("waarde"))


def rows(shown: Sheet, words: ReviewWording) -> list[Row]:
    """Every number of a review on a row of its own; numbers with a decimal point."""
    say = words.say
    found: list[Row] = [
        (say("bijeenkomst"), "", say("datum"), shown.day),
        (say("bijeenkomst"), "", say("methode"), shown.method),
    ]
    for step in shown.steps:
        called = f"{step.number}. {step.name}"
        found += [
            (say("stap"), called, say("geplande minuten"), str(step.planned)),
            (say("stap"), called, say("echte minuten"), str(step.spent)),
            (say("stap"), called, say("verloop"), step.state),
            (say("stap"), called, say("advies"), str(step.advice)),
            (say("stap"), called, say("advies te vroeg"), str(step.early)),
        ]
        found += [(say("stap"), called, word, str(count)) for _, word, count in step.kinds]
    for minutes, counts, early in shown.course_rows:
        named = say("minuut %(minutes)s") % {"minutes": minutes}
        pairs = zip(shown.kinds, counts, strict=True)
        found += [(say("verloop"), named, word, str(count)) for (_, word), count in pairs]
        found.append((say("verloop"), named, say("te vroeg"), str(early)))
    found += _indicator_rows(shown, words)
    for voice in shown.voices:
        share = f"{voice.low:.3f}–{voice.high:.3f}"
        found += [
            (say("deelnemer"), voice.name, say("beurten"), str(voice.turns)),
            (say("deelnemer"), voice.name, say("aandeel"), f"{voice.share:.3f}"),
            (say("deelnemer"), voice.name, say("zeker tussen"), share),
        ]
    found += [(say("gewaardeerd"), word, say("aantal"), str(n)) for word, n in shown.valued]
    for text, low, middle, high in shown.evaluation:
        found += [
            (say("evaluatie"), text, say("laagste"), str(low)),
            (say("evaluatie"), text, say("middelste"), str(middle)),
            (say("evaluatie"), text, say("hoogste"), str(high)),
        ]
    return found


def _indicator_rows(shown: Sheet, words: ReviewWording) -> list[Row]:
    say = words.say
    found: list[Row] = []
    for each in shown.readings:
        judged = each.judgement
        amounts = (
            (say("waarde"), judged.value),
            (say("aantal"), judged.count),
            (say("van"), judged.of),
            (say("gehaald bij"), judged.norm.met),
            (say("deels bij"), judged.norm.partly),
            (say("gewicht"), judged.norm.weight),
        )
        found.append((say("indicator"), each.name, say("oordeel"), each.verdict_word))
        found += [
            (say("indicator"), each.name, label, str(amount))
            for label, amount in amounts
            if amount is not None
        ]
    return found
