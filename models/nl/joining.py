"""Sentences joined as a recogniser joins them, to learn and measure where they part."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

from companion.analysis.gaps import BOUNDARY, INSIDE, gap_features, words_of
from companion.analysis.sentences import split_at_marks
from models.nl.fitting import Example
from models.nl.reading import Part, announcements, meeting_lines
from models.nl.versions import noise

COMMA = 0.3
"""Share of lost final marks that leave a comma behind."""


def sentences(part: Part) -> Iterator[list[str]]:
    """Sentences that were said one after the other."""
    lines = [line.text for line in meeting_lines(part)]
    yield from ([first, second] for first, second in pairwise(lines))
    for row in announcements(part):
        cut = [row.text[start:end] for start, end in split_at_marks(row.text)]
        if len(cut) > 1:
            yield cut


def joined(cut: list[str], rng: random.Random) -> tuple[str, list[int]]:
    """The sentences as one stretch without final marks, and where each but the first begins."""
    text, starts = "", []
    for sentence in cut:
        bare = sentence.rstrip(' .?!…"”')
        if text:
            text += ", " if rng.random() < COMMA else " "
            starts.append(len(text))
            bare = bare[:1].lower() + bare[1:]
        text += bare.replace("?", "").replace("!", "").replace(".", "")
    return text, starts


def gap_examples(part: Part) -> list[Example]:
    """Every gap between two words of joined sentences, some as misheard."""
    rng = random.Random(8)  # noqa: S311 (no secret)
    found: list[Example] = []
    for cut in sentences(part):
        variants = [cut, [noise().distort(sentence, rng) for sentence in cut]]
        for variant in variants:
            if all(variant):
                found += _gaps(*joined(variant, rng))
    return found


def _gaps(text: str, starts: list[int]) -> Iterator[Example]:
    said = words_of(text)
    for gap in range(1, len(said)):
        label = BOUNDARY if said[gap].start in starts else INSIDE
        yield gap_features(said, gap), label
