"""The forms of a method and of one of its steps: as filled in, as values, and their faults.

A form is a dict of field name to text, so that a refused one is shown again as it was typed.
Field names follow the path in the file: "name.nl" is the field `name-nl`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import StrEnum

from msgspec.structs import replace

from companion.dashboard.forms import Form
from companion.method.definitions import MAX_MINUTES, MAX_NAME, MAX_TEXT, faults_of, step_faults
from companion.method.faults import Fault, FaultKind
from companion.vocabulary import (
    AdviceRule,
    Floor,
    InbrengerPart,
    Method,
    QuestionRule,
    Step,
    StepFunction,
    Text,
    Writing,
)

Filled = dict[str, str]

CHOICES: dict[str, type[StrEnum]] = {
    "function": StepFunction,
    "floor": Floor,
    "inbrenger": InbrengerPart,
    "questions": QuestionRule,
    "advice": AdviceRule,
    "write": Writing,
}
FLAGS = ("in_turn", "discussion", "plan", "look_back", "outside")
_MORE = 100
"""Characters read beyond the longest, so that a text that is too long is shown whole."""

BLANK = Step(
    id="",
    name=Text(nl=""),
    task=Text(nl=""),
    minutes=10,
    floor=Floor.ALLEN,
    questions=QuestionRule.ANY,
    function=StepFunction.BESPREKEN,
)
"""What the form of a new step begins with."""


def field_of(where: str) -> str:
    """The form's field for a path in the file: "task.en" is `task-en`."""
    return where.replace(".", "-").replace("_", "-")


# ── a step ────────────────────────────────────────────────────────────────────


def filled_step(step: Step) -> Filled:
    """The form of this step."""
    filled = _filled_texts({"name": step.name, "task": step.task})
    filled["minutes"] = number(step.minutes)
    filled |= {name: str(getattr(step, name).value) for name in CHOICES}
    return filled | {field_of(name): "yes" if getattr(step, name) else "" for name in FLAGS}


def typed_step(form: Form) -> Filled:
    """The form as it was sent."""
    filled = {name: form.text(name, MAX_NAME + _MORE) for name in ("name-nl", "name-en")}
    filled |= {name: form.text(name, MAX_TEXT + _MORE) for name in ("task-nl", "task-en")}
    filled["minutes"] = form.text("minutes", 12)
    return filled | {name: form.text(name, 40) for name in (*CHOICES, *map(field_of, FLAGS))}


def step_from(filled: Filled, base: Step) -> tuple[Step, list[Fault]]:
    """`base` with what the form says, and what is wrong with it."""
    faults: list[Fault] = []
    minutes = minutes_from(filled["minutes"])
    changed = {
        "name": Text(nl=filled["name-nl"], en=filled["name-en"]),
        "task": Text(nl=filled["task-nl"], en=filled["task-en"]),
        "minutes": minutes,
        "estimated": base.estimated and minutes == base.minutes,
        **{name: filled[field_of(name)] == "yes" for name in FLAGS},
    }
    for name, kind in CHOICES.items():
        if filled[name] in {member.value for member in kind}:
            changed[name] = kind(filled[name])
        else:
            faults.append(Fault(name, FaultKind.CHOICE, "is none of the choices"))
    step = replace(base, **changed)
    return step, [*step_faults(step), *faults]


# ── a method ──────────────────────────────────────────────────────────────────


def filled_method(method: Method) -> Filled:
    """The form of this method."""
    filled = _filled_texts({"name": method.name, "summary": method.summary})
    filled["advice-never"] = "yes" if method.advice_never else ""
    return filled | {f"minutes-{step.id}": number(step.minutes) for step in method.steps}


def typed_method(form: Form, method: Method) -> Filled:
    """The form as it was sent."""
    filled = {name: form.text(name, MAX_NAME + _MORE) for name in ("name-nl", "name-en")}
    filled |= {name: form.text(name, MAX_TEXT + _MORE) for name in ("summary-nl", "summary-en")}
    filled["advice-never"] = form.text("advice-never", 4)
    fields = [f"minutes-{step.id}" for step in method.steps]
    return filled | {name: form.text(name, 12) for name in fields}


def method_from(filled: Filled, base: Method) -> tuple[Method, list[Fault]]:
    """`base` with what the form says; faults of a step's minutes have `where` minutes-<id>."""
    method = replace(
        base,
        name=Text(nl=filled["name-nl"], en=filled["name-en"]),
        summary=Text(nl=filled["summary-nl"], en=filled["summary-en"]),
        advice_never=filled["advice-never"] == "yes",
        steps=tuple(_with_minutes(step, filled[f"minutes-{step.id}"]) for step in base.steps),
    )
    return method, list(_at_fields(faults_of(method), method))


def _with_minutes(step: Step, text: str) -> Step:
    minutes = minutes_from(text)
    if minutes == step.minutes:
        return step
    return replace(step, minutes=minutes, estimated=False)


def _at_fields(faults: Iterable[Fault], method: Method) -> Iterable[Fault]:
    for fault in faults:
        head, _, field = fault.where.partition("].")
        if not field:
            yield fault
            continue
        step = method.steps[int(head.removeprefix("steps["))]
        yield Fault(f"{field}-{step.id}", fault.kind, fault.said, fault.detail)


def _filled_texts(texts: dict[str, Text]) -> Filled:
    return {f"{name}-nl": text.nl for name, text in texts.items()} | {
        f"{name}-en": text.en for name, text in texts.items()
    }


def minutes_from(text: str) -> float:
    """Minutes with a comma or a point; 0, which no step has, for what is no number of them."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return 0.0
    return round(value, 2) if math.isfinite(value) and 0 < value <= MAX_MINUTES else 0.0


def number(value: float) -> str:
    """A number as a number field wants it: "7.5", "10"."""
    return f"{value:g}"
