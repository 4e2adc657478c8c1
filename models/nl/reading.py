"""Reads the hand-written corpus: meetings, announcements, agreements, time expressions."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from companion.analysis.features import Context
from companion.vocabulary import AdviceRule, Role, SentenceKind, StepFunction

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "corpus"
BUILD = HERE / "build"
METHODS = HERE.parents[1] / "companion" / "method" / "data"
_older: ContextVar[bool] = ContextVar("older", default=False)
Part: TypeAlias = Literal["train", "dev", "test"]
PARTS: tuple[Part, ...] = ("train", "dev", "test")


@dataclass(frozen=True)
class StepRow:
    """What training needs of a step of a method."""

    function: StepFunction
    advice: AdviceRule
    texts: tuple[str, ...]
    """Its id, name and task in Dutch."""
    place: int
    """Its index in the method."""
    functions: tuple[StepFunction, ...]
    """What all steps of the method are for, in order."""


@dataclass(frozen=True)
class Line:
    """A labelled sentence with what was known when it was said."""

    id: str
    text: str
    label: SentenceKind
    tag: str
    role: Role
    step: StepRow
    previous: str
    turn_goes_on: bool

    def context(self) -> Context:
        """Role, step and sentence before."""
        return Context(
            role=self.role,
            function=self.step.function,
            previous=self.previous,
            same_voice=self.turn_goes_on,
            steps=self.step.functions,
            place=self.step.place,
        )


@dataclass(frozen=True)
class Announcement:
    """Something said about the steps, or a near miss (`target` None, `end` False)."""

    id: str
    text: str
    role: Role
    current: StepFunction | None
    target: StepFunction | None
    end: bool
    tag: str
    functions: tuple[StepFunction, ...]
    """What the steps of the method at hand are for."""
    place: int | None
    """Index of the step that the group is in; None: the meeting hasn't begun."""

    def context(self) -> Context:
        """Role and place in the meeting."""
        return Context(
            role=self.role, function=self.current, steps=self.functions, place=self.place
        )


@dataclass(frozen=True)
class Said:
    """A sentence of a compact meeting: in which step, and whether it announces that step."""

    id: str
    text: str
    role: Role
    step: StepRow
    before: StepRow
    """The step that the group was in until this was said."""
    announces: bool
    goes_on: bool
    """The same voice as the sentence before."""

    def context(self) -> Context:
        """Role and place in the meeting when this is said."""
        return Context(
            role=self.role,
            function=self.before.function,
            steps=self.step.functions,
            place=self.before.place,
        )


@dataclass(frozen=True)
class Agreement:
    """A commitment with its slots, or a near miss of kind `kind`."""

    id: str
    text: str
    role: Role
    step: str
    kind: str
    slots: dict[str, str]


@cache
def methods() -> dict[str, dict[str, StepRow]]:
    """Every method's steps by id, from the program's own data files."""
    found = {}
    for file in sorted(METHODS.glob("*.toml")):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        functions = tuple(StepFunction(step["function"]) for step in data["steps"])
        found[data["id"]] = {
            step["id"]: StepRow(
                StepFunction(step["function"]),
                AdviceRule(step.get("advice", AdviceRule.NEUTRAL)),
                (step["id"].replace("-", " "), step["name"]["nl"], step["task"]["nl"]),
                place,
                functions,
            )
            for place, step in enumerate(data["steps"])
        }
    return found


@cache
def _split() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((HERE / "split.toml").read_text(encoding="utf-8"))


def batches(kind: str, part: Part) -> list[str]:
    """The names of the files of a kind in a part."""
    split = _split()
    left_out = split["newest"][kind] if _older.get() and kind in split["newest"] else []
    return [name for name in split[kind][part] if name not in left_out]


@contextmanager
def older_only() -> Iterator[None]:
    """Within this, the files that split.toml calls the newest are not there."""
    before = _older.set(True)
    try:
        yield
    finally:
        _older.reset(before)


def _files(kind: str, part: Part) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    for name in batches(kind, part):
        file = CORPUS / kind / f"{name}.txt"
        if file.exists():  # a batch that is still being written
            text = file.read_text(encoding="utf-8")
            yield name, [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]


def _header(lines: list[tuple[int, str]], key: str) -> str:
    for _, line in lines:
        if line.startswith(f"# {key}:"):
            return line.split(":", 1)[1].split()[0]
    return ""


def meeting_lines(part: Part) -> list[Line]:
    """Every sentence of the meetings in this part, in order."""
    return [line for name, rows in _files("meetings", part) for line in _meeting(name, rows)]


def _meeting(name: str, rows: list[tuple[int, str]]) -> Iterator[Line]:
    steps = methods()[_header(rows, "method")]
    step, role, previous = "", Role.DEELNEMER, ""
    for number, row in rows:
        if row.startswith("#"):
            continue
        if row.startswith("@"):
            step = row[1:].strip()
            continue
        who, label, text, *tag = row.split("\t")
        role = role if who == "+" else Role(who)
        yield Line(
            id=f"{name}:{number}",
            text=text,
            label=SentenceKind(label),
            tag=tag[0] if tag else "",
            role=role,
            step=steps[step],
            previous=previous,
            turn_goes_on=who == "+",
        )
        previous = text


def announcements(part: Part) -> list[Announcement]:
    """Announcements and near misses of this part."""
    found = []
    for name, rows in _files("announcements", part):
        steps = methods()[_header(rows, "method")]
        functions = tuple(step.function for step in steps.values())
        for number, row in rows:
            if row.startswith("#"):
                continue
            current, who, target, text, *tag = row.split("\t")
            found.append(
                Announcement(
                    id=f"{name}:{number}",
                    text=text,
                    role=Role(who),
                    current=steps[current].function if current in steps else None,
                    target=steps[target].function if target in steps else None,
                    end=target == "einde",
                    tag=tag[0] if tag else "",
                    functions=functions,
                    place=steps[current].place if current in steps else None,
                )
            )
    return found


_ROLES = {"b": Role.BEGELEIDER, "i": Role.INBRENGER, "d": Role.DEELNEMER}


def step_meetings(part: Part) -> list[Said]:
    """Every sentence of the compact meetings in this part, in order."""
    return [said for name, rows in _files("steps", part) for said in _compact(name, rows)]


def _compact(name: str, rows: list[tuple[int, str]]) -> Iterator[Said]:
    steps = methods()[_header(rows, "method")]
    step = before = next(iter(steps.values()))
    role: Role | None = None
    for number, row in rows:
        if row.startswith(("#", "~")):
            continue
        if row.startswith("@"):
            before, step = step, steps[row[1:].strip()]
            continue
        who, text = row.split(" ", 1)
        spoke, role = role, role if who == "+" else _ROLES[who[0]]
        if role is None:
            raise ValueError(f"{name}:{number}: nobody spoke before")
        yield Said(
            id=f"{name}:{number}",
            text=text,
            role=role,
            step=step,
            before=before,
            announces=who.endswith("!"),
            goes_on=who == "+" or (role is spoke and role is not Role.DEELNEMER),
        )
        before = step


def agreements(part: Part) -> list[Agreement]:
    """Agreements and near misses of this part."""
    found = []
    for name, rows in _files("agreements", part):
        for number, row in rows:
            if row.startswith("#"):
                continue
            who, step, kind, text, *slots = row.split("\t")
            pairs = dict(slot.split("=", 1) for slot in slots if "=" in slot)
            found.append(Agreement(f"{name}:{number}", text, Role(who), step, kind, pairs))
    return found
