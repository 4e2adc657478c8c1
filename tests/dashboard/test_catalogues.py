from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Catalog
from jinja2 import Environment

from companion.dashboard.catalogue_update import messages, read_catalogue, wordless
from companion.dashboard.texts import LANGUAGES, Language, language_from
from companion.resources import bundled
from tests.dashboard.visitor import Visitor

_SAME_IN_BOTH = {"begeleider", "inbrenger", "companion", "intervisie"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_its_words(language: Language) -> None:
    assert wordless(read_catalogue(language), messages()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_catalogue_keeps_a_message_that_is_gone(language: Language) -> None:
    held = {message.id for message in read_catalogue(language) if message.id}
    wanted = messages()
    assert {tuple(m) if isinstance(m, (list, tuple)) else m for m in held} == wanted


def test_a_message_without_words_is_found() -> None:
    catalogue = Catalog(locale="en")
    catalogue.add("Begin", "")
    assert wordless(catalogue, {"Begin", "Terug"}) == ["Begin", "Terug"]


class _BareText(HTMLParser):
    """Words of a template that no catalogue knows: between tags, and in what is read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found += re.findall(r"[A-Za-zÀ-ÿ]{3,}", data)

    def handle_starttag(
        self,
        tag: str,  # noqa: ARG002 (the parser passes it by name)
        attrs: list[tuple[str, str | None]],
    ) -> None:
        for name, value in attrs:
            if name in {"aria-label", "title", "placeholder", "alt", "aria-description"}:
                self.handle_data(value or "")


def bare_words(source: str) -> list[str]:
    """What stays of a template when everything that jinja fills in is taken out."""
    source = re.sub(r"\{% block \w+_class %\}[\w -]*", "", source)
    tokens = Environment(extensions=["jinja2.ext.i18n"]).lex(source)  # noqa: S701 (nothing rendered)
    bare = "".join(text for _, kind, text in tokens if kind == "data")
    parser = _BareText()
    parser.feed(re.sub(r' (aria-invalid|aria-describedby|data-\w+)="[^"]*"', "", bare))
    parser.close()
    return parser.found


def test_no_template_has_words_outside_the_catalogues() -> None:
    for file in (bundled("web") / "templates").glob("*.html"):
        assert set(bare_words(file.read_text())) <= {"Intervisie", "Companion"}, file.name


@pytest.mark.parametrize(
    "source", ["<p>Volgende</p>", '<img alt="Volgende">', '<b title="{{ x }} Volgende">{{ y }}</b>']
)
def test_a_word_outside_the_catalogues_is_found(source: str) -> None:
    assert bare_words(source) == ["Volgende"]
    assert bare_words(source.replace("Volgende", "{{ _('Volgende') }}")) == []


async def test_the_english_pages_have_no_dutch_left(leader: Visitor) -> None:
    await leader.group(name="X", members=("A", "B", "C"))
    leader.client.cookies.set("taal", "en")
    await leader.room.start(group="g1", members=("A", "B", "C"), agreed=3, present=3)
    dutch = {
        str(message.id)
        for message in read_catalogue("en")
        if isinstance(message.id, str) and len(message.id) > 8 and message.id != message.string
    }
    for path in ("/", "/groepen/g1", "/leiden", "/scherm", "/plan", "/leiden/afspraak"):
        text = html.unescape((await leader.get(path)).text)
        shown = re.sub(r"<[^>]*>", "\n", text)
        assert not [message for message in dutch if f"\n{message}\n" in shown], path


def test_an_unknown_language_is_not_taken_over() -> None:
    assert language_from("fr", "nl") == "nl"
    assert language_from("en", "nl") == "en"
    assert language_from(None, "en") == "en"
