"""A QR code as one SVG path, so that a page needs no style of its own for it."""

from __future__ import annotations

import itertools

import msgspec
import segno

_QUIET = 4
"""Modules of white round it; readers need them."""


class QrPath(msgspec.Struct, frozen=True):
    """`d` draws the dark modules in a square of `size` by `size`."""

    size: int
    d: str


def qr_path(text: str) -> QrPath:
    """The QR code of a text, with the correction that survives a reflection on a screen."""
    code = segno.make(text, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=_QUIET)]
    strokes = (_strokes(y, row) for y, row in enumerate(rows))
    return QrPath(len(rows), "".join(itertools.chain.from_iterable(strokes)))


def _strokes(y: int, row: list[int]) -> list[str]:
    """The dark stretches of a row as rectangles one module high."""
    strokes, x = [], 0
    for dark, group in itertools.groupby(bool(module) for module in row):
        width = len(list(group))
        if dark:
            strokes.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return strokes
