"""What people write for themselves on their phones, and hand over when their turn comes.

Kept in memory only. Nothing of it is journalled or logged, and it goes with the meeting;
what the begeleider takes into the plan stands there as that person's own text.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from companion.errors import UsageError
from companion.session.view import MeetingView
from companion.storage.records import new_id
from companion.vocabulary import AdviceRule, QuestionRule, Step, Valuation, Writing

MOST = 20
"""Slips that one writer has at a time."""


class SlipKind(StrEnum):
    """What somebody writes down."""

    VRAAG = "vraag"
    ADVIES = "advies"
    GEDACHTE = "gedachte"


class Slip(msgspec.Struct, kw_only=True):
    """One slip of paper."""

    id: str
    writer: str
    """Whose it is: an id, never shown."""
    kind: SlipKind
    text: str
    name: str | None = None
    """The name it was handed over with; None while only the writer sees it."""
    value: Valuation | None = None
    """What the inbrenger called it."""

    @property
    def handed(self) -> bool:
        """The begeleider sees it."""
        return self.name is not None


class Slips:
    """All slips of one meeting."""

    def __init__(self) -> None:
        self._slips: dict[str, Slip] = {}

    def write(self, writer: str, kind: SlipKind, text: str) -> Slip:
        """A new slip; UsageError when it is empty or there are too many."""
        if not text:
            raise UsageError("slip.empty", "There is nothing on the slip")
        if len(self.of(writer)) >= MOST:
            raise UsageError("slip.many", f"Nobody needs more than {MOST} slips")
        slip = Slip(id=new_id(), writer=writer, kind=kind, text=text)
        self._slips[slip.id] = slip
        return slip

    def of(self, writer: str) -> list[Slip]:
        """A writer's own, in the order of writing."""
        return [slip for slip in self._slips.values() if slip.writer == writer]

    def handed(self) -> list[Slip]:
        """Those handed over, in the order of handing."""
        return [slip for slip in self._slips.values() if slip.handed]

    def drop(self, writer: str, slip: str) -> None:
        """Tear up a slip of one's own that nobody has seen."""
        if not self._own(writer, slip).handed:
            del self._slips[slip]

    def hand_over(self, writer: str, slip: str, name: str) -> None:
        """Let the begeleider see it, under this name."""
        own = self._own(writer, slip)
        if not own.handed:
            del self._slips[slip]
            own.name = name
            self._slips[slip] = own

    def seen(self, slip: str) -> Slip:
        """One that was handed over; UsageError when it is gone."""
        found = self._slips.get(slip)
        if found is None or not found.handed:
            raise _gone()
        return found

    def put_away(self, slip: str) -> None:
        """The begeleider is done with it."""
        del self._slips[self.seen(slip).id]

    def _own(self, writer: str, slip: str) -> Slip:
        found = self._slips.get(slip)
        if found is None or found.writer != writer:
            raise _gone()
        return found


def _gone() -> UsageError:
    return UsageError("slip.gone", "That slip is not there any more")


def kind_for(step: Step) -> SlipKind:
    """What people write down in this step."""
    if step.advice is AdviceRule.JA:
        return SlipKind.ADVIES
    return SlipKind.VRAAG if step.questions is QuestionRule.OPEN else SlipKind.GEDACHTE


def may_write(step: Step) -> bool:
    """People write in this step, all the time or at its start."""
    return step.write is not Writing.NONE


def may_hand_over(view: MeetingView, name: str) -> bool:
    """Not while all write; and where members have their turn by name, in one's own."""
    step = view.steps[view.clock.step].step
    if step.write is Writing.ALL or view.clock.ended:
        return False
    named = view.turn is not None and view.turn_planned > 0 and name in view.members
    return not named or view.members.index(name) == view.turn
