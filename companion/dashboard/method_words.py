"""Words for a method's rules, the fields of its forms, and what is wrong with them."""

from __future__ import annotations

from companion.dashboard.wording import Wording
from companion.method.faults import Fault, FaultKind
from companion.vocabulary import (
    AdviceRule,
    Floor,
    InbrengerPart,
    Method,
    QuestionRule,
    Step,
    Writing,
)

Options = list[tuple[str, str]]


def options(wording: Wording) -> dict[str, Options]:
    """The choices of each rule, in order: value and words."""
    say = wording.say
    return {
        "function": _functions(wording),
        "floor": [
            ("inbrenger", say("De inbrenger")),
            ("groep", say("De groep, zonder de inbrenger")),
            ("allen", say("Iedereen")),
            ("niemand", say("Niemand: ieder schrijft")),
        ],
        "inbrenger": [
            ("vrij", say("Geen bijzondere regel")),
            ("antwoordt", say("Antwoordt op wat de groep vraagt")),
            ("daarna", say("Komt na de groep aan het woord")),
            ("zwijgt", say("Luistert alleen")),
        ],
        "questions": [
            ("-", say("Dit is geen vragenronde")),
            ("open", say("Alleen open vragen")),
            ("any", say("Alle vragen")),
        ],
        "advice": [
            ("nee", say("Nog niet: advies is hier te vroeg")),
            ("ja", say("Ja: dit is de adviesronde")),
            ("-", say("Niet gevraagd en niet verkeerd")),
        ],
        "write": [
            ("", say("Nee")),
            ("first", say("Eerst, daarna wordt er gesproken")),
            ("all", say("De hele stap, in stilte")),
        ],
    }


def _functions(wording: Wording) -> Options:
    """What a step can be for."""
    say = wording.say
    return [
        ("opening", say("Openen: thema en rollen")),
        ("terugblik", say("Terugblikken op de vorige keer")),
        ("verzamelen", say("Verzamelen: wie brengt wat in")),
        ("kiezen", say("Kiezen welke casus")),
        ("vertellen", say("Vertellen: de casus")),
        ("vragen", say("Vragen stellen")),
        ("noteren", say("Vragen opschrijven")),
        ("waarderen", say("Vragen of problemen waarderen")),
        ("antwoorden", say("Antwoorden")),
        ("herhaling", say("Een ronde herhalen")),
        ("associeren", say("Associëren: beelden en gevoelens")),
        ("beeld", say("Ieders beeld van het probleem")),
        ("probleem", say("Het probleem formuleren")),
        ("analyse", say("Naar de kern zoeken")),
        ("eigen-vraag", say("De inbrenger stelt zijn vraag opnieuw")),
        ("bespreken", say("Samen bespreken")),
        ("reactie", say("De inbrenger reageert")),
        ("advies", say("Advies geven")),
        ("besluit", say("Besluiten: het plan van de inbrenger")),
        ("gedrag", say("Gedrag herkennen")),
        ("ervaring", say("Eigen ervaring delen")),
        ("leren", say("Zeggen wat ieder leert")),
        ("evaluatie", say("Evalueren")),
        ("afsluiting", say("Afsluiten: wie doet wat")),
    ]


def flags(wording: Wording) -> Options:
    """What else can hold in a step: the field and its words."""
    say = wording.say
    return [
        ("in-turn", say("De groep spreekt om de beurt, ieder even lang")),
        ("discussion", say("Wat gezegd is mag besproken worden")),
        ("plan", say("Hier maakt de inbrenger zijn actieplan")),
        ("look-back", say("Alleen als er nog acties openstaan van de vorige keer")),
        ("outside", say("Komt boven op de tijd van de methode")),
    ]


def label_of(field: str, method: Method | None, wording: Wording) -> str:
    """The label of a form's field."""
    say = wording.say
    if method is not None:
        for step in method.steps:
            if field == f"minutes-{step.id}":
                name = step.name.in_language(wording.language)
                return say("Minuten van “%(step)s”") % {"step": name}
    known = {
        "name-nl": say("Naam, Nederlands"),
        "name-en": say("Naam, Engels"),
        "summary-nl": say("In één zin, Nederlands"),
        "summary-en": say("In één zin, Engels"),
        "task-nl": say("Wat de groep nu doet, Nederlands"),
        "task-en": say("Wat de groep nu doet, Engels"),
        "minutes": say("Minuten"),
        "function": say("Waar de stap voor is"),
        "floor": say("Wie het woord heeft"),
        "inbrenger": say("De inbrenger"),
        "questions": say("Welke vragen passen"),
        "advice": say("Mag er advies komen"),
        "write": say("Schrijft ieder voor zichzelf"),
        "steps": say("Stappen"),
        "text": say("De tekst van het bestand"),
    }
    return known.get(field, field)


def fault_text(fault: Fault, wording: Wording) -> str:
    """What is wrong and what would be right, in the visitor's language."""
    say = wording.say
    line, _, column = fault.detail.partition(",")
    said = {
        FaultKind.EMPTY: say("Vul hier iets in."),
        FaultKind.LONG: say("Dit is te lang: hoogstens %(most)s tekens."),
        FaultKind.ID: say("De id mag kleine letters, cijfers en losse streepjes hebben."),
        FaultKind.MINUTES: say("Vul minuten in boven 0 en hoogstens 240, zoals 10 of 7,5."),
        FaultKind.TWICE: say("“%(most)s” komt twee keer voor."),
        FaultKind.STEPS: say("Een methode heeft 1 tot %(most)s stappen."),
        FaultKind.NO_STEP_INSIDE: say(
            "Minstens één stap hoort bij elke bijeenkomst en telt mee in de tijd."
        ),
        FaultKind.CHOICE: say("Kies een van de mogelijkheden."),
        FaultKind.TYPE: say("Hier hoort iets anders: tekst tussen aanhalingstekens, of een getal."),
        FaultKind.MISSING: say("Dit ontbreekt."),
        FaultKind.UNKNOWN: say("Zo’n veld heeft een methode niet."),
        FaultKind.TOML: say("Regel %(line)s, teken %(column)s: hier klopt de schrijfwijze niet.")
        if column
        else say("De schrijfwijze van het bestand klopt niet."),
        FaultKind.SIZE: say("Het bestand is te groot: hoogstens %(most)s KiB."),
    }[fault.kind]
    if fault.kind is FaultKind.CHOICE and fault.detail:
        said = say("Kies een van: %(most)s.")
    return said % {"most": fault.detail, "line": line, "column": column}


def rules_of(step: Step, wording: Wording) -> list[str]:
    """A step's rules in a few words each; what is usual is left out."""
    say = wording.say
    floors = {
        Floor.INBRENGER: say("inbrenger"),
        Floor.GROEP: say("groep"),
        Floor.ALLEN: say("iedereen"),
        Floor.NIEMAND: say("ieder schrijft"),
    }
    parts = {
        InbrengerPart.VRIJ: "",
        InbrengerPart.ANTWOORDT: say("inbrenger antwoordt"),
        InbrengerPart.DAARNA: say("daarna de inbrenger"),
        InbrengerPart.ZWIJGT: say("inbrenger luistert alleen"),
    }
    found = [
        floors[step.floor],
        parts[step.inbrenger] if step.floor is Floor.GROEP else "",
        say("om de beurt") if step.in_turn else "",
        say("open vragen") if step.questions is QuestionRule.OPEN else "",
        say("adviesronde") if step.advice is AdviceRule.JA else "",
        say("eerst schrijven") if step.write is Writing.FIRST else "",
        say("in stilte") if step.write is Writing.ALL else "",
        say("actieplan") if step.plan else "",
        say("alleen bij open acties") if step.look_back else "",
    ]
    return [words for words in found if words]
