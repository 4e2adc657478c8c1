"""A candidate for the plan on its way in: a third party's name makes way for the role. Pure."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from companion.events import AgreementHeard, AnyFinding
from companion.reports.names import without_names


def discreet(finding: AnyFinding, members: Collection[str]) -> AnyFinding:
    """The finding; a candidate without the names whose role its own words tell."""
    if not isinstance(finding, AgreementHeard):
        return finding
    what, how, with_whom = without_names((finding.what, finding.how, finding.with_whom), members)
    return msgspec.structs.replace(finding, what=what, how=how, with_whom=with_whom)
