"""The words of the pages, from the gettext catalogues beside this module.

Messages are Dutch sentences; `locale/<language>/LC_MESSAGES/companion.po` gives each its
wording. The files are read as they are, so nothing has to be compiled.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

Language: TypeAlias = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DOMAIN = "companion"
LOCALE_DIR = Path(__file__).parent / "locale"


def catalogue_file(language: Language) -> Path:
    """Where the wording of a language stands."""
    return LOCALE_DIR / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def translations(language: Language) -> Translations:
    """The wording of a language; a missing message shows itself, in Dutch."""
    with catalogue_file(language).open("rb") as file:
        catalogue = read_po(file, locale=language, domain=DOMAIN)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)


def language_from(asked: str | None, otherwise: Language) -> Language:
    """The language a cookie or form asks for, if there is such a one."""
    return next((known for known in LANGUAGES if known == asked), otherwise)
