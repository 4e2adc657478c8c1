"""What people ask of a running meeting, in the imperative.

A command carries the version (journal sequence) that its page showed; the session
refuses one that is based on an older state where that matters, with a ConflictError.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from companion.vocabulary import Role, Valuation


class Command(msgspec.Struct, frozen=True, kw_only=True, tag=True, forbid_unknown_fields=True):
    """`id` makes a repeated command harmless; `expected` is the version the page showed."""

    id: str = ""
    expected: int | None = None


class NextStep(Command, frozen=True, kw_only=True, tag=True):
    """Go to the next step; in the last one this asks for the end."""


class PreviousStep(Command, frozen=True, kw_only=True, tag=True):
    """Go back one step."""


class GoToStep(Command, frozen=True, kw_only=True, tag=True):
    """Jump to a step by its index in the plan."""

    step: int


class UndoMove(Command, frozen=True, kw_only=True, tag=True):
    """Take the last step change back."""


class Pause(Command, frozen=True, kw_only=True, tag=True):
    """Stop the clock and close the microphone."""


class Resume(Command, frozen=True, kw_only=True, tag=True):
    """Go on."""


class AddMinutes(Command, frozen=True, kw_only=True, tag=True):
    """More (or, negative, fewer) minutes for the present step."""

    minutes: float


class SetMinutes(Command, frozen=True, kw_only=True, tag=True):
    """Planned minutes of one step."""

    step: int
    minutes: float


class Respread(Command, frozen=True, kw_only=True, tag=True):
    """Spread the time that is left over the steps to come."""


class UndoPlan(Command, frozen=True, kw_only=True, tag=True):
    """Take the last change of planned minutes back."""


class AcceptProposal(Command, frozen=True, kw_only=True, tag=True):
    """Go to the step that was proposed."""


class RefuseProposal(Command, frozen=True, kw_only=True, tag=True):
    """Stay; this teaches the tracker."""


class CloseCue(Command, frozen=True, kw_only=True, tag=True):
    """Dismiss a cue, put it off, or ask for fewer of its kind."""

    number: int
    how: Literal["dismissed", "later", "less"] = "dismissed"


class TurnTo(Command, frozen=True, kw_only=True, tag=True):
    """In a round, give the word to a member; None: the next one."""

    member: int | None = None


class TieVoice(Command, frozen=True, kw_only=True, tag=True):
    """Say whose voice number `voice` is, for this meeting."""

    voice: int
    member: int | None = None
    role: Role | None = None


class MergeVoices(Command, frozen=True, kw_only=True, tag=True):
    """Two voices are one person's: `voice` counts as `into`; the same number takes them apart."""

    voice: int
    into: int


class SampleVoice(Command, frozen=True, kw_only=True, tag=True):
    """A member (index) speaks now, so that the voice is known; None: that was it."""

    member: int | None = None


class ConfirmAgreement(Command, frozen=True, kw_only=True, tag=True):
    """Put an agreement in the plan, or change one: `agreement` empty makes a new one."""

    what: str
    agreement: str = ""
    candidate: int | None = None
    who: str = ""
    how: str = ""
    with_whom: str = ""
    when: str = ""
    due: str = ""
    needs: str = ""
    noticed_by: str = ""


class DropAgreement(Command, frozen=True, kw_only=True, tag=True):
    """Drop an agreement or a candidate."""

    agreement: str = ""
    candidate: int | None = None


class ValueQuestion(Command, frozen=True, kw_only=True, tag=True):
    """The inbrenger values a question on paper; -1 takes one back."""

    value: Valuation
    change: Literal[1, -1] = 1


class ForgetLastMinute(Command, frozen=True, kw_only=True, tag=True):
    """Drop the findings and candidates of the last minute."""


class AgreeToListening(Command, frozen=True, kw_only=True, tag=True):
    """Everyone in the room agrees: listening begins."""

    agreed: int
    present: int


class StopListening(Command, frozen=True, kw_only=True, tag=True):
    """Consent is taken back: the listener ends, the meeting goes on by hand."""


class EndMeeting(Command, frozen=True, kw_only=True, tag=True):
    """End the meeting."""


AnyCommand: TypeAlias = (
    NextStep
    | PreviousStep
    | GoToStep
    | UndoMove
    | Pause
    | Resume
    | AddMinutes
    | SetMinutes
    | Respread
    | UndoPlan
    | AcceptProposal
    | RefuseProposal
    | CloseCue
    | TurnTo
    | TieVoice
    | MergeVoices
    | SampleVoice
    | ConfirmAgreement
    | DropAgreement
    | ForgetLastMinute
    | ValueQuestion
    | AgreeToListening
    | StopListening
    | EndMeeting
)
