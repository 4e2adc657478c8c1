"""What is wrong with a method, field by field, so that a form or a file can be mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from companion.errors import MethodError
from companion.vocabulary import Method, Step, Text


class FaultKind(StrEnum):
    """Why a field is refused."""

    EMPTY = "empty"
    LONG = "long"
    ID = "id"
    MINUTES = "minutes"
    TWICE = "twice"
    STEPS = "steps"
    NO_STEP_INSIDE = "no-step-inside"
    CHOICE = "choice"
    TYPE = "type"
    MISSING = "missing"
    UNKNOWN = "unknown"
    TOML = "toml"
    SIZE = "size"


class Fault(msgspec.Struct, frozen=True):
    """`where` is the path in the file, such as "steps[2].minutes"; `said` is plain English."""

    where: str
    kind: FaultKind
    said: str
    detail: str = ""
    """What is allowed, or what was found there."""


class MethodFaultError(MethodError):
    """A definition that can't be used; the message tells its first fault."""

    def __init__(self, source: str, faults: Sequence[Fault]) -> None:
        first = faults[0]
        where = f"{first.where}: " if first.where else ""
        super().__init__("method.field", f"{source}: {where}{first.said}")
        self.faults = tuple(faults)


_MISSING = re.compile(r"missing required field `(\w+)`")
_UNKNOWN = re.compile(r"unknown field `(.+?)`")
_PLACE = re.compile(r"at line (\d+), column (\d+)")


def toml_fault(message: str) -> Fault:
    """From tomllib's message; `detail` is "line,column" where it tells them."""
    place = _PLACE.search(message)
    detail = f"{place[1]},{place[2]}" if place else ""
    return Fault("", FaultKind.TOML, f"is not valid TOML: {message}", detail)


def type_fault(message: str) -> Fault:
    """From msgspec's message: "Invalid enum value 'x' - at `$.steps[2].floor`"."""
    what, _, at = message.partition(" - at ")
    where = at.strip("`").removeprefix("$").removeprefix(".")
    for pattern, kind in ((_MISSING, FaultKind.MISSING), (_UNKNOWN, FaultKind.UNKNOWN)):
        if found := pattern.search(what):
            place = f"{where}.{found[1]}" if where else found[1]
            said = "is missing" if kind is FaultKind.MISSING else "is no field of a method"
            return Fault(place, kind, said)
    allowed = _allowed(where)
    if allowed:
        return Fault(where, FaultKind.CHOICE, f"{what} (allowed: {allowed})", allowed)
    return Fault(where or "method", FaultKind.TYPE, what)


def _allowed(where: str) -> str:
    """The values that an enum field of a step takes."""
    name = where.rpartition(".")[2]
    for known in msgspec.structs.fields(Step):
        values = getattr(known.type, "__members__", None)
        if known.name == name and values:
            return ", ".join(f"“{v.value}”" for v in values.values())
    return ""


def texts_of(thing: Method | Step) -> list[tuple[str, str]]:
    """Every text with its path in `thing`: ("name.nl", "Vragen")."""
    found = []
    for name in thing.__struct_fields__:
        value = getattr(thing, name)
        if isinstance(value, Text):
            found += [(f"{name}.nl", value.nl), (f"{name}.en", value.en)]
    return found
