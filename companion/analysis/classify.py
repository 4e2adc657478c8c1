"""Sentences without context, as `companion classify` gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from companion.analysis.pipeline import load
from companion.analysis.sentence_kind import SentenceKindComponent
from companion.vocabulary import SentenceKind


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
    assert isinstance(component, SentenceKindComponent)  # noqa: S101
    labels = [SentenceKind(label) for label in component.model("kinds").labels]
    for text in texts:
        scores = component.scores(text)
        best = labels[int(scores.argmax())]
        yield Classified(text, best, {k: float(p) for k, p in zip(labels, scores, strict=True)})
