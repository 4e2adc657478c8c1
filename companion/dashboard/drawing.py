"""Geometry of what the pages draw, as numbers for SVG attributes. Pure.

Drawn in attributes, not in styles: the Content-Security-Policy forbids inline style.
"""

from __future__ import annotations

import math

import msgspec

RING_RADIUS = 100.0
RING_LENGTH = round(2 * math.pi * RING_RADIUS, 2)
_SEAT_RADIUS = 122.0
_AROUND = 360.0


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at the table: where, and whether they have the floor."""

    x: float
    y: float
    role: str
    """"inbrenger", "begeleider" or "deelnemer": drawn in a shape of its own."""
    floor: bool


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A share between 0 and 100 with the stretch in which it may really lie."""

    value: float
    low: float
    high: float


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a line of 100: a step on the time line."""

    x: float
    width: float


def ring_left(remaining: float, planned: float) -> float:
    """Length of the ring still to go; 0 in overtime."""
    share = min(max(remaining / planned, 0.0), 1.0) if planned > 0 else 0.0
    return round(RING_LENGTH * share, 2)


def seats(roles: list[tuple[str, bool]]) -> list[Seat]:
    """Places round the ring, the first at the top; each given as (role, has the floor)."""
    found = []
    for index, (role, floor) in enumerate(roles):
        angle = math.radians(_AROUND * index / len(roles) - 90)
        x, y = _SEAT_RADIUS * math.cos(angle), _SEAT_RADIUS * math.sin(angle)
        found.append(Seat(x=round(x, 2), y=round(y, 2), role=role, floor=floor))
    return found


def bar(share: float, margin: float) -> Bar:
    """A share (0 to 1) with its margin, kept within the bar."""
    low, high = max(share - margin, 0.0), min(share + margin, 1.0)
    return Bar(value=round(share * 100, 1), low=round(low * 100, 1), high=round(high * 100, 1))


def stretches(seconds: list[float], gap: float = 0.6) -> list[Stretch]:
    """Lengths laid end to end on a line of 100, with a gap between."""
    total = sum(seconds) or 1.0
    room = 100.0 - gap * (len(seconds) - 1)
    found, x = [], 0.0
    for length in seconds:
        width = room * length / total
        found.append(Stretch(x=round(x, 2), width=round(width, 2)))
        x += width + gap
    return found
