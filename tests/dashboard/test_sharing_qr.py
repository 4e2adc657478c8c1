from __future__ import annotations

import re

import pytest
import segno

from companion.dashboard.sharing_qr import qr_path

LINK = "https://192.168.178.23:8421/#code=ABCD2345&sha256=" + "0123456789abcdef" * 4


@pytest.mark.parametrize("text", ["x", LINK])
def test_the_path_draws_the_modules_of_the_code_and_no_others(text: str) -> None:
    path = qr_path(text)
    drawn = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path.d):
        drawn |= {(int(x) + i, int(y)) for i in range(int(width))}
    code = segno.make(text, error="m", micro=False)
    wanted = {
        (x, y)
        for y, row in enumerate(code.matrix_iter(border=4))
        for x, dark in enumerate(row)
        if dark
    }
    assert drawn == wanted
    assert path.size == code.symbol_size(border=4)[0]


def test_the_link_with_its_fingerprint_is_a_code_that_a_phone_can_read_from_a_beamer() -> None:
    assert qr_path(LINK).size <= 57
