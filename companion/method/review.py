"""A meeting in counts and times, as a trainer looks at one: never what was said."""

from __future__ import annotations

import itertools
import math
from collections import Counter

import msgspec

from companion.method.clock import between, clock_view, lengths, moment, spent
from companion.method.record import Record
from companion.method.tally import StepTally
from companion.vocabulary import (
    Floor,
    InbrengerPart,
    MovedBy,
    QuestionRule,
    Role,
    SentenceKind,
    StepFunction,
    Writing,
)

_HELD = 20.0
"""Seconds in a step from which it was held, not passed through."""
BUCKET = 300.0
"""Seconds of meeting time that the course of the questions is cut into."""


class StepReview(msgspec.Struct, frozen=True, kw_only=True):
    """One step: times in minutes, the rest as counts."""

    step: str
    planned: float
    spent: float
    held: bool
    questions: dict[str, int]
    stacked: int
    advice: int
    early_advice: int
    speech: dict[str, float] = {}
    """Minutes of speech by role; "onbekend" for voices that nobody tied to one."""
    silence: float | None = None
    """Minutes of the longest silence, in a step with writing; None elsewhere."""


class CourseReview(msgspec.Struct, frozen=True, kw_only=True):
    """What was heard in five minutes from `minute` (of meeting time) on."""

    minute: int
    kinds: dict[str, int]
    """By label: questions, and advice wherever it was said."""
    early: int
    """Of that advice, how much came too early."""


class VisitReview(msgspec.Struct, frozen=True, kw_only=True):
    """A stay in a step, seconds of meeting time."""

    step: str
    entered: float
    left: float
    by: MovedBy


class VoiceReview(msgspec.Struct, frozen=True, kw_only=True):
    """A member's voice, the steps written in silence left out."""

    voice: int
    turns: int
    share: float
    steps: int
    """In how many of the group's steps it was heard."""
    margin: float = 0.0
    """The share lies within so much of `share` (95 %, as if turns were drawn at random)."""


class PlanReview(msgspec.Struct, frozen=True, kw_only=True):
    """How many agreements, and how many of them name each part."""

    agreements: int
    how: int
    with_whom: int
    when: int
    candidates: int
    complete: int = 0
    """How many name all of them."""


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """The whole meeting; minutes unless said otherwise. None: not known or not asked for."""

    planned: float
    length: float
    running: float
    paused: float
    gaps: float
    behind: float
    steps: tuple[StepReview, ...]
    visits: tuple[VisitReview, ...]
    skipped: tuple[str, ...]
    returned: int
    """How often the group went back to an earlier step."""
    open_share: float | None
    """Of the questions in steps that ask for open ones."""
    leading: int
    stacked: int
    early_advice: int
    early_plain: int
    early_disguised: int
    first_early: float | None
    """Minute of the first advice that came too early."""
    spoke_in_silence: float
    """Seconds that the inbrenger spoke where he only listens."""
    members: tuple[VoiceReview, ...]
    begeleider_share: float | None
    """Of all speech by known roles."""
    look_back_held: bool | None
    plan: PlanReview
    evaluation_held: bool | None
    listened: bool = False
    """Something was heard; without it every count of what was said is unknown, not nil."""
    present: int = 0
    """Members present by name, neither inbrenger nor begeleider; 0: unknown."""
    open_count: int = 0
    open_of: int = 0
    """The two numbers behind `open_share`."""
    valued: dict[str, int] = {}
    """Questions on paper that the inbrenger called warm, koud and neutraal, all steps together."""
    course: tuple[CourseReview, ...] = ()


def review(record: Record, now: float) -> Review:
    """The review of a meeting up to `now`, or to its end."""
    progress = record.progress
    now = moment(progress, now)
    amounts = lengths(progress, now)
    tallies = record.tally.by_step
    early = [advice.label for tally in tallies for advice in tally.early]
    first = record.tally.first_early()
    fits, asked = _open_questions(record)
    return Review(
        planned=_minutes(progress.agreed),
        length=_minutes(amounts.length),
        running=_minutes(amounts.running),
        paused=_minutes(amounts.pause),
        gaps=_minutes(amounts.gap),
        behind=_minutes(clock_view(progress, now).behind),
        steps=_steps(record, now),
        visits=_visits(record, now),
        skipped=_skipped(record),
        returned=_returned(record),
        open_share=round(fits / asked, 3) if asked else None,
        leading=sum(tally.kinds()[SentenceKind.SUGGESTIEF] for tally in tallies),
        stacked=sum(tally.stacked() for tally in tallies),
        early_advice=len(early),
        early_plain=early.count(SentenceKind.ADVIES),
        early_disguised=early.count(SentenceKind.VERKAPT_ADVIES),
        first_early=None if first is None else _minutes(first - progress.start),
        spoke_in_silence=round(_spoke_in_silence(record), 1),
        members=_members(record),
        begeleider_share=_begeleider_share(tallies),
        look_back_held=_look_back_held(record, now),
        plan=_plan(record),
        evaluation_held=_held(record, now, StepFunction.EVALUATIE),
        valued=_valued(record),
        listened=bool(record.heard),
        present=record.members(),
        open_count=fits,
        open_of=asked,
        course=_course(record),
    )


def _minutes(seconds: float) -> float:
    return round(seconds / 60, 2)


def _steps(record: Record, now: float) -> tuple[StepReview, ...]:
    seconds = spent(record.progress, now)
    rows = zip(
        record.progress.steps, record.progress.planned, seconds, record.tally.by_step, strict=True
    )
    return tuple(
        StepReview(
            step=step.id,
            planned=_minutes(planned),
            spent=_minutes(lived),
            held=lived >= _HELD,
            questions={kind.value: count for kind, count in sorted(tally.kinds().items())},
            stacked=tally.stacked(),
            advice=len(tally.advice),
            early_advice=len(tally.early),
            speech=_speech(tally),
            silence=_silence(record, index, now),
        )
        for index, (step, planned, lived, tally) in enumerate(rows)
    )


def _speech(tally: StepTally) -> dict[str, float]:
    """Minutes by role, those without speech left out."""
    seconds = {role.value if role else "onbekend": tally.seconds_of(role) for role in (*Role, None)}
    return {role: _minutes(lived) for role, lived in seconds.items() if lived}


def _silence(record: Record, index: int, now: float) -> float | None:
    """Running minutes of the longest stretch without speech, where people write."""
    progress = record.progress
    if progress.steps[index].write is Writing.NONE or not record.heard:
        return None
    longest = 0.0
    turns = sorted(record.tally.by_step[index].turns, key=lambda turn: turn.at)
    ends = [visit.since for visit in progress.visits[1:]] + [now]
    for visit, end in zip(progress.visits, ends, strict=True):
        if visit.step != index:
            continue
        quiet_from = visit.since
        for turn in turns:
            if visit.since <= turn.at < end:
                longest = max(longest, between(progress, quiet_from, turn.at))
                quiet_from = max(quiet_from, turn.until)
        longest = max(longest, between(progress, quiet_from, max(end, quiet_from)))
    return _minutes(longest)


def _course(record: Record) -> tuple[CourseReview, ...]:
    """Everything judged, five minutes by five, the empty stretches between included."""
    judged = record.tally.judged
    if not judged:
        return ()
    start = record.progress.start
    places = [max(int((said.at - start) // BUCKET), 0) for said in judged]
    found = []
    for place in range(max(places) + 1):
        here = [said for said, where in zip(judged, places, strict=True) if where == place]
        kinds = sorted(said.label.value for said in here)
        found.append(
            CourseReview(
                minute=round(place * BUCKET / 60),
                kinds={kind: len(list(group)) for kind, group in itertools.groupby(kinds)},
                early=sum(said.too_early for said in here),
            )
        )
    return tuple(found)


def _visits(record: Record, now: float) -> tuple[VisitReview, ...]:
    visits = record.progress.visits
    ends = [visit.since for visit in visits[1:]] + [max(now, visits[-1].since)]
    return tuple(
        VisitReview(
            step=record.progress.steps[visit.step].id,
            entered=visit.since,
            left=end,
            by=visit.by,
        )
        for visit, end in zip(visits, ends, strict=True)
    )


def _skipped(record: Record) -> tuple[str, ...]:
    """Steps never visited though the group came past them."""
    visited = {visit.step for visit in record.progress.visits}
    steps = record.progress.steps
    return tuple(steps[i].id for i in range(max(visited)) if i not in visited)


def _returned(record: Record) -> int:
    steps = [visit.step for visit in record.progress.visits]
    return sum(1 for before, after in itertools.pairwise(steps) if after < before)


def _open_questions(record: Record) -> tuple[int, int]:
    """Open questions, of all those of members where open ones are asked for."""
    total = fits = 0
    for step, tally in zip(record.progress.steps, record.tally.by_step, strict=True):
        if step.questions is QuestionRule.OPEN:
            asked = [q for q in tally.questions if q.role is not Role.BEGELEIDER]
            total += len(asked)
            fits += sum(1 for question in asked if question.label is SentenceKind.OPEN)
    return fits, total


def _spoke_in_silence(record: Record) -> float:
    steps = zip(record.progress.steps, record.tally.by_step, strict=True)
    silent = [tally for step, tally in steps if step.inbrenger is InbrengerPart.ZWIJGT]
    return math.fsum(tally.seconds_of(Role.INBRENGER) for tally in silent)


def _members(record: Record) -> tuple[VoiceReview, ...]:
    seconds: dict[int, float] = {}
    turns: dict[int, int] = {}
    steps: dict[int, int] = {}
    for step, tally in zip(record.progress.steps, record.tally.by_step, strict=True):
        if step.floor is Floor.NIEMAND or step.write is Writing.ALL:
            continue
        for voice, lived in tally.members().items():
            seconds[voice] = seconds.get(voice, 0.0) + lived
            steps[voice] = steps.get(voice, 0) + 1
            spoken = sum(1 for turn in tally.turns if turn.voice == voice)
            turns[voice] = turns.get(voice, 0) + spoken
    total, said = sum(seconds.values()), max(sum(turns.values()), 1)
    shares = {voice: lived / total if total else 0.0 for voice, lived in sorted(seconds.items())}
    return tuple(
        VoiceReview(
            voice=voice,
            turns=turns[voice],
            share=round(share, 3),
            steps=steps[voice],
            margin=round(1.96 * math.sqrt(share * (1 - share) / said), 3),
        )
        for voice, share in shares.items()
    )


def _begeleider_share(tallies: list[StepTally]) -> float | None:
    by_role = {role: sum(tally.seconds_of(role) for tally in tallies) for role in Role}
    total = sum(by_role.values())
    return round(by_role[Role.BEGELEIDER] / total, 3) if total else None


def _look_back_held(record: Record, now: float) -> bool | None:
    """None where no actions were open; else whether there was a look-back."""
    if record.started.open_actions < 1:
        return None
    return bool(_held(record, now, StepFunction.TERUGBLIK))


def _held(record: Record, now: float, function: StepFunction) -> bool | None:
    """Whether a step of this function was held; None where the meeting has none."""
    seconds = spent(record.progress, now)
    lived = [
        amount
        for step, amount in zip(record.progress.steps, seconds, strict=True)
        if step.function is function
    ]
    return max(lived) >= _HELD if lived else None


def _valued(record: Record) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for each in record.valued.values():
        counts.update(each)
    return dict(sorted(counts.items()))


def _plan(record: Record) -> PlanReview:
    agreed = record.agreements.values()
    return PlanReview(
        agreements=len(agreed),
        how=sum(1 for agreement in agreed if agreement.how),
        with_whom=sum(1 for agreement in agreed if agreement.with_whom),
        when=sum(1 for agreement in agreed if agreement.when or agreement.due),
        candidates=len(record.candidates),
        complete=sum(1 for a in agreed if a.what and a.how and a.with_whom and (a.when or a.due)),
    )
