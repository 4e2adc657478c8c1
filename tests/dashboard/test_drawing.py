from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.dashboard.drawing import RING_LENGTH, bar, ring_left, seats, stretches


@pytest.mark.parametrize(
    ("remaining", "planned", "share"),
    [(60, 60, 1), (30, 60, 0.5), (-5, 60, 0), (90, 60, 1), (5, 0, 0)],
)
def test_the_ring_shows_what_is_left(remaining: float, planned: float, share: float) -> None:
    assert ring_left(remaining, planned) == pytest.approx(RING_LENGTH * share, abs=0.01)


@given(st.lists(st.floats(0, 7200), min_size=1, max_size=30))
def test_the_time_line_is_never_longer_than_its_line(seconds: list[float]) -> None:
    pieces = stretches(seconds)
    assert pieces[-1].x + pieces[-1].width <= 100.5
    assert all(piece.width >= 0 for piece in pieces)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_bar_and_its_margin_stay_within_the_scale(share: float, margin: float) -> None:
    drawn = bar(share, margin)
    assert 0 <= drawn.low <= drawn.value <= drawn.high <= 100


def test_the_first_seat_is_at_the_top_and_no_two_are_the_same() -> None:
    places = seats([("deelnemer", False)] * 6)
    assert (places[0].x, places[0].y) == (0, -122)
    assert len({(seat.x, seat.y) for seat in places}) == 6
