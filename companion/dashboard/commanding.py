"""From a button's name and the fields sent with it to the command it means."""

from __future__ import annotations

from collections.abc import Callable

from companion.dashboard.consent import consent_from
from companion.dashboard.forms import Form
from companion.errors import UsageError
from companion.session.commands import (
    AcceptProposal,
    AddMinutes,
    AgreeToListening,
    AnyCommand,
    CloseCue,
    ConfirmAgreement,
    DropAgreement,
    EndMeeting,
    ForgetLastMinute,
    GoToStep,
    MergeVoices,
    NextStep,
    Pause,
    PreviousStep,
    RefuseProposal,
    Respread,
    Resume,
    SampleVoice,
    StopListening,
    TieVoice,
    TurnTo,
    UndoMove,
    UndoPlan,
)
from companion.vocabulary import Role

Members = tuple[str, ...]


class Basis:
    """What every command carries: its id, and the version that its page showed."""

    def __init__(self, form: Form, members: Members) -> None:
        self.form = form
        self.members = members
        self.id = form.text("id", 32)
        self.expected = form.whole("expected")


def _cue(basis: Basis) -> int:
    number = basis.form.whole("number")
    if number is None:
        raise UsageError("form.cue", "Which cue?")
    return number


def _go_to(basis: Basis) -> AnyCommand:
    step = basis.form.whole("step")
    return GoToStep(id=basis.id, expected=basis.expected, step=-1 if step is None else step)


def _confirm(basis: Basis) -> AnyCommand:
    text = basis.form.text
    return ConfirmAgreement(
        id=basis.id,
        expected=basis.expected,
        what=text("what"),
        agreement=text("agreement", 40),
        candidate=basis.form.whole("candidate"),
        who=text("who", 40),
        how=text("how"),
        with_whom=text("with_whom"),
        when=text("when"),
        due=text("due", 10),
        needs=text("needs"),
        noticed_by=text("noticed_by"),
    )


def _drop(basis: Basis) -> AnyCommand:
    agreement, candidate = basis.form.text("agreement", 40), basis.form.whole("candidate")
    return DropAgreement(
        id=basis.id, expected=basis.expected, agreement=agreement, candidate=candidate
    )


def _listen(basis: Basis) -> AnyCommand:
    willing = consent_from(basis.form, basis.members)
    return AgreeToListening(id=basis.id, expected=basis.expected, agreed=willing, present=willing)


def _tie(basis: Basis) -> AnyCommand:
    voice, member = basis.form.whole("voice"), basis.form.whole("member")
    if voice is None:
        raise UsageError("form.voice", "Whose voice?")
    role = basis.form.text("role")
    known = Role(role) if role in {each.value for each in Role} else None
    return TieVoice(id=basis.id, expected=basis.expected, voice=voice, member=member, role=known)


def _merge(basis: Basis) -> AnyCommand:
    voice, into = basis.form.whole("voice"), basis.form.whole("into")
    if voice is None or into is None:
        raise UsageError("form.voice", "Whose voice?")
    return MergeVoices(id=basis.id, expected=basis.expected, voice=voice, into=into)


_BUTTONS: dict[str, Callable[[Basis], AnyCommand]] = {
    "volgende": lambda b: NextStep(id=b.id, expected=b.expected),
    "terug": lambda b: PreviousStep(id=b.id, expected=b.expected),
    "ga-naar": _go_to,
    "stap-ongedaan": lambda b: UndoMove(id=b.id, expected=b.expected),
    "pauze": lambda b: Pause(id=b.id, expected=b.expected),
    "verder": lambda b: Resume(id=b.id, expected=b.expected),
    "minuut-erbij": lambda b: AddMinutes(id=b.id, expected=b.expected, minutes=1),
    "minuut-eraf": lambda b: AddMinutes(id=b.id, expected=b.expected, minutes=-1),
    "verdeel": lambda b: Respread(id=b.id, expected=b.expected),
    "minuten-ongedaan": lambda b: UndoPlan(id=b.id, expected=b.expected),
    "ja": lambda b: AcceptProposal(id=b.id, expected=b.expected),
    "nee": lambda b: RefuseProposal(id=b.id, expected=b.expected),
    "gezien": lambda b: CloseCue(id=b.id, number=_cue(b), how="dismissed"),
    "niet-nu": lambda b: CloseCue(id=b.id, number=_cue(b), how="later"),
    "minder": lambda b: CloseCue(id=b.id, number=_cue(b), how="less"),
    "beurt": lambda b: TurnTo(id=b.id, member=b.form.whole("member")),
    "stem": _tie,
    "stemmen-samen": _merge,
    "stemproef": lambda b: SampleVoice(id=b.id, member=b.form.whole("member")),
    "bevestig": _confirm,
    "laat-vallen": _drop,
    "vergeet": lambda b: ForgetLastMinute(id=b.id),
    "meeluisteren": _listen,
    "stop-luisteren": lambda b: StopListening(id=b.id),
    "einde": lambda b: EndMeeting(id=b.id, expected=b.expected),
}
BUTTONS = frozenset(_BUTTONS)


def command_from(what: str, form: Form, members: Members) -> AnyCommand:
    """The command of the button `what`; UsageError when the fields make no sense."""
    return _BUTTONS[what](Basis(form, members))
