from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import UsageError
from companion.reports.trainer_csv import from_csv, to_csv

HEADER = ("onderdeel", "naam", "waarde")
cells = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(
    ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "'=1", " =1", "＝1", "", "a;b", 'a"b']
)
rows = st.lists(st.tuples(cells, cells, cells), max_size=6)


@given(rows)
def test_rows_read_back_as_they_were(given_rows: list[tuple[str, ...]]) -> None:
    assert from_csv(to_csv(HEADER, given_rows)) == (HEADER, given_rows)


@given(rows)
def test_no_cell_starts_a_formula_for_an_independent_reader(
    given_rows: list[tuple[str, ...]],
) -> None:
    text = to_csv(HEADER, given_rows).decode("utf-8-sig")
    for line in csv.reader(io.StringIO(text, newline="")):
        for cell in line:
            assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


def test_without_the_guard_a_cell_would_start_a_formula() -> None:
    raw = io.StringIO()
    csv.writer(raw).writerow(["=1+1"])
    assert raw.getvalue().startswith("=")


def test_a_short_row_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="cell for each"):
        to_csv(HEADER, [("a", "b")])


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b'"open'])
def test_what_is_no_csv_is_refused(content: bytes) -> None:
    with pytest.raises(UsageError):
        from_csv(content)
