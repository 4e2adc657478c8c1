from __future__ import annotations

from companion.dashboard.forms import Form
from companion.dashboard.roles import roles_from


def test_who_is_not_ticked_is_absent() -> None:
    form = Form([("members", "Ans"), ("members", "Bo"), ("begeleider", "Ans")])
    roles = roles_from(form)
    assert roles.members == ("Ans", "Bo")
    assert roles.others == ()


def test_a_name_from_outside_goes_before_a_chosen_one_and_is_there_too() -> None:
    form = Form([("members", "Ans"), ("begeleider", "Ans"), ("begeleider-anders", " Gast ")])
    roles = roles_from(form)
    assert roles.begeleider == "Gast"
    assert roles.others == ("Gast",)


def test_somebody_in_two_roles_from_outside_counts_once() -> None:
    form = Form([("begeleider", "Gast"), ("inbrenger", "Gast")])
    assert roles_from(form).others == ("Gast",)
