"""Whom an agreement is with, when and how: a label per word, decided from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from companion.analysis.agreement_company import company_in
from companion.analysis.agreement_moment import moment_in
from companion.analysis.hashed import HashedLinear
from companion.analysis.main_clause import in_i_form
from companion.analysis.times import time_spans
from companion.analysis.words import plain

OUTSIDE: Final = "-"
SLOTS: Final = ("with", "when", "how")
_TOKEN: Final = re.compile(r"\w+(?:['’.-]\w+)*|[^\w\s]")
_FILLERS: Final = re.compile(r"\b(?:eh|uh|ehm)\b[\s,]*", re.IGNORECASE)


class Token(NamedTuple):
    """A word or mark with its place in the text."""

    text: str
    start: int
    end: int


class Slots(NamedTuple):
    """The parts of an agreement, as said; empty where nothing was."""

    what: str
    how: str = ""
    with_whom: str = ""
    when: str = ""


def tokens_of(text: str) -> list[Token]:
    """Words and marks of `text`."""
    return [Token(match[0], *match.span()) for match in _TOKEN.finditer(text)]


def token_features(text: str, tokens: Sequence[Token]) -> list[list[str]]:
    """Features of each token, but for the label before it."""
    times = time_spans(text)
    timed = [any(start <= token.start < end for start, end in times) for token in tokens]
    said = [plain(token.text) for token in tokens]
    return [list(_features(said, timed, tokens, place)) for place in range(len(tokens))]


def _features(
    said: Sequence[str], timed: Sequence[bool], tokens: Sequence[Token], place: int
) -> Iterator[str]:
    def at(offset: int) -> str:
        index = place + offset
        return said[index] if 0 <= index < len(said) else "#"

    yield f"timed {timed[place]}"
    yield f"timed before {place > 0 and timed[place - 1]} {timed[place]}"
    yield f"timed after {timed[place]} {place + 1 < len(said) and timed[place + 1]}"
    for offset in (-3, -2, -1, 0, 1, 2, 3):
        yield f"w{offset} {at(offset)}"
    yield f"w-1w0 {at(-1)} {at(0)}"
    yield f"w-2w-1 {at(-2)} {at(-1)}"
    yield f"w0w1 {at(0)} {at(1)}"
    yield f"end {at(0)[-3:]}"
    yield f"start {at(0)[:4]}"
    yield f"name {tokens[place].text[:1].isupper() and place > 0}"
    yield f"name before {place > 1 and tokens[place - 1].text[:1].isupper()}"
    yield f"near end {min(len(said) - place, 4)}"


def labelled(model: HashedLinear, text: str, tokens: Sequence[Token]) -> list[str]:
    """One of SLOTS or OUTSIDE per token."""
    labels: list[str] = []
    before, earlier = OUTSIDE, OUTSIDE
    for features in token_features(text, tokens):
        found = model.logits([*features, f"label {before}", f"labels {earlier} {before}"])
        earlier, before = before, model.labels[int(found.argmax())]
        labels.append(before)
    return labels


def slots_in(model: HashedLinear, text: str) -> Slots:
    """The parts of the agreement in `text`; `what` is the sentence without when and how."""
    tokens = tokens_of(text)
    labels = labelled(model, text, tokens)
    learned = {slot: _longest(tokens, labels, slot) for slot in SLOTS}
    when = moment_in(text, learned["when"])
    whom = company_in(text, learned["with"], when)
    how = learned["how"]
    if how and when and how[0] < when[1] and when[0] < how[1]:
        how = None
    left_out = [span for span in (when, how) if span]
    cut = {
        slot: text[span[0] : span[1]] if span else ""
        for slot, span in (("how", how), ("with", whom), ("when", when))
    }
    return Slots(_what(text, left_out), cut["how"], cut["with"], cut["when"])


def _longest(tokens: Sequence[Token], labels: Sequence[str], slot: str) -> tuple[int, int] | None:
    """The longest run of words with this label; marks at its ends don't count."""
    runs: list[list[Token]] = []
    for token, label, before in zip(tokens, labels, [OUTSIDE, *labels], strict=False):
        if label == slot:
            if before != slot:
                runs.append([])
            runs[-1].append(token)
    trimmed = [_trimmed(run) for run in runs]
    best = max(trimmed, key=len, default=[])
    return (best[0].start, best[-1].end) if best else None


def _trimmed(run: list[Token]) -> list[Token]:
    while run and not run[0].text[0].isalnum() and run[0].text[0] not in "'’":
        run = run[1:]
    while run and not run[-1].text[0].isalnum():
        run = run[:-1]
    return run


def _what(text: str, left_out: Sequence[tuple[int, int]]) -> str:
    """`text` without these parts, as a sentence for an action plan."""
    for start, end in sorted(left_out, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    text = re.sub(r"\s+", " ", _FILLERS.sub("", text.strip()))
    text = re.sub(r"(?:\s*[,;:])+(?=\s*[,;:.!?]|\s*$)|^[\s,;:]+", "", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", text).strip(" ,;:.…!?")
    return in_i_form(text)
