"""What goes to a trainer: an allow list, field by field, with no text that anybody typed. Pure.

Every text field is an enum's value, a date, a random id or the id of something that ships
with the program. A method of the group's own loses its names: its steps keep their rules and
are called by what they are for. The same values make the file that is handed over and the
pages that a trainer sees on this machine, so that nothing else can be in either.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from companion.errors import UsageError
from companion.method.evaluation import Spread
from companion.method.figures import MeetingFigures
from companion.method.review import (
    CourseReview,
    PlanReview,
    Review,
    StepReview,
    VisitReview,
    VoiceReview,
)
from companion.vocabulary import (
    AdviceRule,
    Floor,
    InbrengerPart,
    Method,
    MovedBy,
    Norm,
    QuestionRule,
    Role,
    SentenceKind,
    Step,
    StepFunction,
    Text,
    Writing,
)

LEAST_VOICES = 4
"""With fewer members' voices, their shares stay with the group."""
_MOST = 100_000.0
"""No amount of a meeting is larger: seconds of more than a day."""
OWN = "eigen"
"""The id of a method that doesn't ship with the program."""
Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-z-]{0,40}$")]
Date = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Shipped = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9.-]{0,40}$")]
"""The id of a method, step or model that ships; checked against those when it is made."""


class GivenStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step's rules and its counts; `id` is empty in a method of the group's own."""

    id: Shipped
    function: StepFunction
    floor: Floor
    inbrenger: InbrengerPart
    in_turn: bool
    questions_rule: QuestionRule
    advice_rule: AdviceRule
    write: Writing
    plan: bool
    look_back: bool
    outside: bool
    planned: float
    spent: float
    held: bool
    questions: dict[str, int]
    stacked: int
    advice: int
    early_advice: int
    speech: dict[str, float]
    silence: float | None


class GivenVisit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stay in the step with this number; seconds of meeting time."""

    step: int
    entered: float
    left: float
    by: MovedBy


class TrainerReview(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A meeting for a trainer. No names, no words, no hour, no group's name."""

    kind: Literal["intervisie-review"] = "intervisie-review"
    version: Literal[1] = 1
    meeting: Id
    group: Id
    date: Date
    method: Shipped
    advice_never: bool
    norms: tuple[Norm, ...]
    led: bool
    model: Shipped
    listened: bool
    planned: float
    length: float
    running: float
    paused: float
    gaps: float
    behind: float
    steps: tuple[GivenStep, ...]
    visits: tuple[GivenVisit, ...]
    skipped: tuple[int, ...]
    returned: int
    open_count: int
    open_of: int
    leading: int
    stacked: int
    early_advice: int
    early_plain: int
    early_disguised: int
    first_early: float | None
    spoke_in_silence: float
    present: int
    voices: tuple[VoiceReview, ...]
    begeleider_share: float | None
    look_back_held: bool | None
    plan: PlanReview
    evaluation_held: bool | None
    course: tuple[CourseReview, ...]
    valued: dict[str, int]
    evaluation: Spread | None


def trainer_review(
    figures: MeetingFigures,
    spread: Spread | None,
    shipped: Mapping[str, Method],
    models: frozenset[str],
) -> TrainerReview:
    """The allow list filled in; `models` are the names of speech models that ship."""
    seen, known = figures.review, is_shipped(figures.method, shipped)
    places = {row.step: index for index, row in enumerate(seen.steps)}
    rules = {step.id: step for step in figures.method.steps}
    enough = len(seen.members) >= LEAST_VOICES
    return TrainerReview(
        meeting=figures.meeting,
        group=figures.group,
        date=dt.datetime.fromtimestamp(figures.started).astimezone().date().isoformat(),
        method=figures.method.id if known else OWN,
        advice_never=figures.method.advice_never,
        norms=figures.method.norms,
        led=figures.led,
        model=figures.model if figures.model in models else "",
        listened=seen.listened,
        planned=seen.planned,
        length=seen.length,
        running=seen.running,
        paused=seen.paused,
        gaps=seen.gaps,
        behind=seen.behind,
        steps=tuple(_given(rules[row.step], row, known=known) for row in seen.steps),
        visits=tuple(
            GivenVisit(step=places[v.step], entered=v.entered, left=v.left, by=v.by)
            for v in seen.visits
        ),
        skipped=tuple(places[step] for step in seen.skipped),
        returned=seen.returned,
        open_count=seen.open_count,
        open_of=seen.open_of,
        leading=seen.leading,
        stacked=seen.stacked,
        early_advice=seen.early_advice,
        early_plain=seen.early_plain,
        early_disguised=seen.early_disguised,
        first_early=seen.first_early,
        spoke_in_silence=seen.spoke_in_silence,
        present=seen.present,
        voices=_renumbered(seen.members) if enough else (),
        begeleider_share=seen.begeleider_share,
        look_back_held=seen.look_back_held,
        plan=seen.plan,
        evaluation_held=seen.evaluation_held,
        course=seen.course,
        valued=seen.valued,
        evaluation=spread,
    )


def _renumbered(voices: tuple[VoiceReview, ...]) -> tuple[VoiceReview, ...]:
    """By share: the numbers of the meeting's own screens say nothing here."""
    ranked = sorted(voices, key=lambda voice: (-voice.share, voice.turns))
    return tuple(
        msgspec.structs.replace(voice, voice=index + 1) for index, voice in enumerate(ranked)
    )


def is_shipped(method: Method, shipped: Mapping[str, Method]) -> bool:
    """Whether this is the method that ships under its id, by the names of its steps."""
    ours = shipped.get(method.id)
    if ours is None or ours.name != method.name:
        return False
    names = {step.id: step.name for step in ours.steps}
    return all(names.get(step.id) == step.name for step in method.steps)


def _given(step: Step, row: StepReview, *, known: bool) -> GivenStep:
    return GivenStep(
        id=step.id if known else "",
        function=step.function,
        floor=step.floor,
        inbrenger=step.inbrenger,
        in_turn=step.in_turn,
        questions_rule=step.questions,
        advice_rule=step.advice,
        write=step.write,
        plan=step.plan,
        look_back=step.look_back,
        outside=step.outside,
        planned=row.planned,
        spent=row.spent,
        held=row.held,
        questions=row.questions,
        stacked=row.stacked,
        advice=row.advice,
        early_advice=row.early_advice,
        speech=row.speech,
        silence=row.silence,
    )


def figures_from(given: TrainerReview, shipped: Mapping[str, Method]) -> MeetingFigures:
    """Figures to show and to compare, made of what was given and nothing else."""
    method = _method(given, shipped)
    ids = [_id(index, step) for index, step in enumerate(given.steps)]
    return MeetingFigures(
        meeting=given.meeting,
        group=given.group,
        started=dt.datetime.fromisoformat(f"{given.date}T12:00:00").astimezone().timestamp(),
        method=method,
        led=given.led,
        model=given.model,
        review=_review(given, ids),
        evaluation=given.evaluation,
    )


def _id(index: int, step: GivenStep) -> str:
    return step.id or f"stap-{index + 1}"


def _method(given: TrainerReview, shipped: Mapping[str, Method]) -> Method:
    """The shipped method, or one whose steps are called by what they are for."""
    ours = shipped.get(given.method)
    names = {step.id: step for step in ours.steps} if ours else {}
    steps = tuple(_rules(index, step, names) for index, step in enumerate(given.steps))
    return Method(
        id=given.method,
        name=ours.name if ours else Text(nl="Eigen methode", en="Own method"),
        summary=ours.summary if ours else Text(nl=""),
        advice_never=given.advice_never,
        norms=given.norms,
        steps=steps,
    )


def _rules(index: int, step: GivenStep, names: Mapping[str, Step]) -> Step:
    ours = names.get(step.id)
    called = step.function.value.replace("-", " ").capitalize()
    return Step(
        id=_id(index, step),
        name=ours.name if ours else Text(nl=called),
        task=ours.task if ours else Text(nl=""),
        minutes=ours.minutes if ours else max(step.planned, 0.5),
        floor=step.floor,
        inbrenger=step.inbrenger,
        in_turn=step.in_turn,
        questions=step.questions_rule,
        advice=step.advice_rule,
        write=step.write,
        function=step.function,
        look_back=step.look_back,
        outside=step.outside,
        plan=step.plan,
    )


def _review(given: TrainerReview, ids: list[str]) -> Review:
    return Review(
        planned=given.planned,
        length=given.length,
        running=given.running,
        paused=given.paused,
        gaps=given.gaps,
        behind=given.behind,
        steps=tuple(_row(ids[index], step) for index, step in enumerate(given.steps)),
        visits=tuple(
            VisitReview(step=ids[v.step], entered=v.entered, left=v.left, by=v.by)
            for v in given.visits
        ),
        skipped=tuple(ids[index] for index in given.skipped),
        returned=given.returned,
        open_share=round(given.open_count / given.open_of, 3) if given.open_of else None,
        leading=given.leading,
        stacked=given.stacked,
        early_advice=given.early_advice,
        early_plain=given.early_plain,
        early_disguised=given.early_disguised,
        first_early=given.first_early,
        spoke_in_silence=given.spoke_in_silence,
        members=given.voices,
        begeleider_share=given.begeleider_share,
        look_back_held=given.look_back_held,
        plan=given.plan,
        evaluation_held=given.evaluation_held,
        listened=given.listened,
        present=given.present,
        open_count=given.open_count,
        open_of=given.open_of,
        course=given.course,
        valued=given.valued,
    )


def _row(name: str, step: GivenStep) -> StepReview:
    return StepReview(
        step=name,
        planned=step.planned,
        spent=step.spent,
        held=step.held,
        questions=step.questions,
        stacked=step.stacked,
        advice=step.advice,
        early_advice=step.early_advice,
        speech=step.speech,
        silence=step.silence,
    )


def to_file(given: TrainerReview) -> bytes:
    """The file: JSON that a person can read."""
    return msgspec.json.format(msgspec.json.encode(given), indent=2) + b"\n"


def from_file(content: bytes) -> TrainerReview:
    """A review from a file; UsageError when it is none, or points at steps it hasn't."""
    try:
        given = msgspec.json.decode(content, type=TrainerReview)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(
            "review.file", "This is no review", "Choose the file that the group gave you"
        ) from error
    if not _sound(given):
        raise UsageError("review.file", "This is no review", "Its parts don't fit together")
    return given


def _sound(given: TrainerReview) -> bool:
    """What types can't say: places that exist, known words, amounts that a meeting can have."""
    places = [*given.skipped, *(visit.step for visit in given.visits)]
    ids = [step.id for step in given.steps if step.id]
    kinds = {kind for step in given.steps for kind in step.questions}
    kinds |= {kind for part in given.course for kind in part.kinds}
    spoken = {role for step in given.steps for role in step.speech}
    return (
        bool(given.meeting and given.steps and given.visits)
        and len(set(ids)) == len(ids)
        and all(0 <= place < len(given.steps) for place in places)
        and kinds <= {kind.value for kind in SentenceKind}
        and spoken <= {*(role.value for role in Role), "onbekend"}
        and all(0 <= amount <= _MOST for amount in _amounts(msgspec.to_builtins(given)))
    )


def _amounts(value: object, name: str = "") -> list[float]:
    """Every number but `behind`, which may be negative."""
    if isinstance(value, dict):
        return [n for key, each in value.items() for n in _amounts(each, str(key))]
    if isinstance(value, (list, tuple)):
        return [n for each in value for n in _amounts(each, name)]
    is_number = isinstance(value, (int, float)) and name != "behind"
    return [float(value)] if is_number and isinstance(value, (int, float)) else []
