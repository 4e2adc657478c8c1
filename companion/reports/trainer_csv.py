"""Rows of a review as CSV (RFC 4180, UTF-8 with a mark for spreadsheets). Pure.

A cell that a spreadsheet would take for a formula gets an apostrophe before it; so does one
that begins with an apostrophe, so that reading back gives the same.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from companion.errors import UsageError

Row = tuple[str, ...]
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20'")
"""Signs that begin a formula somewhere (also in full width), and the apostrophe itself."""


def to_csv(header: Row, rows: Iterable[Row]) -> bytes:
    """The file; every line has a cell for each of the header's."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([_guarded(cell) for cell in header])
    for row in rows:
        if len(row) != len(header):
            raise ValueError("a row has a cell for each of the header's")
        writer.writerow([_guarded(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def from_csv(content: bytes) -> tuple[Row, list[Row]]:
    """Header and rows of a file that `to_csv` made; UsageError for anything else."""
    try:
        text = content.decode("utf-8-sig")
        found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise UsageError("csv.unreadable", "This is no CSV file of a review") from error
    if not found:
        raise UsageError("csv.unreadable", "This file has no lines")
    header, *rows = [tuple(_bare(cell) for cell in line) for line in found]
    return header, rows


def _guarded(cell: str) -> str:
    text = cell.encode("utf-8", "replace").decode()  # half a character is no text
    stripped = text.lstrip(" ")
    return f"'{text}" if stripped and stripped[0] in _FORMULA else text


def _bare(cell: str) -> str:
    return cell.removeprefix("'")
