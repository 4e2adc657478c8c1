"""Capitalised words that name no third party, roles people have, and given names. Pure.

The lists steer a gentle mark on a page; a word that is missing costs a mark too many or too
few, never a text.
"""

from __future__ import annotations

_DAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"
_FEASTS = (
    "pasen pinksteren kerst kerstmis nieuwjaar sinterklaas koningsdag bevrijdingsdag hemelvaart "
    "carnaval ramadan suikerfeest offerfeest divali chanoeka"
)
_PLACES = (
    "nederland belgië vlaanderen duitsland europa amsterdam rotterdam utrecht eindhoven tilburg "
    "groningen almere breda nijmegen apeldoorn haarlem arnhem enschede amersfoort zaanstad "
    "haarlemmermeer zwolle leiden zoetermeer maastricht dordrecht ede leeuwarden alkmaar delft "
    "venlo deventer assen emmen hengelo roosendaal gouda hilversum middelburg lelystad antwerpen "
    "gent brugge leuven mechelen brussel hasselt limburg brabant zeeland friesland drenthe "
    "overijssel gelderland flevoland den haag bosch noord-holland zuid-holland noord-brabant"
)
_THINGS = (
    "teams zoom excel word outlook whatsapp google powerpoint signal magister parnassys somtoday "
    "intervisie balint crea socratisch ik nederlands nederlandse engels engelse frans duits "
    "arabisch turks pools oekraïens vlaams internet wmo jeugdwet zorgdossier"
)
KNOWN = frozenset(f"{_DAYS} {_MONTHS} {_FEASTS} {_PLACES} {_THINGS}".split())
"""In lower case."""

ROLE = (
    r"(?:[a-zà-ÿ-]*(?:leider|leidster|leidinggevende|manager|directeur|directrice|chef|baas|hoofd|"
    r"collega|arts|kundige|werker|werkster|begeleider|begeleidster|meester|juf|docent|docente|"
    r"leraar|lerares|coach|mentor|mentrix|trainer|therapeut|therapeute|psycholoog|psychiater|"
    r"pedagoog|verzorger|verzorgster|verzorgende|adviseur|adviseuse|assistent|assistente|"
    r"coördinator|consulent|consulente|houder|voogd|rechter|advocaat|notaris|stagiair|stagiaire|"
    r"moeder|vader|ouder|dochter|zoon|broer|zus|oma|opa|tante|oom|partner|man|vrouw|vriend|"
    r"vriendin|buurman|buurvrouw|buurjongen|buurmeisje|cliënt|cliënte|patiënt|patiënte|klant|"
    r"leerling|student|studente|kind|jongen|meisje|bewoner|bewoonster|genoot|planner|roostermaker|"
    r"secretaresse|secretaris|wethouder|dominee|imam|conciërge|logopedist|logopediste|tolk))"
)
"""A word for what somebody is to the speaker or at work, compounds included; a pattern."""
HET_ROLES = ("hoofd", "kind", "meisje", "buurmeisje")

GIVEN_NAMES = frozenset(
    # common in the Netherlands and Flanders; a first word that stands here is worth a look
    """
    Aad Abdel Achmed Adriaan Ahmed Albert Ali Amber Amina Amir Amy Andre André Angela Anita Anja
    Anke Ann Anna Anne Anneke Annelies Annemarie Annemiek Anouk Ans Anton Arie Arjan Arjen Astrid
    Aya Ayse Ayşe Barbara Bart Bas Ben Berend Bert Betty Bianca Bilal Bob Bram Brigitte Bo Carla
    Carlijn Carlo Caroline Chantal Charlotte Chris Christiaan Claudia Coen Conny Cor Corrie Daan
    Daniel Daniël Daniëlle Danny David Debbie Dennis Diana Dick Dieuwertje Dirk Edwin Eefje Ellen
    Els Elsa Elly Emma Eric Erik Ernst Esmee Esra Esther Eva Evelien Fatima Fatma Femke Fleur Floor
    Frank Frans Fred Freek Gabriël Geert Gerard Gerda Gerrit Gijs Greet Guus Halima Hanna Hannah
    Hanneke Hans Harm Harry Hassan Heleen Henk Henny Herman Hilde Hugo Ibrahim Ilse Imane Inge
    Ingrid Irene Iris Isa Ivo Jaap Jacqueline Jan Janneke Jannie Jasmijn Jasper Jeanette Jelle
    Jeroen Jesse Jessica Jip Joanna Job Johan John Joke Jolanda Joost Jordy Joris José Judith Julia
    Jurgen Karel Karim Karin Katrien Kees Kevin Khadija Kim Klaas Koen Laila Lars Laura Leo Leon
    Leyla Lies Liesbeth Linda Lisa Lisette Lies Loes Lotte Louise Luc Lucas Luuk Maaike Maarten
    Machteld Manon Marc Marcel Margriet Maria Marian Marianne Mariëlle Marieke Mariam Marijke
    Marijn Marjan Mark Marleen Marloes Martijn Martin Maryam Mehmet Merel Michael Michel Michiel
    Mieke Mies Miriam Mo Mohamed Mohammed Mohamad Monique Mustafa Nadia Nancy Naomi Natasja Niek
    Nicole Niels Nina Noa Noor Noortje Nora Olga Omar Oscar Paul Patricia Patrick Peter Petra Piet
    Pieter Pim Rachid Raymond Remco Renate Renée Richard Rik Ria Rianne Rob Robert Robin Roel
    Roelof Ron Ronald Roos Rosa Ruben Rutger Ruud Saar Sabine Said Sam Samira Sandra Sanne Sara
    Sarah Saskia Sem Sevgi Simone Sjoerd Sofie Sonja Sophie Stefan Steven Suzanne Sven Tamara
    Tanja Teun Theo Thijs Thomas Tim Tineke Tjeerd Tom Ton Truus Vera Victor Vincent Wendy Wesley
    Wiebe Wilma Willem Willemijn Wim Wouter Yara Yasmina Yassin Youssef Yusuf Yvonne Zeynep Zoë
    """.split()  # noqa: SIM905 (a list of three hundred lines says no more)
)
