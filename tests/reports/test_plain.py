from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.reports.filenames import file_name
from companion.reports.plain import plain, plain_throughout
from tests.reports.documents import NASTY, a_document


@given(st.text())
def test_plain_text_is_one_line_without_control_characters(text: str) -> None:
    shown = plain(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Co", "Cn"}
    assert plain(shown) == shown


def test_ordinary_text_stays_as_it_is() -> None:
    text = "Ik bel de “ouders” van groep 8 – vóór vrijdag, samen met Zoë 👍🏽 (½ uur)"
    assert plain(text) == text


def test_a_text_cannot_turn_the_reading_direction_of_what_follows() -> None:
    assert plain("\u202etxt.exe\u2066!") == "txt.exe !"


def test_every_text_of_a_document_is_made_plain() -> None:
    assert "\x00" not in repr(plain_throughout(a_document("a\x00b"))).replace("\\x00", "\x00")


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("intervisie", "Team Noord", "2027-01-15"), "intervisie-team-noord-2027-01-15.pdf"),
        (("Ĳsselstein & Zoë", ""), "ijsselstein-zoe.pdf"),
        (("../../etc/passwd",), "etc-passwd.pdf"),
        (("日本", "\r\nx: y"), "x-y.pdf"),
        (("", '"'), "intervisie.pdf"),
    ],
)
def test_a_file_has_a_name_that_every_system_takes(parts: tuple[str, ...], name: str) -> None:
    assert file_name(parts, "pdf") == name


@given(st.lists(st.text() | st.sampled_from(NASTY), max_size=3))
def test_a_file_name_is_short_plain_and_visible(parts: list[str]) -> None:
    name = file_name(tuple(parts), "ics")
    assert name.isascii()
    assert len(name) <= 64
    assert name[0].isalnum()
    assert not set(name) & set('/\\:*?"<>|\r\n ')
