"""What a sentence shows, as strings that a hashed linear model can weigh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from companion.analysis.words import asks_by_mark, words
from companion.vocabulary import Role, StepFunction

_CHARACTER_LENGTHS: Final = (3, 4, 5)


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What is known around a sentence; every part may be missing."""

    role: Role | None = None
    function: StepFunction | None = None
    previous: str = ""
    """The sentence before, of whoever."""
    same_voice: bool | None = None
    """The sentence before was by the same voice."""


NO_CONTEXT: Final = Context()


def sentence_features(text: str, context: Context = NO_CONTEXT) -> list[str]:
    """The distinct features of one sentence, in a fixed order."""
    found = words(text)
    features = dict.fromkeys(_word_features(found))
    features.update(dict.fromkeys(_character_features(found)))
    if asks_by_mark(text):
        features["mark"] = None
        features[f"mark {found[0] if found else ''}"] = None
    features.update(dict.fromkeys(_context_features(context, found)))
    return list(features)


def _word_features(found: Sequence[str]) -> Iterator[str]:
    for word in found:
        yield f"w {word}"
    padded = ["^", *found, "$"]
    for first, second in zip(padded, padded[1:], strict=False):
        yield f"b {first} {second}"
    for first, second, third in zip(padded, padded[1:], padded[2:], strict=False):
        yield f"t {first} {second} {third}"
        yield f"s {first} {third}"
    for place, word in enumerate(found[:4]):
        yield f"p{place} {word}"
    yield f"n {min(len(found) // 4, 6)}"


def _character_features(found: Sequence[str]) -> Iterator[str]:
    text = f"^{' '.join(found)}$"
    for length in _CHARACTER_LENGTHS:
        for start in range(len(text) - length + 1):
            yield f"c{text[start : start + length]}"


def _context_features(context: Context, found: Sequence[str]) -> Iterator[str]:
    if context.role is not None:
        yield f"role {context.role}"
        for word in found[:3]:
            yield f"role {context.role} {word}"
        for first, second in zip(found, found[1:], strict=False):
            yield f"role {context.role} {first} {second}"
    if context.function is not None:
        yield f"step {context.function}"
        yield f"step {context.function} {context.role}"
    if context.previous:
        yield f"prev mark {asks_by_mark(context.previous)} {context.same_voice}"
        yield f"prev ends {' '.join(words(context.previous)[-2:])}"
