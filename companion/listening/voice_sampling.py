"""A sample of a member's voice, given while the begeleider has tapped a name."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from companion.speech.voice_cells import Cell
from companion.speech.voice_clustering import group
from companion.speech.voice_network import Embedding

ENOUGH = 5.0
"""Seconds of one voice that make a sample."""


@dataclass
class Sampling:
    """A member who gives a sample in a stretch of the sound, and the windows of it so far."""

    member: int
    since: float
    until: float = math.inf
    cells: list[Cell] = field(default_factory=list)

    def one_voice(self) -> tuple[list[Embedding], float]:
        """The windows of whoever spoke most, and their seconds: somebody may have cut in."""
        import numpy as np  # noqa: PLC0415 - for a sample only

        cells = [cell for cell in self.cells if cell.node and cell.node.whole]
        vectors = [cell.node.total for cell in cells if cell.node]
        if not cells:
            return [], 0.0
        groups = group(np.stack(vectors), np.ones(len(cells), np.float32), least=0.45)
        most = int(np.bincount(groups).argmax())
        mine = np.flatnonzero(groups == most)
        return [vectors[i] for i in mine], sum(cells[i].until - cells[i].at for i in mine)
