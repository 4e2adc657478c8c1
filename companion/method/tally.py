"""What was heard, per step: questions, advice, turns. Counts and times, never words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import msgspec

from companion.events import AdviceHeard, QuestionHeard, TurnHeard
from companion.vocabulary import ADVICE_KINDS, AdviceRule, Method, Role, SentenceKind, Step

Spoken: TypeAlias = QuestionHeard | AdviceHeard | TurnHeard
SpeakerKey: TypeAlias = tuple[Role | None, int | None]

SURE_ADVICE = 0.5
"""Advice less likely than this counts in the list, but not as too early."""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A question or advice sentence and what the method says of it."""

    at: float
    kind: Literal["question", "advice"]
    label: SentenceKind
    step: int
    voice: int | None
    role: Role | None
    too_early: bool


def too_early(method: Method, step: Step, label: SentenceKind) -> bool:
    """Advice, plain or disguised, where this method has no place for it."""
    if label not in ADVICE_KINDS:
        return False
    return step.advice is AdviceRule.NEE or method.advice_never


@dataclass
class StepTally:
    """What was heard in one step, in order of hearing."""

    questions: list[QuestionHeard] = field(default_factory=list)
    advice: list[AdviceHeard] = field(default_factory=list)
    early: list[AdviceHeard] = field(default_factory=list)
    turns: list[TurnHeard] = field(default_factory=list)
    seconds: dict[SpeakerKey, float] = field(default_factory=dict)

    def kinds(self) -> Counter[SentenceKind]:
        """How many questions of each kind."""
        return Counter(question.label for question in self.questions)

    def stacked(self) -> int:
        """Turns with two or more questions in them."""
        return sum(1 for question in self.questions if question.in_turn == 2)

    def seconds_of(self, role: Role | None) -> float:
        """Speech of one role (None: of unknown voices)."""
        return sum(seconds for (who, _), seconds in self.seconds.items() if who is role)

    def members(self) -> dict[int, float]:
        """Speech per voice of those who are neither begeleider nor inbrenger."""
        out: dict[int, float] = {}
        for (role, voice), seconds in self.seconds.items():
            if voice is not None and role in (None, Role.DEELNEMER):
                out[voice] = out.get(voice, 0.0) + seconds
        return out


@dataclass
class Tally:
    """All that was heard, sorted by step. Add in any order; `sort_again` after a correction."""

    method: Method
    steps: tuple[Step, ...]
    by_step: list[StepTally] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.by_step:
            self.by_step = [StepTally() for _ in self.steps]

    def add(self, finding: Spoken, step: int) -> None:
        """Count a finding (its role already resolved) in the step in which it was said."""
        tally = self.by_step[step]
        match finding:
            case QuestionHeard():
                tally.questions.append(finding)
                self._judge(finding, step, early=False)
            case AdviceHeard():
                own_plan = finding.role is Role.INBRENGER
                early = (
                    not own_plan
                    and finding.probability >= SURE_ADVICE
                    and too_early(self.method, self.steps[step], finding.label)
                )
                tally.advice.append(finding)
                if early:
                    tally.early.append(finding)
                self._judge(finding, step, early=early)
            case TurnHeard():
                tally.turns.append(finding)
                key = (finding.role, finding.voice)
                length = max(finding.until - finding.at, 0.0)
                tally.seconds[key] = tally.seconds.get(key, 0.0) + length

    def _judge(self, finding: QuestionHeard | AdviceHeard, step: int, *, early: bool) -> None:
        self.judged.append(
            Judged(
                at=finding.at,
                kind="question" if isinstance(finding, QuestionHeard) else "advice",
                label=finding.label,
                step=step,
                voice=finding.voice,
                role=finding.role,
                too_early=early,
            )
        )

    def first_early(self) -> float | None:
        """Meeting time of the first advice that came too early."""
        return min((a.at for step in self.by_step for a in step.early), default=None)


def tally_of(method: Method, steps: tuple[Step, ...], heard: Iterable[tuple[Spoken, int]]) -> Tally:
    """The tally of findings, each with the step in which it was said."""
    tally = Tally(method, steps)
    for finding, step in heard:
        tally.add(finding, step)
    return tally
