"""Methods from their data files: the eight that ship, and a user's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from companion.errors import MethodError
from companion.vocabulary import Method, Step

_SHIPPED = Path(__file__).parent / "data"
_ORDER = (
    "incident",
    "roddel",
    "vijfstappen",
    "socratisch",
    "balint",
    "crea",
    "zesstappen",
    "werkplek",
)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_STEPS = 30
MAX_MINUTES = 240.0


class MethodProblem(msgspec.Struct, frozen=True):
    """A user's file that could not be used, and why."""

    file: str
    message: str


class Methods(msgspec.Struct, frozen=True):
    """The usable methods by id, and the files that were left out."""

    by_id: dict[str, Method]
    problems: tuple[MethodProblem, ...] = ()

    def named(self, name: str) -> Method:
        """The method with this id; MethodError says which exist."""
        try:
            return self.by_id[name]
        except KeyError:
            raise MethodError(
                "method.unknown", f"There is no method “{name}”", f"Choose: {', '.join(self.by_id)}"
            ) from None


def read_methods(config_dir: Path | None = None) -> Methods:
    """The shipped methods, with `config_dir`/methods/*.toml added or put in their place."""
    found = {name: parse_method(_text(_SHIPPED / f"{name}.toml"), name) for name in _ORDER}
    problems: list[MethodProblem] = []
    for file in _own_files(config_dir):
        try:
            method = parse_method(_text(file), file.name)
        except MethodError as error:
            problems.append(MethodProblem(file.name, str(error)))
        else:
            found[method.id] = method
    return Methods(found, tuple(problems))


def load_methods(config_dir: Path | None = None) -> dict[str, Method]:
    """As `read_methods`, for who has no use for the problems."""
    return read_methods(config_dir).by_id


def parse_method(text: str, source: str) -> Method:
    """A method from its TOML text; MethodError names `source`, the field and what is allowed."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MethodError("method.toml", f"{source} is not valid TOML: {error}") from error
    try:
        method = msgspec.convert(data, Method)
    except msgspec.ValidationError as error:
        raise MethodError("method.field", f"{source}: {_readable(str(error))}") from error
    check_method(method, source)
    return method


def check_method(method: Method, source: str) -> None:
    """Refuse what types can't: ids, minutes, steps; MethodError names the field."""
    _require_id(method.id, source, "id")
    if not method.name.nl.strip():
        raise _wrong(source, "name.nl", "must not be empty")
    if not 1 <= len(method.steps) <= MAX_STEPS:
        raise _wrong(source, "steps", f"a method has 1 to {MAX_STEPS} steps")
    for number, step in enumerate(method.steps):
        _check_step(step, source, f"steps[{number}]")
    ids = [step.id for step in method.steps]
    for number, name in enumerate(ids):
        if name in ids[:number]:
            raise _wrong(source, f"steps[{number}].id", f"“{name}” is used twice")
    if all(step.outside or step.look_back for step in method.steps):
        raise _wrong(source, "steps", "at least one step must be neither look_back nor outside")


def _check_step(step: Step, source: str, where: str) -> None:
    _require_id(step.id, source, f"{where}.id")
    if not step.name.nl.strip():
        raise _wrong(source, f"{where}.name.nl", "must not be empty")
    if not 0 < step.minutes <= MAX_MINUTES:
        raise _wrong(source, f"{where}.minutes", f"must lie above 0 and be at most {MAX_MINUTES:g}")


def _require_id(value: str, source: str, where: str) -> None:
    if not _ID.fullmatch(value):
        raise _wrong(source, where, f"“{value}” may hold a-z, 0-9 and single hyphens only")


def _wrong(source: str, where: str, what: str) -> MethodError:
    return MethodError("method.field", f"{source}: {where}: {what}")


def _readable(message: str) -> str:
    """Msgspec's message with the field first: "steps[2].floor: Invalid enum value …"."""
    what, _, where = message.partition(" - at ")
    field = where.strip("`").removeprefix("$").removeprefix(".")
    allowed = _allowed(field) if "enum" in what else ""
    return f"{field or 'method'}: {what}{allowed}"


def _allowed(field: str) -> str:
    """The values that an enum field of a step takes."""
    name = field.rpartition(".")[2]
    for known in msgspec.structs.fields(Step):
        values = getattr(known.type, "__members__", None)
        if known.name == name and values:
            return " (allowed: " + ", ".join(f"“{v.value}”" for v in values.values()) + ")"
    return ""


def _own_files(config_dir: Path | None) -> Iterable[Path]:
    folder = config_dir / "methods" if config_dir else None
    return sorted(folder.glob("*.toml")) if folder and folder.is_dir() else ()


def _text(file: Path) -> str:
    """The file's text; MethodError when it can't be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MethodError("method.unreadable", f"{file.name} can't be read: {error}") from error
