from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.reports import pdf as pdf_module
from companion.reports.pdf import pdf
from tests.reports.documents import NASTY, a_document


def _read(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def _text(made: bytes) -> str:
    """The words, without the breaks that lines and long words get."""
    seen = "".join(page.extract_text() for page in _read(made).pages)
    return re.sub(r"[\s\u200b\u00ad]", "", seen)


@pytest.mark.parametrize(
    "text",
    [
        "#set text(red) $x^2$ *vet* _schuin_ [blok] @verwijzing <label> // /* raw */ `code`",
        '#eval("1+1") #read("/etc/passwd") #panic()',
        "https://voorbeeld.nl/pad?a=b&c=d",
        "= kop - lijst + nummer / term: uitleg",
        "“Aanhaling” – vóór ĳ €",
    ],
)
def test_a_text_is_text_and_never_markup(text: str) -> None:
    seen = _text(pdf(a_document(text)))
    assert seen.count(re.sub(r"\s", "", text)) >= 8


def test_a_word_longer_than_the_page_is_broken_and_whole() -> None:
    made = pdf(a_document("z" * 400))
    assert "z" * 400 in _text(made)
    right = max(float(box) for page in _read(made).pages for box in page.mediabox[2:3])
    assert _furthest(made) < right - 40


def _furthest(made: bytes) -> float:
    """The right-most point at which a piece of text begins, in points."""
    found = [0.0]

    def visit(_text: str, _: object, matrix: list[float], *_more: object) -> None:
        found.append(matrix[4])

    for page in _read(made).pages:
        page.extract_text(visitor_text=visit)
    return max(found)


def test_what_cannot_be_drawn_is_named() -> None:
    seen = _text(pdf(a_document("😀 en 日")))
    assert "[grinningface]en[cjkunifiedideograph-65e5]" in seen


def test_letters_of_other_scripts_are_drawn() -> None:
    seen = _text(pdf(a_document("שלום Ω Ж مرحبا")))
    assert "[" not in seen
    assert "Ω" in seen


@pytest.mark.parametrize("text", NASTY)
def test_no_text_is_too_odd_for_a_pdf(text: str) -> None:
    assert pdf(a_document(text)).startswith(b"%PDF")


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=30))
def test_no_text_at_all_is_too_odd_for_a_pdf(text: str) -> None:
    assert pdf(a_document(text)).startswith(b"%PDF")


def test_rare_characters_are_looked_up_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(char: str) -> bool:
        asked.append(char)
        return False

    monkeypatch.setattr(pdf_module, "_can_draw", ask)
    pdf(a_document("".join(map(chr, range(0x4E00, 0x4F00)))))
    assert len(asked) == 64


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_file_says_title_language_and_that_it_is_accessible(language: str) -> None:
    made = pdf(a_document("gewoon", language))
    reader = _read(made)
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/Lang"] == language
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert reader.metadata is not None
    assert reader.metadata.title == "Titel gewoon"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data()


def test_nothing_says_who_made_it_or_when() -> None:
    made = pdf(a_document("gewoon"))
    assert made == pdf(a_document("gewoon"))
    about = _read(made).metadata
    assert about is not None
    assert about.author is None
    assert about.creation_date is None
