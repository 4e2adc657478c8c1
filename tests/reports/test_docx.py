from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings

from companion.reports.document import texts
from companion.reports.docx import docx_bytes
from companion.reports.plain import plain_throughout
from tests.reports.documents import a_document, anything


@settings(max_examples=25, deadline=None)
@given(anything)
def test_every_text_comes_out_of_the_document_as_it_went_in(text: str) -> None:
    made = docx.Document(io.BytesIO(docx_bytes(a_document(text))))
    seen = [paragraph.text for paragraph in made.paragraphs]
    seen += [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    everything = "\n".join(seen)
    assert all(each in everything for each in texts(plain_throughout(a_document(text))))


def test_headings_and_tables_are_real_ones() -> None:
    made = docx.Document(io.BytesIO(docx_bytes(a_document("gewoon"))))
    styles = [str(paragraph.style.name) for paragraph in made.paragraphs if paragraph.style]
    assert styles.count("Heading 1") == 2
    assert {"Title", "Heading 2", "List Bullet"} <= set(styles)
    (table,) = made.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Stap", "gewoon"]


@pytest.mark.parametrize(("language", "tag"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_the_document_says_its_language(language: str, tag: str) -> None:
    written = zipfile.ZipFile(io.BytesIO(docx_bytes(a_document("x", language))))
    assert f'w:val="{tag}"'.encode() in written.read("word/styles.xml")


def test_nothing_says_who_made_it_when_or_on_which_machine() -> None:
    made = docx_bytes(a_document("gewoon"))
    assert made == docx_bytes(a_document("gewoon"))
    about = docx.Document(io.BytesIO(made)).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert {about.created, about.modified} == {about.last_printed}
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in file.namelist()
        assert b"python-docx" not in b"".join(file.read(name) for name in file.namelist())
