"""An agreement on its way in: a third party's name makes way for the role. Pure."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from companion.events import AgreementHeard, AnyFinding
from companion.reports.names import without_names
from companion.session.commands import ConfirmAgreement


def discreet(finding: AnyFinding, members: Collection[str]) -> AnyFinding:
    """The finding; a candidate without the names whose role its own words tell."""
    if not isinstance(finding, AgreementHeard):
        return finding
    what, how, with_whom = without_names((finding.what, finding.how, finding.with_whom), members)
    return msgspec.structs.replace(finding, what=what, how=how, with_whom=with_whom)


def confirmed_discreetly(command: ConfirmAgreement, members: Collection[str]) -> ConfirmAgreement:
    """A new agreement without such names; who changes one later means what they write."""
    if command.agreement:
        return command
    what, how, with_whom = without_names((command.what, command.how, command.with_whom), members)
    return msgspec.structs.replace(command, what=what, how=how, with_whom=with_whom)
