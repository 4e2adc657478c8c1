"""Who is there and who does what, as the preparing page asks it."""

from __future__ import annotations

import msgspec

from companion.dashboard.forms import Form

LONGEST_NAME = 40


class Roles(msgspec.Struct, frozen=True, kw_only=True):
    """The people of one meeting."""

    members: tuple[str, ...]
    """Those of the group who are present."""
    begeleider: str = ""
    inbrenger: str = ""

    @property
    def others(self) -> tuple[str, ...]:
        """Who leads or brings something in without being ticked as present: they are there."""
        leading = {name: None for name in (self.begeleider, self.inbrenger) if name}
        return tuple(name for name in leading if name not in self.members)


def roles_from(form: Form) -> Roles:
    """A name typed for somebody from outside the group goes before a chosen one."""
    text = form.text
    return Roles(
        members=form.every("members", LONGEST_NAME),
        begeleider=text("begeleider-anders", LONGEST_NAME) or text("begeleider", LONGEST_NAME),
        inbrenger=text("inbrenger-anders", LONGEST_NAME) or text("inbrenger", LONGEST_NAME),
    )
