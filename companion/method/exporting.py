"""A method as text: TOML to copy, change and share, and the JSON of `companion methods`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeAlias

import msgspec

from companion.vocabulary import Method, Norm, Step, Text

Json: TypeAlias = str | float | bool | list["Json"] | dict[str, "Json"]


def dump_method(method: Method) -> str:
    """The TOML text of a method; reading it back gives an equal method."""
    head = [
        f"id = {_quoted(method.id)}",
        f"name = {_text(method.name)}",
        f"summary = {_text(method.summary)}",
    ]
    if method.advice_never:
        head.append("advice_never = true")
    if method.norms:
        head.append("norms = [\n" + "".join(f"  {_norm(norm)},\n" for norm in method.norms) + "]")
    return "\n\n".join(["\n".join(head), *(_step(step) for step in method.steps)]) + "\n"


def _norm(norm: Norm) -> str:
    """An inline table."""
    amounts = f"met = {_value(norm.met)}, partly = {_value(norm.partly)}"
    return f"{{ indicator = {_quoted(norm.indicator)}, {amounts}, weight = {_value(norm.weight)} }}"


def _step(step: Step) -> str:
    """One [[steps]] table; fields that have their default are left out."""
    lines = ["[[steps]]"]
    for field in msgspec.structs.fields(Step):
        value = getattr(step, field.name)
        if value != field.default:
            lines.append(f"{field.name} = {_value(value)}")
    return "\n".join(lines)


def _value(value: Text | str | float | bool) -> str:  # noqa: FBT001
    if isinstance(value, Text):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    return repr(int(value)) if value == int(value) else repr(float(value))


def _text(text: Text) -> str:
    return f"{{ nl = {_quoted(text.nl)}, en = {_quoted(text.en)} }}"


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's, but for DEL, which JSON leaves bare."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007F")


def methods_as_json(methods: Iterable[Method], language: str = "nl") -> list[Json]:
    """What `companion methods --json` prints: a list of methods with their steps and rules."""
    return [
        {
            "id": method.id,
            "name": method.name.in_language(language),
            "summary": method.summary.in_language(language),
            "minutes": method.minutes,
            "advice_never": method.advice_never,
            "steps": [_step_as_json(step, language) for step in method.steps],
        }
        for method in methods
    ]


def _step_as_json(step: Step, language: str) -> Json:
    row: dict[str, Json] = {}
    for field in msgspec.structs.fields(Step):
        value = getattr(step, field.name)
        row[field.name] = value.in_language(language) if isinstance(value, Text) else value
    return row
