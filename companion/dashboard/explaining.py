"""A method in a few sentences, for who has never worked with it."""

from __future__ import annotations

from companion.dashboard.wording import Wording
from companion.vocabulary import Method


def explanation(method: Method, wording: Wording) -> str:
    """What a newcomer should know; a group's own method has its summary and nothing more."""
    say = wording.say
    known = {
        "incident": say(
            "Iemand vertelt een voorval van een paar minuten. De groep stelt eerst alleen open "
            "vragen, daarna zegt ieder hoe hij het probleem ziet. Pas als de kern duidelijk is "
            "komt er advies, van ieder één, en de inbrenger kiest wat hij ermee doet."
        ),
        "roddel": say(
            "De inbrenger vertelt zijn casus en gaat dan buiten de kring zitten. De groep praat "
            "over hem alsof hij er niet is: hij hoort alles en zegt niets. Daarna vertelt hij wat "
            "hem raakte en hielp, en denkt ieder na over wat er te doen valt."
        ),
        "vijfstappen": say(
            "De groep stelt vragen die de inbrenger niet beantwoordt: hij let op wat een vraag "
            "bij hem doet. Dan zegt ieder welk probleem hij ziet en formuleert de inbrenger zijn "
            "vraag opnieuw. Na het advies maakt hij zijn plan."
        ),
        "socratisch": say(
            "Vragen komen op papier. De inbrenger noemt elke vraag warm (die opent iets), koud "
            "(die had hij zichzelf al gesteld) of neutraal, en antwoordt terwijl de groep zwijgt. "
            "Zo komt hij zelf bij zijn eigenlijke probleem; meningen komen pas daarna."
        ),
        "balint": say(
            "Deze methode kijkt naar gevoel en verhouding, niet alleen naar de zaak. De groep "
            "schrijft op wat de casus oproept, vormt zich een beeld en dan een oordeel. Tot slot "
            "gaat het over wat de groep in het gedrag van de inbrenger en van zichzelf herkent."
        ),
        "crea": say(
            "Hier geeft niemand advies. De groep verkent de vraag en denkt hardop, eerst onder "
            "elkaar en dan met de inbrenger erbij. Ieder zegt aan het eind wat hij er zelf van "
            "leert, de inbrenger als eerste."
        ),
        "zesstappen": say(
            "Jullie beginnen met hoe het de vorige inbrenger is gegaan. Dan kiest de groep één "
            "probleem uit wat ieder meebracht. Vragen maken het helder, daarna komt het advies, "
            "en de inbrenger besluit wat hij gaat doen."
        ),
        "werkplek": say(
            "Een vast uur voor vragen van de werkvloer. Ieder noemt zijn probleem in twee zinnen, "
            "de groep kiest er één. Na open vragen zoekt de groep samen de kern; ieder schrijft "
            "een tip op en de inbrenger zegt welke hij neemt, hoe, met wie en wanneer."
        ),
    }
    return known.get(method.id) or method.summary.in_language(wording.language)
