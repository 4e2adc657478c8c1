"""Prints the figures of the built pipeline on the test part, and writes them as JSON.

Run from the repository's root: python -m models.nl.evaluate [--part dev] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from companion.analysis.agreement import AGREED, ENOUGH, OTHER, AgreementComponent
from companion.analysis.agreement_slots import SLOTS, slots_in
from companion.analysis.analyser import Analyser
from companion.analysis.commands import command_in
from companion.analysis.features import NO_CONTEXT, Context
from companion.analysis.pipeline import load
from companion.analysis.sentence_boundaries import SentenceBoundaries
from companion.analysis.sentence_kind import SentenceKindComponent
from companion.analysis.step_announcement import (
    NOTHING,
    WITHDRAWN,
    StepAnnouncementComponent,
    decided,
)
from companion.analysis.times import resolve
from companion.speech.heard import Heard
from companion.vocabulary import AdviceRule, SentenceKind, StepFunction
from models.nl.examples import ordinary
from models.nl.joining import joined, sentences
from models.nl.measuring import (
    Pair,
    calibration_error,
    grouped,
    interval,
    macro_f1,
    score,
)
from models.nl.reading import (
    CORPUS,
    Announcement,
    Line,
    Part,
    agreements,
    announcements,
    meeting_lines,
)
from models.nl.versions import noise, real_readings, unmarked

Part_ = TypeVar("Part_")
Reading = Callable[[str, str], str]
"""(id, text) → the text as it is met."""
ADVICE = {"advies", "verkapt_advies"}
figures: dict[str, float] = {}


def say(name: str, value: float, low: float | None = None, high: float | None = None) -> None:
    """Print a figure and keep it for the JSON."""
    figures[name] = round(value, 4)
    span = "" if low is None else f"  [{low:.3f}, {high:.3f}]"
    print(f"{name:58} {value:8.3f}{span}")


def readings(part: Part) -> dict[str, Reading]:
    """The forms in which the test part is met."""
    rng = random.Random(99)  # noqa: S311 (no secret)
    real = real_readings(part)
    return {
        "clean": lambda _, text: text,
        "no question mark": lambda _key, text: unmarked(text),
        "distorted": lambda _, text: noise().distort(text, rng),
        "heard": lambda key, _text: real.get(key, ""),
    }


def met(rows: Iterable[Line], read: Reading) -> list[tuple[Line, str]]:
    """The lines with their text as met; those without a reading are left out."""
    found = ((row, read(row.id, row.text)) for row in rows)
    return [(row, text) for row, text in found if text.strip()]


def part_of(name: str, kind: type[Part_]) -> Part_:
    """A component of the loaded pipeline."""
    component: object = load().get_pipe(name)
    if not isinstance(component, kind):
        raise TypeError(name)
    return component


def kinds(part: Part) -> None:
    """Sentence kinds, by class and grouped, and advice that comes too early."""
    component = part_of("sentence_kind", SentenceKindComponent)
    labels = component.kinds
    for name, read in readings(part).items():
        rows = met(meeting_lines(part), read)
        if not rows:
            continue
        for knowing in (False, True):
            title = f"kinds, {name}, {'role and step' if knowing else 'no context'}"
            contexts = [line.context() if knowing else NO_CONTEXT for line, _ in rows]
            scores = component.scores([text for _, text in rows], contexts)
            pairs = [
                (str(line.label), labels[int(found.argmax())])
                for (line, _), found in zip(rows, scores, strict=True)
            ]
            print(f"\n{title}: {len(pairs)} sentences")
            by_class(pairs)
            say(f"{title}: macro-F1", macro_f1(pairs), *interval(pairs, macro_f1))
            joined = grouped(pairs)
            say(f"{title}: grouped macro-F1", macro_f1(joined), *interval(joined, macro_f1))
            sure = [
                (float(found.max()), true == called)
                for found, (true, called) in zip(scores, pairs, strict=True)
            ]
            say(f"{title}: calibration error", calibration_error(sure))
            if knowing:
                too_early([line for line, _ in rows], pairs, title)


def by_class(pairs: Sequence[Pair]) -> None:
    """One line per label, F1 with its interval."""
    for kind in SentenceKind:
        low, high = interval(pairs, lambda drawn, kind=kind: score(drawn, kind).f1)  # type: ignore[misc]
        print(f"  {kind:15} {score(pairs, kind)}  [{low:.3f}, {high:.3f}]")


def too_early(lines: Sequence[Line], pairs: Sequence[Pair], title: str) -> None:
    """Advice, explicit or disguised, in a step where advice is too early."""
    early = [
        tuple(
            "early" if label in ADVICE and line.step.advice is AdviceRule.NEE else "-"
            for label in pair
        )
        for line, pair in zip(lines, pairs, strict=True)
    ]
    found: list[Pair] = [(true, called) for true, called in early]
    print(f"  advice too early {score(found, 'early')}")
    low, high = interval(found, lambda drawn: score(drawn, "early").f1)
    say(f"{title}: advice too early F1", score(found, "early").f1, low, high)


def moved(
    component: StepAnnouncementComponent, text: str, context: Context
) -> tuple[str, dict[StepFunction, float]]:
    """The decision on a whole text, and the functions' probabilities."""
    functions = component.function_scores(text)
    return decided(component.move_scores(text, context, functions)), functions


def steps(part: Part) -> None:
    """Announcements against near misses; the step that was meant; false alarms elsewhere."""
    component = part_of("step_announcement", StepAnnouncementComponent)
    for name, read in readings(part).items():
        rows = [(row, read(row.id, row.text)) for row in announcements(part)]
        rows = [(row, text) for row, text in rows if text.strip()]
        if not rows:
            continue
        pairs, right = [], []
        for row, text in rows:
            called, functions = moved(component, text, Context(role=row.role, function=row.current))
            going = called not in {NOTHING, WITHDRAWN}
            pairs.append(("yes" if row.target or row.end else "no", "yes" if going else "no"))
            if row.target and going:
                right.append(meant(row, functions))
        print(f"\nannouncements, {name}: {score(pairs, 'yes')}")
        say(f"announcements, {name}: precision", score(pairs, "yes").precision,
            *interval(pairs, lambda drawn: score(drawn, "yes").precision))  # fmt: skip
        say(f"announcements, {name}: recall", score(pairs, "yes").recall,
            *interval(pairs, lambda drawn: score(drawn, "yes").recall))  # fmt: skip
        say(f"announcements, {name}: right step of those found", statistics.mean(right or [0]))
    texts = list(ordinary(part))
    alarms = sum(
        moved(component, text, Context(role=c.role, function=c.function))[0]
        not in {NOTHING, WITHDRAWN}
        for text, c in texts
    )
    say("announcements: false alarms in 1,000 ordinary sentences", 1000 * alarms / len(texts))


def meant(row: Announcement, functions: dict[StepFunction, float]) -> bool:
    """Whether the likeliest function among those of the method is the one meant."""
    here = {name: p for name, p in functions.items() if name in row.functions}
    return max(here, key=lambda name: here[name]) is row.target


def plans(part: Part) -> None:
    """Agreements against near misses, and their parts."""
    component = part_of("agreement", AgreementComponent)
    for name, read in readings(part).items():
        rows = [(row, read(row.id, row.text)) for row in agreements(part)]
        rows = [(row, text) for row, text in rows if text.strip()]
        if not rows:
            continue
        pairs = [
            (
                AGREED if row.kind == AGREED else OTHER,
                AGREED if component.probability(text, Context(role=row.role)) >= ENOUGH else OTHER,
            )
            for row, text in rows
        ]
        print(f"\nagreements, {name}: {score(pairs, AGREED)}")
        say(f"agreements, {name}: precision", score(pairs, AGREED).precision,
            *interval(pairs, lambda drawn: score(drawn, AGREED).precision))  # fmt: skip
        say(f"agreements, {name}: recall", score(pairs, AGREED).recall,
            *interval(pairs, lambda drawn: score(drawn, AGREED).recall))  # fmt: skip
    texts = [line for line in meeting_lines(part) if line.step.advice is AdviceRule.NEE]
    alarms = sum(
        component.probability(line.text, line.context()) >= ENOUGH
        and line.label is SentenceKind.NEUTRAAL
        for line in texts
    )
    say("agreements: false alarms in 1,000 sentences before advice", 1000 * alarms / len(texts))
    slots(component, part)


def slots(component: AgreementComponent, part: Part) -> None:
    """The parts of the true agreements: found at all, and word for word."""
    rows = [row for row in agreements(part) if row.kind == AGREED]
    found = [slots_in(component.model("slots"), row.text) for row in rows]
    print()
    for slot in ("what", *SLOTS):
        got = [getattr(one, "with_whom" if slot == "with" else slot) for one in found]
        pairs = [
            ("yes" if row.slots.get(slot) else "no", said, row.slots.get(slot, ""))
            for row, said in zip(rows, got, strict=True)
        ]
        overlapping = sum(bool(said and true and shared(said, true)) for _, said, true in pairs)
        truly = sum(bool(true) for _, _, true in pairs)
        called = sum(bool(said) for _, said, _ in pairs) if slot != "what" else truly
        exact = sum(bool(said and said == true) for _, said, true in pairs)
        print(f"slot {slot:5} n = {truly}, word for word {exact}")
        say(f"slot {slot}: precision (words shared)", overlapping / max(called, 1))
        say(f"slot {slot}: recall (words shared)", overlapping / max(truly, 1))


def shared(said: str, true: str) -> bool:
    """At least half of the words of the annotated part are there."""
    first, second = set(said.lower().split()), set(true.lower().split())
    return 2 * len(first & second) >= len(second)


def boundaries(part: Part) -> None:
    """Two sentences without the mark between them; and single ones that are cut wrongly."""
    component = part_of("sentence_boundaries", SentenceBoundaries)
    rng = random.Random(9)  # noqa: S311 (no secret)
    hits = called = truly = 0
    for cut in sentences(part):
        text, starts = joined(cut, rng)
        found = set(component.starts(text)) - {0}
        hits, called, truly = (
            hits + len(found & set(starts)),
            called + len(found),
            truly + len(starts),
        )
    print()
    say("boundaries without a mark: precision", hits / max(called, 1))
    say("boundaries without a mark: recall", hits / max(truly, 1))
    lines = meeting_lines(part)
    wrong = sum(len(list(component.starts(line.text))) > 1 for line in lines)
    say("boundaries: sentences cut wrongly, in 1,000", 1000 * wrong / len(lines))


def dates(half: int = 1) -> None:
    """Time expressions that the grammar was not tuned on (every second line)."""
    rows = (CORPUS / "time_expressions.txt").read_text("utf-8").splitlines()[half::2]
    right = 0
    for row in rows:
        expression, today, expected = row.split("\t")
        found = resolve(expression, date.fromisoformat(today))
        moment = isinstance(found, datetime)
        text = "-" if found is None else found.strftime("%Y-%m-%d %H:%M" if moment else "%Y-%m-%d")
        right += text == expected
    print()
    say(f"time expressions right (of {len(rows)} not tuned on)", right / len(rows))


def activations(part: Part) -> None:
    """Commands found in speech that holds none, with and without a spoken wake word."""
    texts = [text for text, _ in ordinary(part)] + [row.text for row in announcements(part)]
    heard = [*texts, *real_readings(part).values()]
    say(
        "commands: false activations in all ordinary speech", sum(map(bool, map(command_in, heard)))
    )
    print(
        f"  ({len(heard)} utterances, about {sum(len(t.split()) for t in heard) / 9000:.1f} hours)"
    )


def speed(part: Part) -> None:
    """Milliseconds a sentence with everything on, one sentence an utterance."""
    analyser = Analyser()
    lines = meeting_lines(part)
    times = []
    for number, line in enumerate(lines):
        begun = time.perf_counter()
        analyser.analyse(Heard(at=number, until=number + 1, text=line.text, role=line.role))
        times.append(1000 * (time.perf_counter() - begun))
    print()
    say("speed: median milliseconds a sentence", statistics.median(times))


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("dev", "test"), default="test")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    begun = time.perf_counter()
    load()
    print(f"part {given.part}")
    say("speed: seconds to load", time.perf_counter() - begun)
    kinds(given.part)
    steps(given.part)
    plans(given.part)
    boundaries(given.part)
    dates()
    activations(given.part)
    speed(given.part)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
