"""Geometry of a review's charts, as numbers for SVG attributes. Pure.

Everything is drawn in a box of 400 wide; every chart's content also stands beside it in words.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from companion.method.review import CourseReview, Review
from companion.vocabulary import SentenceKind

WIDTH = 400.0
_LABEL = 13.0
"""Narrower pieces carry no number."""
ORDER = (
    SentenceKind.OPEN,
    SentenceKind.GERICHT,
    SentenceKind.KEUZE,
    SentenceKind.GESLOTEN,
    SentenceKind.SUGGESTIEF,
    SentenceKind.VERKAPT_ADVIES,
    SentenceKind.ADVIES,
)
"""From what is asked for to what is not: how a bar is stacked, from the bottom."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the ribbon: the step's number (from 1), and whether it was come back to."""

    x: float
    width: float
    number: int
    label: bool
    again: bool = False


class Ribbon(msgspec.Struct, frozen=True, kw_only=True):
    """What was planned above what was lived, on one scale of minutes."""

    planned: tuple[Piece, ...]
    real: tuple[Piece, ...]
    ticks: tuple[tuple[float, int], ...]
    """Place and minute of the marks under it."""


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a bar: how many of one kind."""

    kind: str
    x: float
    y: float
    width: float
    height: float


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """Bars of five minutes each; `early` are the places with advice that came too early."""

    blocks: tuple[Block, ...]
    early: tuple[tuple[float, float], ...]
    ticks: tuple[tuple[float, int], ...]
    height: float
    most: int


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """Values over meetings; `median` is the height of the group's own middle."""

    path: str
    dots: tuple[tuple[float, float], ...]
    median: float | None


def ribbon(review: Review) -> Ribbon:
    """The steps as planned, and the visits as they were lived."""
    places = {row.step: index for index, row in enumerate(review.steps)}
    total = max(sum(row.planned for row in review.steps), review.length, 1.0)
    scale = WIDTH / total
    planned, x = [], 0.0
    for index, row in enumerate(review.steps):
        planned.append(_piece(x, row.planned * scale, index))
        x += row.planned * scale
    start = review.visits[0].entered if review.visits else 0.0
    seen: set[int] = set()
    real = []
    for visit in review.visits:
        index = places[visit.step]
        left = (visit.entered - start) / 60 * scale
        width = max(visit.left - visit.entered, 0.0) / 60 * scale
        real.append(_piece(left, width, index, again=index in seen))
        seen.add(index)
    return Ribbon(planned=tuple(planned), real=tuple(real), ticks=_ticks(total, scale))


def _piece(x: float, width: float, index: int, *, again: bool = False) -> Piece:
    shown = max(min(width, WIDTH - x) - 1.0, 0.5)
    return Piece(
        x=round(x, 2),
        width=round(shown, 2),
        number=index + 1,
        label=shown >= _LABEL,
        again=again,
    )


def _ticks(minutes: float, scale: float) -> tuple[tuple[float, int], ...]:
    """Every ten minutes, or rarer where that is too dense; none at the very edge."""
    every = next(step for step in (5, 10, 15, 30, 60, 120, 100_000) if minutes / step <= 8)
    found = range(every, int(minutes) + 1, every)
    return tuple((round(at * scale, 2), at) for at in found if at * scale <= WIDTH - 8)


def course(parts: Sequence[CourseReview], height: float = 96.0) -> Course:
    """A bar for every five minutes."""
    counts = [{kind: part.kinds.get(kind.value, 0) for kind in ORDER} for part in parts]
    most = max((sum(each.values()) for each in counts), default=0)
    width = WIDTH / max(len(parts), 1)
    blocks, early = [], []
    for index, each in enumerate(counts):
        y = height
        for kind in ORDER:
            if each[kind]:
                tall = (height - 12.0) * each[kind] / most
                y -= tall
                blocks.append(_block(kind, index * width, y, width, tall))
        if parts[index].early:
            early.append((round((index + 0.5) * width, 2), round(y - 3.0, 2)))
    last = parts[-1].minute + 5 if parts else 5
    ticks = _ticks(float(last), WIDTH / last)
    return Course(blocks=tuple(blocks), early=tuple(early), ticks=ticks, height=height, most=most)


def _block(kind: SentenceKind, x: float, y: float, width: float, tall: float) -> Block:
    gap = min(width * 0.15, 3.0)
    return Block(
        kind=kind.value,
        x=round(x + gap / 2, 2),
        y=round(y, 2),
        width=round(min(width - gap, 40.0), 2),
        height=round(max(tall - 0.8, 0.6), 2),
    )


def line(values: Sequence[float | None], median: float | None, height: float = 56.0) -> Line:
    """Values from left to right on a scale of their own from 0; where None, the line breaks."""
    most = max((value for value in (*values, median) if value is not None), default=0.0) or 1.0
    step = WIDTH / max(len(values), 1)

    def y(value: float) -> float:
        return round(height - 6 - (height - 12) * value / most, 2)

    dots, path, pen = [], [], "M"
    for index, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        at = (round((index + 0.5) * step, 2), y(value))
        dots.append(at)
        path.append(f"{pen}{at[0]} {at[1]}")
        pen = "L"
    return Line(path="".join(path), dots=tuple(dots), median=None if median is None else y(median))
