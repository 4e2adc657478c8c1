"""Brings the catalogues up to date: `python -m companion.dashboard.catalogue_update`.

Collects every message from the templates and from these modules, adds what is new to the
catalogues (the Dutch wording of a message is the message itself until somebody changes it)
and takes out what is gone. Prints what still lacks a wording.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from companion.dashboard.texts import DOMAIN, LANGUAGES, Language, catalogue_file
from companion.resources import bundled

_HEAD = r"""# The words of the pages; companion.dashboard.catalogue_update keeps them complete
msgid ""
msgstr ""
"Language: {language}\n"
"Plural-Forms: {plural}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
MessageId = str | tuple[str, ...]
_KEYWORDS = {"say": None, "plural": (1, 2), "_": None, "gettext": None, "ngettext": (1, 2)}
_OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}}


def messages() -> set[MessageId]:
    """Every message that a page can show."""
    here = Path(__file__).parent
    python = extract_from_dir(here, [("**.py", "python")], keywords=_KEYWORDS)
    jinja = extract_from_dir(
        bundled("web") / "templates",
        [("**.html", "jinja2")],
        options_map=_OPTIONS,
        keywords=_KEYWORDS,
    )
    return {_id(message) for _, _, message, *_ in (*python, *jinja)}


def read_catalogue(language: Language) -> Catalog:
    """The catalogue as it is; an empty one when there is none."""
    file = catalogue_file(language)
    if not file.exists():
        return Catalog(locale=language, domain=DOMAIN)
    with file.open("rb") as opened:
        return read_po(opened, locale=language, domain=DOMAIN)


def wordless(catalogue: Catalog, wanted: Iterable[MessageId]) -> list[MessageId]:
    """Messages without a complete wording, in order."""
    return sorted((m for m in wanted if not _has_wording(catalogue, m)), key=str)


def update(language: Language) -> list[MessageId]:
    """Rewrite a catalogue; what still lacks a wording."""
    old, wanted = read_catalogue(language), messages()
    fresh = Catalog(locale=language, domain=DOMAIN)
    for message in sorted(wanted, key=str):
        known = old.get(message if isinstance(message, str) else message[0])
        string = known.string if known and known.string else ""
        if not string and language == "nl":
            string = message
        fresh.add(message, string, flags=["python-format"] if "%(" in str(message) else [])
    file = catalogue_file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        out.write(_HEAD.format(language=language, plural=fresh.plural_forms).encode())
        write_po(out, fresh, width=100, omit_header=True)
    return wordless(fresh, wanted)


def _id(message: str | tuple[str, ...]) -> MessageId:
    return message if isinstance(message, str) else tuple(m for m in message if m)


def _has_wording(catalogue: Catalog, message: MessageId) -> bool:
    found = catalogue.get(message if isinstance(message, str) else message[0])
    if found is None or not found.string:
        return False
    return isinstance(found.string, str) or all(found.string)


def main() -> None:
    """Update every catalogue and say what lacks."""
    for language in LANGUAGES:
        for message in update(language):
            sys.stdout.write(f"{language}: {message}\n")


if __name__ == "__main__":
    main()
