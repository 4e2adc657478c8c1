"""Who agreed to listening, from a form: by name, or counted by the begeleider."""

from __future__ import annotations

from collections.abc import Collection

from companion.dashboard.forms import MAX_MEMBERS, Form
from companion.errors import UsageError


def consent_from(form: Form, named: Collection[str], others: int = 0) -> int:
    """How many are in the room, all of them willing; UsageError when somebody is not.

    `named` each have a box of their own; one more box speaks for the `others`, and for
    guests. A room without names is counted.
    """
    if named or others:
        if not set(named) <= set(form.every("agrees")) or form.text("rest") != "yes":
            raise _not_all()
        return len(named) + others
    agreed, present = form.whole("agreed") or 0, form.whole("present") or 0
    if not 1 <= present <= MAX_MEMBERS or agreed != present:
        raise _not_all()
    return present


def _not_all() -> UsageError:
    return UsageError(
        "consent.not-all",
        "Listening needs everyone's consent",
        "Without it the meeting goes on by hand, which works as well",
    )
