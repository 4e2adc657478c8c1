"""What a sentence shows, as strings that a hashed linear model can weigh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from companion.analysis.sentences import split_at_marks
from companion.analysis.words import asks_by_mark, words
from companion.vocabulary import Role, StepFunction

_CHARACTER_LENGTHS: Final = (2, 4)
_LOUD: Final = 6
"""Times that a feature of the context is repeated, to be heard among hundreds of letters."""
_OPENERS: Final = frozenset(
    words(
        "nou ja en maar dus eh uh of oké oke okay goed kijk hé hee hè want sorry nee zeg ah "
        "o oh allez amai tja joh awel"
    )
)


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What is known around a sentence; every part may be missing."""

    role: Role | None = None
    function: StepFunction | None = None
    previous: str = ""
    """The sentence before, of whoever."""
    same_voice: bool | None = None
    """The sentence before was by the same voice."""
    steps: tuple[StepFunction, ...] = ()
    """What this meeting's steps are for, in their order."""
    place: int | None = None
    """Index of the present one."""


NO_CONTEXT: Final = Context()
CONTEXT: Final = "companion_context"
"""Key in doc.user_data: the Context of an utterance's first sentence; absent: nothing is known."""


def sentence_features(text: str, context: Context = NO_CONTEXT) -> list[str]:
    """The distinct features of one sentence, in a fixed order."""
    found = words(text)
    features = dict.fromkeys(_word_features(found))
    features.update(dict.fromkeys(_core_features(found)))
    features.update(dict.fromkeys(_character_features(found)))
    features.update(dict.fromkeys(_mark_features(text, found)))
    for feature in _context_features(context, found, asks_by_mark(text)):
        features.update((f"{feature} {loud}", None) for loud in range(_LOUD))
    return list(features)


def _word_features(found: Sequence[str]) -> Iterator[str]:
    for word in found:
        yield f"w {word}"
    padded = ["^", *found, "$"]
    for first, second in pairwise(padded):
        yield f"b {first} {second}"
    for first, second, third in zip(padded, padded[1:], padded[2:], strict=False):
        yield f"t {first} {second} {third}"
        yield f"s {first} {third}"
    for place, word in enumerate(found[:4]):
        yield f"p{place} {word}"
    yield f"n {min(len(found) // 4, 6)}"


def step_features(text: str) -> list[str]:
    """Features that tell what step is announced: stems and parts of words, the end above all."""
    found = words(text)
    features: dict[str, None] = {}
    for word in found:
        features[f"w {word}"] = None
        features.update((f"r {word[:length]}", None) for length in (4, 5, 6) if len(word) >= length)
        features.update((f"m {word[i : i + 5]}", None) for i in range(len(word) - 4))
    for first, second in zip(["^", *found], found, strict=False):
        features[f"b {first} {second}"] = None
    spans = split_at_marks(text)
    last = words(text[spans[-1][0] :]) if spans else found
    for place, part in (("half", found[len(found) // 2 :]), ("last", last)):
        for word in part:
            features[f"{place} {word}"] = None
            features[f"{place} r {word[:5]}"] = None
    return list(features)


def core(found: Sequence[str]) -> Sequence[str]:
    """The words once "nou", "ja", "maar" and the like are taken off the beginning."""
    skipped = 0
    while skipped < len(found) - 1 and found[skipped] in _OPENERS:
        skipped += 1
    return found[skipped:]


def _core_features(found: Sequence[str]) -> Iterator[str]:
    """How the sentence begins, openers left out, and how it ends."""
    first, second, third, fourth = (*core(found)[:4], *"$$$$")[:4]
    for place, word in enumerate((first, second, third, fourth)):
        yield f"k{place} {word}"
    yield f"k01 {first} {second}"
    yield f"k02 {first} {third}"
    yield f"k012 {first} {second} {third}"
    for length in (1, 2):  # a stem or a -t tells an order from a question
        yield f"k{length} ends {first[-length:]} {second}"
    yield f"k2 ends {first[-2:]}"
    yield f"k3 ends {first[-3:]}"
    for length in (1, 2, 3):
        yield f"e{length} {' '.join(found[-length:])}"
    yield f"ke {first} {found[-1] if found else ''}"


def _character_features(found: Sequence[str]) -> Iterator[str]:
    text = f"^{' '.join(found)}$"
    for length in _CHARACTER_LENGTHS:
        for start in range(len(text) - length + 1):
            yield f"c{text[start : start + length]}"


def _mark_features(text: str, found: Sequence[str]) -> Iterator[str]:
    if asks_by_mark(text):
        yield from ("mark 1", "mark 2", "mark 3")
        yield f"mark {found[0] if found else ''}"


def _context_features(context: Context, found: Sequence[str], asks: bool) -> Iterator[str]:  # noqa: FBT001
    if context.role is not None:
        yield f"role {context.role}"
        yield f"role {context.role} {asks}"
        for word in found[:3]:
            yield f"role {context.role} {word}"
        for first, second in pairwise(found):
            yield f"role {context.role} {first} {second}"
    if context.function is not None:
        yield f"step {context.function}"
        yield f"step {context.function} {context.role}"
    if context.previous:
        yield f"prev mark {asks_by_mark(context.previous)} {context.same_voice}"
        yield f"prev ends {' '.join(words(context.previous)[-2:])}"
