"""A document as text for a mail: plain lines that need no mark-up to be read. Pure."""

from __future__ import annotations

from companion.reports.document import Block, Bullets, Document, Facts, Paragraph, Table
from companion.reports.plain import plain_throughout


def mail_text(document: Document) -> str:
    """The document as lines."""
    shown = plain_throughout(document)
    parts = [f"{shown.title}\n{shown.subtitle}".strip()]
    parts += [
        "\n".join([section.title.upper(), *map(_block, section.blocks)])
        for section in shown.sections
    ]
    return "\n\n".join([*parts, *([shown.footer] if shown.footer else [])]) + "\n"


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return block.text
        case Bullets():
            return "\n".join(f"- {item}" for item in block.items)
        case Facts():
            title = [block.title] if block.title else []
            return "\n".join([*title, *(f"  {label}: {value}" for label, value in block.pairs)])
        case Table():
            return "\n".join(
                f"{row[0]}: {' / '.join(row[1:])}" for row in (block.header, *block.rows)
            )
