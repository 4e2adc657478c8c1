"""Methods from their data files: the eight that ship, and a user's own."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec

from companion.errors import MethodError
from companion.method.faults import (
    Fault,
    FaultKind,
    MethodFaultError,
    texts_of,
    toml_fault,
    type_fault,
)
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
MAX_NAME = 80
"""Characters of a name or an id."""
MAX_TEXT = 600
"""Characters of a task or a summary."""
MAX_BYTES = 60 * 1024
"""Of a file; the largest that ships has 6 KiB."""


class MethodProblem(msgspec.Struct, frozen=True):
    """A user's file that could not be used, and why."""

    file: str
    message: str
    faults: tuple[Fault, ...] = ()


class Methods(msgspec.Struct, frozen=True):
    """The usable methods by id, and the files that were left out."""

    by_id: dict[str, Method]
    problems: tuple[MethodProblem, ...] = ()
    own: dict[str, str] = {}
    """The file of each method that is the user's own, by the method's id."""

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
    found = dict(shipped())
    own: dict[str, str] = {}
    problems: list[MethodProblem] = []
    for file in own_files(config_dir):
        try:
            method = parse_method(_own_text(file), file.name)
        except MethodError as error:
            faults = error.faults if isinstance(error, MethodFaultError) else ()
            problems.append(MethodProblem(file.name, str(error), faults))
            continue
        if method.id in own:
            said = f"“{method.id}” is used twice, also in {own[method.id]}"
            fault = Fault("id", FaultKind.TWICE, said, method.id)
            problems.append(MethodProblem(file.name, f"{file.name}: id: {said}", (fault,)))
        else:
            found[method.id] = method
            own[method.id] = file.name
    return Methods(found, tuple(problems), own)


def load_methods(config_dir: Path | None = None) -> dict[str, Method]:
    """As `read_methods`, for who has no use for the problems."""
    return read_methods(config_dir).by_id


def parse_method(text: str, source: str) -> Method:
    """A method from its TOML text; MethodFaultError names `source` and the fields."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MethodFaultError(source, [toml_fault(str(error))]) from error
    try:
        method = msgspec.convert(data, Method)
    except msgspec.ValidationError as error:
        raise MethodFaultError(source, [type_fault(str(error))]) from error
    check_method(method, source)
    return method


def check_method(method: Method, source: str) -> None:
    """Refuse what types can't: ids, minutes, steps; MethodFaultError names the fields."""
    faults = faults_of(method)
    if faults:
        raise MethodFaultError(source, faults)


def faults_of(method: Method) -> list[Fault]:
    """Everything that is wrong with a method, in the order of its file."""
    faults = _id_faults(method.id, "id") + _text_faults(method, "")
    if not 1 <= len(method.steps) <= MAX_STEPS:
        said = f"a method has 1 to {MAX_STEPS} steps"
        faults.append(Fault("steps", FaultKind.STEPS, said, f"{MAX_STEPS}"))
    ids = [step.id for step in method.steps]
    for number, step in enumerate(method.steps):
        where = f"steps[{number}]"
        faults += _id_faults(step.id, f"{where}.id") + step_faults(step, f"{where}.")
        if step.id in ids[:number]:
            said = f"“{step.id}” is used twice"
            faults.append(Fault(f"{where}.id", FaultKind.TWICE, said, step.id))
    if method.steps and all(step.outside or step.look_back for step in method.steps):
        said = "at least one step must be neither look_back nor outside"
        faults.append(Fault("steps", FaultKind.NO_STEP_INSIDE, said))
    return faults


def step_faults(step: Step, where: str = "") -> list[Fault]:
    """What is wrong with a step, its id left out."""
    faults = _text_faults(step, where)
    if not 0 < step.minutes <= MAX_MINUTES:
        said = f"must lie above 0 and be at most {MAX_MINUTES:g}"
        faults.append(Fault(f"{where}minutes", FaultKind.MINUTES, said, f"{MAX_MINUTES:g}"))
    return faults


def _text_faults(thing: Method | Step, where: str) -> list[Fault]:
    faults = []
    for name, text in texts_of(thing):
        if name == "name.nl" and not text.strip():
            faults.append(Fault(f"{where}{name}", FaultKind.EMPTY, "must not be empty"))
        longest = MAX_NAME if name.startswith("name.") else MAX_TEXT
        if len(text) > longest:
            said = f"is longer than {longest} characters"
            faults.append(Fault(f"{where}{name}", FaultKind.LONG, said, f"{longest}"))
    return faults


def _id_faults(value: str, where: str) -> list[Fault]:
    if _ID.fullmatch(value) and len(value) <= MAX_NAME:
        return []
    said = f"“{value[:MAX_NAME]}” may hold a-z, 0-9 and single hyphens only"
    return [Fault(where, FaultKind.ID, said, value[:MAX_NAME])]


def own_files(config_dir: Path | None) -> list[Path]:
    """The user's method files, in order of name."""
    folder = config_dir / "methods" if config_dir else None
    return sorted(folder.glob("*.toml")) if folder and folder.is_dir() else []


def _own_text(file: Path) -> str:
    """A user's file, as far as a method can be long."""
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            said = f"is larger than {MAX_BYTES // 1024} KiB"
            raise MethodFaultError(
                file.name, [Fault("", FaultKind.SIZE, said, f"{MAX_BYTES // 1024}")]
            )
        return content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MethodError("method.unreadable", f"{file.name} can't be read: {error}") from error


@cache
def shipped() -> dict[str, Method]:
    """The eight that come with the program, by id, in their order."""
    texts = {name: (_SHIPPED / f"{name}.toml").read_text(encoding="utf-8") for name in _ORDER}
    return {name: parse_method(text, name) for name, text in texts.items()}
