"""Sentences without context, as `companion classify` gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from companion.analysis.pipeline import load
from companion.analysis.sentence_kind import SentenceKindComponent
from companion.vocabulary import SentenceKind

_BATCH: Final = 128


class Classified(msgspec.Struct, frozen=True):
    """A sentence, its most probable label and the probability of each."""

    text: str
    label: SentenceKind
    scores: dict[SentenceKind, float]


def classify(texts: Sequence[str], language_model: str = "") -> list[Classified]:
    """One result per text, each taken as a single sentence."""
    return list(_classified(texts, language_model))


def _classified(texts: Sequence[str], language_model: str) -> Iterator[Classified]:
    component = load(language_model).get_pipe("sentence_kind")
    if not isinstance(component, SentenceKindComponent):
        raise TypeError(type(component))
    labels = [SentenceKind(label) for label in component.kinds]
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        for text, scores in zip(batch, component.scores(batch), strict=True):
            found = {k: float(p) for k, p in zip(labels, scores, strict=True)}
            yield Classified(text, labels[int(scores.argmax())], found)
