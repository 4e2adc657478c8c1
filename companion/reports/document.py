"""A document as values, before it is a page, PDF, DOCX, Markdown or mail text. Pure.

One content, many renderings: no format can say more than another. All texts come in the
reader's language; what people typed stays text, whatever signs it holds.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec


class Paragraph(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Running text."""

    text: str


class Bullets(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A list without order."""

    items: tuple[str, ...]


class Facts(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Pairs of label and value, under a title of their own where there is one."""

    pairs: tuple[tuple[str, str], ...]
    title: str = ""


class Table(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Rows under a header; columns in `numbers` are set to the right."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    about: str = ""
    """What the table shows, for who can't see it."""


Block: TypeAlias = Paragraph | Bullets | Facts | Table


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """The whole; `footer` stands at the end of it and, in a PDF, under every page."""

    language: Literal["nl", "en"]
    title: str
    subtitle: str = ""
    sections: tuple[Section, ...] = ()
    footer: str = ""


def texts(document: Document) -> list[str]:
    """Every text of a document, in reading order."""
    found = [document.title, document.subtitle]
    for section in document.sections:
        found.append(section.title)
        for block in section.blocks:
            found += _of(block)
    return [text for text in (*found, document.footer) if text]


def _of(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return [block.text]
        case Bullets():
            return [*block.items]
        case Facts():
            return [block.title, *(part for pair in block.pairs for part in pair)]
        case Table():
            return [*block.header, *(cell for row in block.rows for cell in row)]
