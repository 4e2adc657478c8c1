"""Errors in the words of the page: by their stable code, never with their insides."""

from __future__ import annotations

from companion.dashboard.wording import Wording
from companion.errors import CompanionError, ConflictError, ServiceError, StorageError, UsageError


def status_of(error: CompanionError) -> int:
    """The HTTP status of an error that a user can meet."""
    if error.code == "storage.no-action":
        return 404
    if isinstance(error, ConflictError):
        return 409
    if isinstance(error, UsageError):
        return 422
    return 503 if isinstance(error, StorageError | ServiceError) else 500


def sentence(error: CompanionError, wording: Wording) -> str:
    """What went wrong and what to do, in the visitor's language."""
    say = wording.say
    known = {
        "meeting.behind": say("Intussen is er iets veranderd. Kijk hoe het nu staat."),
        "agreement.behind": say("Iemand anders heeft die afspraak intussen veranderd."),
        "agreement.gone": say("Die afspraak is er niet meer."),
        "agreement.here": say("Voeg afspraken toe op de pagina van het actieplan."),
        "agreement.empty": say("Een afspraak zegt minstens wat iemand gaat doen."),
        "meeting.ended": say("De bijeenkomst is al afgelopen."),
        "meeting.no-proposal": say("Dat voorstel is er niet meer."),
        "meeting.no-move": say("Er is geen stap om ongedaan te maken."),
        "meeting.no-step": say("Die stap bestaat niet."),
        "meeting.same-step": say("De groep is al in die stap."),
        "meeting.first-step": say("Dit is de eerste stap."),
        "meeting.last-step": say("Dit is de laatste stap. Rond de bijeenkomst af."),
        "meeting.no-member": say("Die deelnemer is er niet."),
        "meeting.no-members": say("Er zijn geen namen om de beurt langs te laten gaan."),
        "plan.no-change": say("Er zijn geen minuten om ongedaan te maken."),
        "plan.minutes": say("Een bijeenkomst duurt tussen 1 en 240 minuten."),
        "form.minutes": say("Vul minuten in tussen 0,5 en 240."),
        "form.method": say("Die methode bestaat niet."),
        "wake-word.letters": say("Kies een woord van 5 tot 24 letters, zonder cijfers of tekens."),
        "wake-word.command": say("Dat woord is zelf een deel van een opdracht. Kies een ander."),
        "method.shipped": say("Een meegeleverde methode verandert niet. Maak een kopie."),
        "method.unwritable": say("De methode kan niet bewaard worden. Is er ruimte op de schijf?"),
        "form.group-name": say("Geef de groep een naam."),
        "form.confidential": say("Spreek eerst af dat wat hier gezegd wordt hier blijft."),
        "consent.not-all": say(
            "Niet iedereen heeft ingestemd, dus er wordt niet meegeluisterd. "
            "Met de hand werkt alles even goed."
        ),
        "session.running": say("Er loopt al een bijeenkomst. Rond die eerst af."),
        "session.erase-running": say(
            "Er loopt een bijeenkomst die dit nodig heeft. Rond die eerst af."
        ),
        "form.follow-up": say("Zeg ook wat er in plaats daarvan gaat gebeuren."),
        "form.months": say("Kies een van de termijnen."),
        "erase.confirm": say("Vink aan dat je het zeker weet."),
        "session.none": say("Er loopt geen bijeenkomst."),
        "session.no-group": say("Die groep bestaat niet meer."),
        "meeting.no-valuing": say("In deze stap worden geen vragen gewaardeerd."),
        "meeting.none-valued": say("Daarvan is er geen om terug te nemen."),
        "sharing.off": say("De bijeenkomst wordt niet meer gedeeld."),
        "sharing.address": say("Dit netwerkadres is er niet meer. Kijk of de wifi aanstaat."),
        "sharing.port": say(
            "De poort voor telefoons is al in gebruik. Kies een andere met COMPANION_SHARE_PORT."
        ),
        "sharing.tls": say(
            "Een versleutelde verbinding lukt hier niet, dus er wordt niet gedeeld."
        ),
        "phones.full": say("Er doen al veertig telefoons mee; meer kan niet."),
        "slip.empty": say("Er staat nog niets op het briefje."),
        "slip.many": say("Twintig briefjes is genoeg. Geef er eerst een door of verscheur er een."),
        "slip.gone": say("Dat briefje is er niet meer."),
        "slip.step": say("In deze stap wordt niet geschreven."),
        "slip.turn": say("Doorgeven kan als het schrijven voorbij is en jij aan de beurt bent."),
        "evaluation.answers": say("Elk antwoord ligt tussen 0 en 10."),
        "evaluation.closed": say("De evaluatie is gesloten, of je hebt haar al ingevuld."),
        "evaluation.few": say("Met minder dan vier antwoorden is er niets te zien."),
        "review.file": say("Dit is geen review van een groep. Kies het bestand dat de groep gaf."),
        "review.own": say("Die bijeenkomst is op deze computer gehouden."),
        "goals.same": say("Aan dat doel werkt de groep al."),
        "goals.most": say("Een groep werkt aan hooguit drie doelen tegelijk."),
        "storage.no-action": say("Die actie bestaat niet meer."),
    }
    if error.code in known:
        return known[error.code]
    if isinstance(error, StorageError):
        return say("Opslaan lukt nu niet. De klok loopt door; maak ruimte op de schijf.")
    return say("Dat lukte niet. Probeer het nog eens.")
