"""How well agreements and a trainer's counts come out of the scenario meetings.

`python -m tests.scenarios.plans [--dev]` prints the test part unless --dev asks for the other.
An agreement is found when a candidate came from its sentence; its parts are compared with
the marked ones. A moment that resolves is right by its day, another by its words.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from companion.analysis.times import resolve
from companion.analysis.words import words
from companion.events import AgreementHeard
from companion.method.definitions import load_methods
from companion.method.review import Review, review
from companion.replaying.opening import role_of
from companion.replaying.run import Replay
from companion.vocabulary import (
    ADVICE_KINDS,
    QUESTION_KINDS,
    AdviceRule,
    QuestionRule,
    Role,
    SentenceKind,
)
from tests.scenarios.evaluate import play
from tests.scenarios.reading import Scenario, Sentence, read_scenario, scenario_files

_AROUND = 3.0
"""Seconds that a candidate may lie outside its sentence."""
_SAME_WORDS = 0.6
"""Share of words from which two phrases name the same."""
TODAY = date(2027, 3, 31)
"""The day on which moments are compared."""
_SMALL = frozenset(words("de het 't een mijn m'n die dat onze met bij aan"))
_NOTHING = float("nan")
_COUNTS = ("open_share", "early_advice", "first_early", "leading", "questions")


@dataclass(frozen=True)
class Parts:
    """What an agreement is, as marked or as found."""

    what: str
    whom: str
    when: str


@dataclass(frozen=True)
class Judged:
    """Agreements of one meeting: marked, proposed, and which met; parts of those that met."""

    marked: int
    proposed: int
    right: int
    met: tuple[tuple[Parts, Parts], ...]


def agreements_of(scenario: Scenario, replay: Replay) -> Judged:
    """Compare the candidates that are left at the end with the marks."""
    kept = replay.meeting.record.candidates
    moments: dict[int, list[float]] = {}
    for event in replay.events:
        if isinstance(event, AgreementHeard) and event.candidate in kept:
            moments.setdefault(event.candidate, []).append(event.at)
    marked = [(s, parts) for s in scenario.sentences if (parts := _marked(s))]
    met, used = [], set[int]()
    for sentence, parts in marked:
        near = [n for n, at in moments.items() if n not in used and _within(sentence, at)]
        if near:
            used.add(near[0])
            met.append((parts, _found(kept[near[0]])))
    right = sum(
        any(_within(sentence, moments[n][:1]) for sentence, _ in marked) or n in used for n in kept
    )
    return Judged(len(marked), len(kept), right, tuple(met))


def _within(sentence: Sentence, moments: Iterable[float]) -> bool:
    return any(sentence.at - _AROUND <= at <= sentence.until + _AROUND for at in moments)


def _marked(sentence: Sentence) -> Parts | None:
    mark = next((m for m in sentence.marks if m.startswith("afspraak")), None)
    if mark is None:
        return None
    pairs = [pair.partition("=") for pair in mark.removeprefix("afspraak").strip().split("|")]
    said = {name.strip(): value.strip() for name, _, value in pairs}
    return Parts(said.get("what", ""), said.get("with", ""), said.get("when", ""))


def _found(candidate: AgreementHeard) -> Parts:
    return Parts(candidate.what, candidate.with_whom, candidate.when)


def same_words(one: str, other: str) -> bool:
    """Whether two phrases share most of their words, small ones left out."""
    first, second = set(words(one)) - _SMALL, set(words(other)) - _SMALL
    if not first or not second:
        return first == second
    return 2 * len(first & second) / (len(first) + len(second)) >= _SAME_WORDS


def same_moment(one: str, other: str, today: date) -> bool:
    """Whether two phrases mean the same day, or say the same where no day can be told."""
    days = [_day(resolve(said, today)) if said else None for said in (one, other)]
    if days[0] is not None:
        return days[0] == days[1]
    return same_words(one, other)


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def true_counts(scenario: Scenario) -> dict[str, float]:
    """A trainer's counts by the marked labels and the true steps; minutes and numbers."""
    steps = {step.id: step for step in load_methods()[scenario.method].steps}
    said = [(turn.speaker, sentence) for turn in scenario.turns for sentence in turn.sentences]
    asked = [s for _, s in said if s.label in QUESTION_KINDS]
    fitting = [s for s in asked if steps[s.step].questions is QuestionRule.OPEN]
    early = [
        s.at / 60
        for speaker, s in said
        if s.label in ADVICE_KINDS
        and steps[s.step].advice is AdviceRule.NEE
        and role_of(speaker) not in {Role.INBRENGER, Role.BEGELEIDER}
    ]
    openly = sum(s.label is SentenceKind.OPEN for s in fitting)
    return {
        "open_share": openly / len(fitting) if fitting else _NOTHING,
        "early_advice": float(len(early)),
        "first_early": min(early, default=_NOTHING),
        "leading": float(sum(s.label is SentenceKind.SUGGESTIEF for s in asked)),
        "questions": float(len(asked)),
    }


def seen_counts(found: Review) -> dict[str, float]:
    """The same counts as the review tells them."""
    return {
        "open_share": _NOTHING if found.open_share is None else found.open_share,
        "early_advice": float(found.early_advice),
        "first_early": _NOTHING if found.first_early is None else found.first_early,
        "leading": float(found.leading),
        "questions": float(sum(sum(step.questions.values()) for step in found.steps)),
    }


def correlation(pairs: Sequence[tuple[float, float]]) -> float:
    """Pearson's r; not a number where one side does not vary."""
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    if len(pairs) < 3 or len(set(first)) < 2 or len(set(second)) < 2:
        return float("nan")
    return statistics.correlation(first, second)


@dataclass(frozen=True)
class Played:
    """One meeting: what it was in, its agreements, and its counts as they are and were seen."""

    text: str
    judged: Judged
    true: dict[str, float]
    seen: dict[str, float]


def played(scenario: Scenario, replay: Replay) -> Played:
    """Compare what came of a scenario with its marks."""
    found = review(replay.meeting.record, scenario.duration)
    return Played(
        text=scenario.header.get("text", "clean"),
        judged=agreements_of(scenario, replay),
        true=true_counts(scenario),
        seen=seen_counts(found),
    )


def agreement_lines(meetings: Sequence[Played]) -> list[str]:
    """Figures of the agreements over these meetings."""
    judged = [meeting.judged for meeting in meetings]
    met = [pair for one in judged for pair in one.met]
    whens = [same_moment(true.when, found.when, TODAY) for true, found in met if true.when]
    whoms = [same_words(true.whom, found.whom) for true, found in met if true.whom]
    rows = [
        ("agreements recall", len(met), sum(one.marked for one in judged)),
        ("agreements precision", sum(one.right for one in judged), sum(o.proposed for o in judged)),
        ("wanneer right, of those found", sum(whens), len(whens)),
        ("met wie right, of those found", sum(whoms), len(whoms)),
    ]
    return [
        f"{name:34}{part / whole if whole else _NOTHING:.3f} of {whole}"
        for name, part, whole in rows
    ]


def count_lines(meetings: Sequence[Played]) -> list[str]:
    """Each count's mean absolute error and its correlation over these meetings."""
    lines = []
    for name in _COUNTS:
        pairs = [(m.true[name], m.seen[name]) for m in meetings]
        known = [(true, seen) for true, seen in pairs if true == true and seen == seen]  # noqa: PLR0124
        error = statistics.fmean(abs(true - seen) for true, seen in known) if known else _NOTHING
        lines.append(f"{name:34}error {error:.3f}  r {correlation(known):.3f}  of {len(known)}")
    return lines


def main() -> None:
    """Print the figures of one part."""
    scenarios = [read_scenario(path) for path in scenario_files(test="--dev" not in sys.argv)]
    meetings = [played(scenario, play(scenario)) for scenario in scenarios]
    for text in ("clean", "whisper"):
        part = [meeting for meeting in meetings if meeting.text == text]
        if part:
            print(f"\n{'development' if '--dev' in sys.argv else 'test'} part, text: {text}")
            print("\n".join([*agreement_lines(part), *count_lines(part)]))


if __name__ == "__main__":
    main()
