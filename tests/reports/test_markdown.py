from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from companion.reports.document import Document, Paragraph, Section, texts
from companion.reports.mail import mail_text
from companion.reports.markdown import markdown
from companion.reports.plain import plain, plain_throughout
from tests.reports.documents import a_document, anything


def _read(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def _texts(tokens: list[Token]) -> list[str]:
    """What a reader of Markdown sees, a piece for every run of text."""
    found = []
    for token in tokens:
        if token.type == "inline":
            assert not {child.type for child in token.children or ()} & {
                "link_open",
                "image",
                "html_inline",
                "code_inline",
                "em_open",
                "softbreak",
                "hardbreak",
                "s_open",
            }, token.content
            found.append("".join(child.content for child in token.children or ()))
    return found


@given(anything)
def test_every_text_comes_out_of_markdown_as_it_went_in(text: str) -> None:
    document = plain_throughout(a_document(text))
    seen = _texts(_read(markdown(a_document(text))))
    labelled = {f"Wie: {plain(text)}".strip(), f"{plain(text)}: Daan"}
    wanted = [each for each in texts(document) if each not in {"Wie", "Daan"}]
    assert {each for each in wanted if each and each not in seen} - {plain(text)} == set()
    assert labelled <= {each.strip() for each in seen}


@given(st.text(max_size=80))
def test_a_paragraph_is_one_paragraph_whatever_it_begins_with(text: str) -> None:
    document = Document(
        language="nl",
        title="T",
        sections=(Section(title="S", blocks=(Paragraph(text=text),)),),
    )
    tokens = _read(markdown(document))
    kinds = [token.type for token in tokens if token.type.endswith("_open")]
    assert kinds == ["heading_open", "heading_open", *(["paragraph_open"] if plain(text) else [])]
    assert _texts(tokens)[2:] == ([plain(text)] if plain(text) else [])


def test_a_table_and_the_rule_above_the_footer_are_read_as_such() -> None:
    kinds = {token.type for token in _read(markdown(a_document("gewoon")))}
    assert {"table_open", "hr", "bullet_list_open", "heading_open"} <= kinds


@given(anything)
def test_a_mail_says_everything_in_lines_of_text(text: str) -> None:
    said = mail_text(a_document(text))
    for each in texts(plain_throughout(a_document(text))):
        assert each in said or each.upper() in said
