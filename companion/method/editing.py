"""Changes to an own method, as values: copy, move a step, put one in, take one out. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from msgspec.structs import replace

from companion.method.definitions import MAX_NAME
from companion.vocabulary import Method, Step, Text


def copy_of(method: Method, taken: Collection[str]) -> Method:
    """A copy with an id and a name of its own."""
    name = Text(
        nl=f"{method.name.nl} (eigen)"[:MAX_NAME],
        en=f"{method.name.in_language('en')} (own)"[:MAX_NAME],
    )
    return replace(method, id=free_id(method.id, taken), name=name)


def free_id(name: str, taken: Collection[str]) -> str:
    """An id made of `name` that nobody has: a-z, 0-9 and hyphens, numbered where it must be."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: MAX_NAME - 4].strip("-") or "stap"
    number = 2
    found = made
    while found in taken:
        found = f"{made}-{number}"
        number += 1
    return found


def place_of(method: Method, step: str) -> int | None:
    """Index of the step with this id."""
    return next((i for i, each in enumerate(method.steps) if each.id == step), None)


def moved(method: Method, step: str, by: int) -> Method:
    """The step `by` places further on (negative: back), as far as there are places."""
    here = place_of(method, step)
    if here is None:
        return method
    steps = list(method.steps)
    steps.insert(min(max(here + by, 0), len(steps) - 1), steps.pop(here))
    return replace(method, steps=tuple(steps))


def with_new_step(method: Method, step: Step, after: str = "") -> Method:
    """With one step more, behind the step `after` (unknown: at the end); its id is made here."""
    made = replace(step, id=free_id(step.name.nl, [each.id for each in method.steps]))
    behind = place_of(method, after)
    at = len(method.steps) if behind is None else behind + 1
    return replace(method, steps=(*method.steps[:at], made, *method.steps[at:]))


def with_changed_step(method: Method, step: Step) -> Method:
    """With `step` in the place of the one with its id."""
    return replace(method, steps=tuple(step if e.id == step.id else e for e in method.steps))


def without_step(method: Method, step: str) -> Method:
    """Without the step of this id."""
    return replace(method, steps=tuple(each for each in method.steps if each.id != step))
