"""Who agreed to listening, from a form: by name, or counted by the begeleider."""

from __future__ import annotations

from collections.abc import Collection

from companion.dashboard.forms import MAX_MEMBERS, Form
from companion.errors import UsageError


def refused(form: Form) -> bool:
    """Somebody said no, and nobody has to say who."""
    return form.text("nee") == "yes"


def consent_from(form: Form, named: Collection[str], others: int = 0) -> int:
    """How many are in the room, all of them willing; UsageError when somebody is not.

    `named` each have a box of their own; one more box speaks for the `others`, and for
    guests. The begeleider may count instead: then not fewer than those who are named.
    """
    if refused(form):
        raise _not_all()
    agreed, present = form.whole("agreed"), form.whole("present")
    if present is not None and agreed is not None:
        enough = max(len(named) + others, 1) <= present <= MAX_MEMBERS
        if not enough or agreed != present:
            raise _not_all()
        return present
    if not (named or others):
        raise _not_all()
    if not set(named) <= set(form.every("agrees")) or form.text("rest") != "yes":
        raise _not_all()
    return len(named) + others


def _not_all() -> UsageError:
    return UsageError(
        "consent.not-all",
        "Listening needs everyone's consent",
        "Without it the meeting goes on by hand, which works as well",
    )
