"""A document as Markdown (CommonMark and tables), its signs escaped where they mean something."""

from __future__ import annotations

import re

from companion.reports.document import Block, Bullets, Document, Facts, Paragraph, Table
from companion.reports.plain import plain_throughout

_MEANS = re.compile(r"[\\`*_{}\[\]<>#|~&!@$^]|(?<=:)//|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"^([-+=]|\d+[.)])")


def markdown(document: Document) -> str:
    """The document; ends with a newline."""
    shown = plain_throughout(document)
    parts = [f"# {escaped(shown.title)}", escaped(shown.subtitle)]
    for section in shown.sections:
        parts.append(f"## {escaped(section.title)}")
        parts += [_block(block) for block in section.blocks]
    if shown.footer:
        parts += ["---", escaped(shown.footer)]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """Text that a reader of Markdown shows as it is."""
    inside = _MEANS.sub(lambda found: f"\\{found[0]}", text)
    return _AT_START.sub(_with_backslash, inside)


def _with_backslash(found: re.Match[str]) -> str:
    sign = found[1]
    return f"{sign[:-1]}\\{sign[-1]}"


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return escaped(block.text)
        case Bullets():
            return "\n".join(f"- {escaped(item)}" for item in block.items)
        case Facts():
            lines = [f"- **{escaped(label)}:** {escaped(value)}" for label, value in block.pairs]
            title = [f"### {escaped(block.title)}", ""] if block.title else []
            return "\n".join([*title, *lines])
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    rule = ["---:" if index in table.numbers else "---" for index in range(len(table.header))]
    rows = [_row(table.header), f"| {' | '.join(rule)} |", *map(_row, table.rows)]
    return "\n".join(rows)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(escaped(cell) for cell in cells)} |"
