from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import UsageError
from companion.method.definitions import load_methods
from companion.method.plan import FLOOR, plan_for, respread, turn_seconds, with_step

METHODS = load_methods()


def _seconds(method: str, minutes: float | None, actions: int = 0) -> dict[str, float]:
    return {p.step: p.seconds for p in plan_for(METHODS[method], minutes, actions)}


def test_without_a_length_the_methods_own_minutes_hold() -> None:
    assert _seconds("incident", None)["vragen"] == 1200


def test_steps_shrink_to_the_time_there_is() -> None:
    plan = _seconds("incident", 30)
    assert sum(plan.values()) == 1800
    assert plan["vragen"] == 600


def test_the_look_back_appears_only_with_open_actions() -> None:
    assert "terugblik" not in _seconds("zesstappen", 60)
    assert "terugblik" in _seconds("zesstappen", 60, actions=2)


def test_a_step_outside_the_total_is_not_scaled() -> None:
    plan = _seconds("werkplek", 30, actions=1)
    assert plan["terugblik"] == 300
    assert sum(plan.values()) == 1800 + 300


def test_own_minutes_stay_and_the_rest_fills_the_total() -> None:
    plan = {p.step: p.seconds for p in plan_for(METHODS["incident"], 60, own={"introductie": 10})}
    assert plan["introductie"] == 600
    assert sum(plan.values()) == 3600


@given(st.sampled_from(sorted(METHODS)), st.integers(10, 180), st.integers(0, 2))
def test_a_scaled_plan_is_whole_seconds_and_fills_the_total(
    name: str, minutes: int, actions: int
) -> None:
    method = METHODS[name]
    plan = plan_for(method, minutes, actions)
    outside = {s.id for s in method.steps if s.outside}
    assert sum(p.seconds for p in plan if p.step not in outside) == minutes * 60
    assert all(p.seconds == int(p.seconds) and p.seconds > 0 for p in plan)


def test_an_impossible_length_is_refused() -> None:
    with pytest.raises(UsageError):
        plan_for(METHODS["incident"], 0)


def test_minutes_by_hand_never_go_under_the_least() -> None:
    assert with_step((600.0, 300.0), 1, -500) == (600.0, 30.0)


def test_overtime_is_taken_from_the_steps_to_come_but_not_from_the_last() -> None:
    changed = respread((600.0, 600.0, 600.0), (900.0, 0.0, 0.0), 0, 1800.0)
    assert changed == (600.0, 300.0, 600.0)


def test_time_gained_is_given_to_the_steps_to_come() -> None:
    changed = respread((600.0, 600.0, 300.0), (300.0, 0.0, 0.0), 1, 1500.0)
    assert changed == (600.0, 600.0, 600.0)


def test_in_the_last_step_there_is_nothing_to_spread() -> None:
    with pytest.raises(UsageError):
        respread((600.0, 600.0), (600.0, 10.0), 1, 1200.0)


amounts = st.floats(1, 3600)


@given(
    st.lists(st.tuples(amounts, st.floats(0, 4000)), min_size=2, max_size=12),
    st.integers(0, 10),
    st.floats(60, 10000),
    st.sets(st.integers(0, 11)),
)
def test_respreading_keeps_sum_floor_and_order(
    rows: list[tuple[float, float]], step: int, total: float, guarded: set[int]
) -> None:
    planned = tuple(p for p, _ in rows)
    spent = tuple(s for _, s in rows)
    step = min(step, len(rows) - 2)
    changed = respread(planned, spent, step, total, frozenset(guarded))
    coming = range(step + 1, len(rows))
    assert changed[: step + 1] == planned[: step + 1]
    left = {i: max(planned[i] - spent[i], 0) for i in coming}
    shares = {i: changed[i] - spent[i] for i in coming}
    floors = {i: min(left[i], FLOOR) for i in coming}
    assert all(shares[i] >= floors[i] - 1e-6 for i in coming)
    room = total - sum(spent) - max(planned[step] - spent[step], 0)
    assert sum(shares.values()) == pytest.approx(max(room, sum(floors.values())), abs=1e-3)
    free = [i for i in coming if i not in guarded and i != len(rows) - 1]
    by_plan = sorted(free, key=lambda i: left[i])
    assert all(shares[a] <= shares[b] + 1e-6 for a, b in itertools.pairwise(by_plan))


@given(st.lists(amounts, min_size=3, max_size=10), st.floats(0, 7200))
def test_the_last_step_keeps_its_plan_while_the_floors_fit(
    planned: list[float], total: float
) -> None:
    spent = [planned[0], *[0.0] * (len(planned) - 1)]
    changed = respread(planned, spent, 0, total)
    floors = sum(min(p, FLOOR) for p in planned[1:-1]) + planned[-1]
    if total - planned[0] >= floors + 1e-6:
        assert changed[-1] >= planned[-1] - 1e-6


def test_a_round_divides_the_step() -> None:
    assert turn_seconds(600, 5) == 120
    assert turn_seconds(600, 0) == 600
