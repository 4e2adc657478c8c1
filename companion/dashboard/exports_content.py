"""What a group takes home of a meeting: no quotes, nothing that was only heard. Pure."""

from __future__ import annotations

from babel.numbers import format_decimal

from companion.dashboard.after_meeting import AfterMeeting
from companion.dashboard.plan_cards import PlanCard
from companion.dashboard.wording import Wording
from companion.reports.calendar import Reminder
from companion.reports.document import Block, Bullets, Document, Facts, Paragraph, Section, Table
from companion.storage.records import ActionState

_STATUS = {
    ActionState.OPEN: "NEEDS-ACTION",
    ActionState.DEELS: "IN-PROCESS",
    ActionState.GEDAAN: "COMPLETED",
    ActionState.NIET: "CANCELLED",
    ActionState.ANDERS: "CANCELLED",
}


def summary(kept: AfterMeeting, wording: Wording) -> Document:
    """The summary of a meeting."""
    say = wording.say
    parts = [
        (say("Vraag van de inbrenger"), _text(kept.question)),
        (say("Gekozen advies"), _bullets(kept.advice)),
        (say("Actieplan"), _plan(kept, wording)),
        (say("Wat we meenemen"), _openers(kept, wording)),
        (say("Stappen en minuten"), _steps(kept, wording)),
        (say("Hoe we het vonden"), _spread(kept, wording)),
    ]
    return Document(
        language=wording.language,
        title=say("Samenvatting van een intervisie"),
        subtitle=" · ".join(
            part for part in (kept.group_name, kept.method, wording.date(kept.started)) if part
        ),
        sections=tuple(Section(title=title, blocks=blocks) for title, blocks in parts if blocks),
        footer=out_of_reach(wording),
    )


def out_of_reach(wording: Wording) -> str:
    """What every export says of itself."""
    return wording.say(
        "Dit is een kopie. Wie later in Intervisie Companion wist, wist deze kopie niet: "
        "bewaar of verwijder haar zelf."
    )


def answers_of(card: PlanCard, wording: Wording) -> tuple[tuple[str, str], ...]:
    """The questions of an agreement that have an answer, what it is left out."""
    say = wording.say
    pairs = (
        (say("Wie"), card.who),
        (say("Hoe"), card.how),
        (say("Met wie"), card.with_whom),
        (say("Wanneer"), card.when),
        (say("Dag"), wording.iso_date(card.due) if card.due else ""),
        (say("Nodig"), card.needs),
        (say("Te merken aan"), card.noticed_by),
    )
    return tuple((label, value) for label, value in pairs if value)


def reminders(cards: tuple[PlanCard, ...], wording: Wording) -> tuple[Reminder, ...]:
    """Agreements as a calendar knows them."""
    return tuple(
        Reminder(
            id=card.action,
            what=card.what,
            about=(
                *(f"{label}: {value}" for label, value in answers_of(card, wording)),
                out_of_reach(wording),
            ),
            due=card.due,
            made=card.made,
            status=_STATUS[card.state],  # type: ignore[arg-type]
            done=card.closed if card.state is ActionState.GEDAAN else None,
        )
        for card in cards
    )


def _text(text: str) -> tuple[Block, ...]:
    return (Paragraph(text=text),) if text else ()


def _bullets(items: tuple[str, ...]) -> tuple[Block, ...]:
    return (Bullets(items=items),) if items else ()


def _plan(kept: AfterMeeting, wording: Wording) -> tuple[Block, ...]:
    if not kept.cards:
        return (Paragraph(text=wording.say("Er is niets afgesproken.")),)
    return tuple(Facts(title=card.what, pairs=_shown(card, wording)) for card in kept.cards)


def _shown(card: PlanCard, wording: Wording) -> tuple[tuple[str, str], ...]:
    state = (wording.say("Stand"), wording.outcome(card.state))
    learned = (wording.say("Geleerd"), card.learned)
    known = [pair for pair in (state, learned) if card.state is not ActionState.OPEN and pair[1]]
    return (*answers_of(card, wording), *known)


def _openers(kept: AfterMeeting, wording: Wording) -> tuple[Block, ...]:
    pairs = tuple(
        (member or wording.say("De groep"), text) for member, text in kept.written_openers
    )
    return (Facts(pairs=pairs),) if pairs else ()


def _steps(kept: AfterMeeting, wording: Wording) -> tuple[Block, ...]:
    if not kept.steps:
        return ()
    say = wording.say
    rows = tuple(
        (step.name, _minutes(step.planned), _minutes(step.spent) if step.spent else "–")
        for step in kept.steps
    )
    total = (
        say("Totaal"),
        _minutes(sum(step.planned for step in kept.steps)),
        _minutes(sum(step.spent for step in kept.steps)),
    )
    header = (say("Stap"), say("Gepland (min)"), say("Echt (min)"))
    about = say("Geplande en werkelijke minuten van elke stap")
    return (Table(header=header, rows=(*rows, total), numbers=(1, 2), about=about),)


def _minutes(seconds: float) -> str:
    """Whole minutes; what is less than one is said so."""
    return "<1" if 0 < seconds < 60 else str(round(seconds / 60))


def _spread(kept: AfterMeeting, wording: Wording) -> tuple[Block, ...]:
    if not kept.spread:
        return ()
    say = wording.say
    rows = tuple(
        (
            line.text,
            str(line.low),
            format_decimal(line.median, format="0.#", locale=wording.language),
            str(line.high),
        )
        for line in kept.spread
    )
    header = (say("Van 0 tot 10"), say("Laag"), say("Midden"), say("Hoog"))
    given = wording.plural("%(n)s antwoord", "%(n)s antwoorden", kept.answers)
    about = say("Laagste, middelste en hoogste antwoord op elke vraag")
    return (Table(header=header, rows=rows, numbers=(1, 2, 3), about=about), Paragraph(text=given))
