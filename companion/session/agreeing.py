"""From agreements to stored actions, and when two people change the same one."""

from __future__ import annotations

from collections.abc import Mapping

from companion.errors import ConflictError
from companion.method.record import Record
from companion.session.commands import AnyCommand, ConfirmAgreement, DropAgreement
from companion.storage.records import Action, MeetingRecord


def plan_of(record: Record, meeting: MeetingRecord) -> list[Action]:
    """The confirmed agreements of a meeting as actions; the same ones give the same ids."""
    return [
        Action(
            id=f"{meeting.id}.{agreed.agreement}",
            group=meeting.group,
            meeting=meeting.id,
            method=meeting.method,
            what=agreed.what,
            who=agreed.who,
            how=agreed.how,
            with_whom=agreed.with_whom,
            when=agreed.when,
            due=agreed.due,
            needs=agreed.needs,
            noticed_by=agreed.noticed_by,
            created=meeting.started + agreed.at,
        )
        for agreed in record.agreements.values()
    ]


def check_agreement(command: AnyCommand, record: Record, changed: Mapping[str, int]) -> None:
    """ConflictError when someone else dealt with the agreement since the page was shown.

    `changed` is the version at which each agreement last changed.
    """
    if not isinstance(command, ConfirmAgreement | DropAgreement):
        return
    if command.agreement:
        if command.agreement not in record.agreements:
            raise _conflict("That agreement has been dropped meanwhile")
        if command.expected is not None and changed.get(command.agreement, 0) > command.expected:
            raise _conflict("Someone else has changed that agreement meanwhile")
    elif isinstance(command, ConfirmAgreement) and command.candidate is not None:
        taken = {agreed.candidate for agreed in record.agreements.values()}
        if command.candidate in taken:
            raise _conflict("Someone else has confirmed that agreement already")


def _conflict(message: str) -> ConflictError:
    return ConflictError("agreement.behind", message, "Look at it as it is now and try again")
