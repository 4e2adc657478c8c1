"""Stretches of the meeting that must be forgotten, whatever of them still comes later."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Forgotten:
    """Spans in the listener's time; what touches one is not to be kept."""

    _spans: list[tuple[float, float]] = field(default_factory=list)

    def add(self, since: float, until: float) -> None:
        """Everything between these moments is to be forgotten."""
        self._spans.append((since, until))

    def holds(self, at: float, until: float) -> bool:
        """Whether some of this was said in a forgotten stretch."""
        return any(at < end and until > begin for begin, end in self._spans)
