"""An agreement as a card: its answers, what became of it, and names to look at. Pure."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from companion.events import AgreementConfirmed
from companion.reports.names import names_in
from companion.storage.records import Action, ActionState, Group, MeetingRecord
from companion.storage.retention import action_until

_TEXTS = ("what", "how", "with_whom", "when", "needs", "noticed_by")


class PlanCard(msgspec.Struct, frozen=True, kw_only=True):
    """One agreement of the plan."""

    action: str
    """The id under which it is stored, or will be."""
    agreement: str = ""
    """Its id in the session's hands; empty: it is changed in storage."""
    what: str
    who: str
    how: str
    with_whom: str
    when: str
    due: str
    needs: str
    noticed_by: str
    state: ActionState = ActionState.OPEN
    learned: str = ""
    made: float
    closed: float | None = None
    until: float | None = None
    """Until when it is kept, seconds since the epoch; None: not stored yet."""
    names: tuple[str, ...] = ()
    """What may be a third party's name."""


def card_of_action(
    action: Action, group: Group | None, members: Collection[str], known: Collection[str]
) -> PlanCard:
    """A stored action as a card."""
    card = PlanCard(
        action=action.id,
        what=action.what,
        who=action.who,
        how=action.how,
        with_whom=action.with_whom,
        when=action.when,
        due=action.due,
        needs=action.needs,
        noticed_by=action.noticed_by,
        state=action.state,
        learned=action.learned,
        made=action.created,
        closed=action.closed,
        until=action_until(action, group),
    )
    return _looked_at(card, members, known)


def card_of_agreement(  # noqa: PLR0913, PLR0917 (where its parts come from)
    agreed: AgreementConfirmed,
    meeting: MeetingRecord,
    stored: Action | None,
    group: Group | None,
    members: Collection[str],
    known: Collection[str],
    made: float,
) -> PlanCard:
    """An agreement in the session's hands as a card; `stored`: the action it became."""
    card = PlanCard(
        action=f"{meeting.id}.{agreed.agreement}",
        agreement=agreed.agreement,
        what=agreed.what,
        who=agreed.who,
        how=agreed.how,
        with_whom=agreed.with_whom,
        when=agreed.when,
        due=agreed.due,
        needs=agreed.needs,
        noticed_by=agreed.noticed_by,
        state=stored.state if stored else ActionState.OPEN,
        learned=stored.learned if stored else "",
        made=made,
        closed=stored.closed if stored else None,
        until=action_until(stored, group) if stored else None,
    )
    return _looked_at(card, members, known)


def _looked_at(card: PlanCard, members: Collection[str], known: Collection[str]) -> PlanCard:
    """The card with the names in it that are nobody's at the table."""
    texts = [getattr(card, name) for name in _TEXTS]
    found = [name for text in texts for name in names_in(text, (*members, card.who), known)]
    return msgspec.structs.replace(card, names=tuple(dict.fromkeys(found)))
