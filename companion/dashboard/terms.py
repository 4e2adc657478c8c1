"""How long a group's data are kept: what can be chosen, and what a form chose. Pure."""

from __future__ import annotations

import msgspec

from companion.dashboard.forms import Form
from companion.errors import UsageError


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """Months: of a plan after it is done, and of a meeting's figures."""

    plan: int
    figures: int


TERMS = {"plan": (1, 3, 6, 12), "figures": (1, 3, 6, 12, 24)}
"""What can be chosen."""


def terms_from(form: Form) -> Terms:
    """The chosen terms; UsageError for any other number."""
    plan, figures = form.whole("plan_months"), form.whole("figures_months")
    if plan not in TERMS["plan"] or figures not in TERMS["figures"]:
        raise UsageError("form.months", "Choose one of the terms")
    return Terms(plan=plan, figures=figures)
