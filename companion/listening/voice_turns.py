"""Puts voices in findings: an utterance becomes a turn for each voice in it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from companion.events import AnyFinding, TurnHeard
from companion.speech.voice_cells import Cell
from companion.vocabulary import Role

_SHORTEST = 0.4
"""Seconds under which a stretch of another voice is taken for the one before it."""


@dataclass
class _Run:
    """Neighbouring cells of one voice."""

    at: float
    until: float
    voice: int | None
    sure: float = 0.0
    overlap: bool = False

    @property
    def seconds(self) -> float:
        return max(self.until - self.at, 1e-6)


def whose(cells: Sequence[Cell], at: float, until: float) -> tuple[int | None, bool]:
    """The voice that speaks longest between `at` and `until`, and whether that is sure."""
    spoken: dict[int, list[float]] = {}
    for cell in cells:
        seconds = min(cell.until, until) - max(cell.at, at)
        if cell.voice is not None and seconds > 0:
            total = spoken.setdefault(cell.voice, [0.0, 0.0])
            total[0] += seconds
            total[1] += seconds if cell.sure else 0.0
    if not spoken:
        return None, False
    voice = max(spoken, key=lambda number: spoken[number][0])
    return voice, spoken[voice][1] > spoken[voice][0] / 2


def attributed(
    finding: AnyFinding, cells: Sequence[Cell], roles: Mapping[int, Role | None]
) -> Iterator[AnyFinding]:
    """The finding with its voice and the role tied to that; a turn becomes several."""
    if isinstance(finding, TurnHeard):
        yield from _turns(finding, cells, roles)
        return
    until = getattr(finding, "until", None)
    if until is None or not hasattr(finding, "voice"):
        yield finding
        return
    voice, _ = whose(cells, finding.at, until)
    role = roles.get(voice) if voice is not None else None
    yield msgspec.structs.replace(finding, voice=voice, role=role)


def _turns(
    turn: TurnHeard, cells: Sequence[Cell], roles: Mapping[int, Role | None]
) -> Iterator[TurnHeard]:
    runs = _runs(cells, turn.at, turn.until)
    for number, run in enumerate(runs):
        at = turn.at if number == 0 else (runs[number - 1].until + run.at) / 2
        last = number == len(runs) - 1
        yield msgspec.structs.replace(
            turn,
            at=at,
            until=turn.until if last else (run.until + runs[number + 1].at) / 2,
            voice=run.voice,
            role=None if run.voice is None else roles.get(run.voice),
            sure=run.sure > run.seconds / 2,
            overlap=run.overlap,
        )
    if not runs:
        yield turn


def _runs(cells: Sequence[Cell], begin: float, end: float) -> list[_Run]:
    runs: list[_Run] = []
    for cell in cells:
        at, until = max(cell.at, begin), min(cell.until, end)
        if until <= at:
            continue
        short = runs and (until - at < _SHORTEST or cell.voice is None)
        if not runs or (cell.voice != runs[-1].voice and not short):
            runs.append(_Run(at, until, cell.voice))
        runs[-1].until = until
        runs[-1].sure += until - at if cell.sure and cell.voice == runs[-1].voice else 0.0
        runs[-1].overlap |= cell.overlap
    return runs
