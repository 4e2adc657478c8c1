"""Turns the corpus into training examples: with and without context, clean and as heard."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeAlias

import msgspec

from companion.analysis.agreement import AGREED, OTHER
from companion.analysis.agreement_slots import OUTSIDE, SLOTS, Token, token_features, tokens_of
from companion.analysis.commitment import commitment_features, is_plain_plan
from companion.analysis.features import NO_CONTEXT, Context, step_features
from companion.analysis.sentence_kind import kind_features, matching_rules
from companion.analysis.sentences import split_at_marks
from companion.analysis.step_announcement import NOTHING, WITHDRAWN, move_features
from companion.analysis.step_sound import sound_features
from companion.analysis.words import words
from companion.vocabulary import Role, SentenceKind, StepFunction
from models.nl.fitting import Example
from models.nl.reading import (
    CORPUS,
    Agreement,
    Announcement,
    Line,
    Part,
    agreements,
    announcements,
    meeting_lines,
    methods,
    step_meetings,
)
from models.nl.versions import COPIES, Versions

PLANS = frozenset(
    {
        StepFunction.BESLUIT,
        StepFunction.LEREN,
        StepFunction.AFSLUITING,
        StepFunction.REACTIE,
        StepFunction.EVALUATIE,
        StepFunction.ADVIES,
    }
)
"""Steps of the meetings in which unlabelled agreements may stand; plain plans are left out."""
_WISH = re.compile(r"\b(?:moet|wil|zou)\b")
INVITES = frozenset(words("vertel vertelt neem zeg beschrijf schets jou jouw uw"))
"""Words with which the begeleider may invite the inbrenger: that is no plain procedure."""
Guess: TypeAlias = Callable[[str], dict[StepFunction, float]]
"""A chance per function that an announcement may have."""


def kind_examples(part: Part, copies: int = COPIES) -> list[Example]:
    """Sentences with their kind."""
    return [*_kinds_of_lines(part, copies), *_procedure(part)]


def _kinds_of_lines(part: Part, copies: int) -> Iterator[Example]:
    versions = Versions(1, copies)
    for line in meeting_lines(part):
        for text in versions.of(line.id, line.text):
            matched = matching_rules(text)
            for context in (NO_CONTEXT, line.context()):
                yield kind_features(text, context, matched), str(line.label)


def _procedure(part: Part) -> Iterator[Example]:
    """Sentences that lead the group, from the announcements: they ask and advise nothing."""
    for row in announcements(part):
        for start, end in split_at_marks(row.text) if row.role is Role.BEGELEIDER else ():
            text = row.text[start:end]
            if "?" in text or not INVITES.isdisjoint(words(text)):
                continue
            matched = matching_rules(text)
            context = Context(role=row.role, function=row.current)
            yield kind_features(text, context, matched), str(SentenceKind.NEUTRAAL)


def move_of(row: Announcement) -> str:
    """The class that the announcement component learns."""
    if row.end:
        return "end"
    if row.target is None:
        return WITHDRAWN if row.tag == "ingetrokken" else NOTHING
    return "back" if row.tag == "terug" else "to"


def ordinary(part: Part) -> Iterator[tuple[str, Context]]:
    """Sentences that announce no step, with their context; also two or three said as one."""
    turn: list[str] = []
    for line in meeting_lines(part):
        if line.tag == "instructie":
            turn = []
            continue
        yield line.text, line.context()
        goes_on = line.turn_goes_on or line.role is not Role.DEELNEMER
        turn = [*turn[-2:], line.text] if goes_on else [line.text]
        if len(turn) > 1:
            yield " ".join(turn), line.context()
    for row in agreements(part):
        yield row.text, Context(role=row.role)
    yield from _unannounced(part)


def _unannounced(part: Part) -> Iterator[tuple[str, Context]]:
    """What is said within a step of the compact meetings, and as much of a turn as is judged."""
    turn: list[str] = []
    for said in step_meetings(part):
        turn = [*turn[-2:], said.text] if said.goes_on else [said.text]
        if said.announces:
            turn = []
            continue
        for start in range(len(turn)):
            yield " ".join(turn[start:]), said.context()


def move_examples(part: Part, guess: Callable[[str], Guess]) -> list[Example]:
    """Announcements and near misses; `guess` gives the guesser for a batch's id ("" for others).

    The guesser of a batch must not have been trained on it.
    """
    return list(_moves(part, guess))


def _moves(part: Part, guess: Callable[[str], Guess]) -> Iterator[Example]:
    versions = Versions(4)
    for row in announcements(part):
        guesser = guess(row.id.split(":")[0])
        for text in versions.of(row.id, row.text):
            placed = row.context()
            for context in (NO_CONTEXT, msgspec.structs.replace(placed, place=None), placed):
                yield move_features(text, context, guesser(text)), move_of(row)
    for said in step_meetings(part):
        if not said.announces or said.before is said.step:
            continue
        guesser = guess(said.id.split(":")[0])
        for text in versions.of(said.id, said.text):
            for context in (NO_CONTEXT, said.context()):
                yield move_features(text, context, guesser(text)), "to"
    guesser = guess("")
    for text, context in ordinary(part):
        for known in (NO_CONTEXT, msgspec.structs.replace(context, previous="", same_voice=None)):
            yield move_features(text, known, guesser(text)), NOTHING


def function_examples(part: Part, batches: Collection[str] = ()) -> list[Example]:
    """Announcements of a step with its function; `batches` keeps to those."""
    versions = Versions(2, copies=1)
    found = [
        (step_features(text), str(row.target))
        for row in announcements(part)
        if row.target is not None and (not batches or row.id.split(":")[0] in batches)
        for text in versions.of(row.id, row.text)
    ]
    found += [(step_features(line.text), str(line.step.function)) for line in _openings(part)]
    found += [
        (step_features(text), str(said.step.function))
        for said in step_meetings(part)
        if said.announces and (not batches or said.id.split(":")[0] in batches)
        for text in versions.of(said.id, said.text)
    ]
    if part == "train":
        found += [(step_features(text), name) for text, name in _descriptions() * 2]
    return found


def sound_examples(part: Part) -> list[Example]:
    """Everything said in a step, and what announces one, with the function of that step."""
    return list(_sounds(part))


def _sounds(part: Part) -> Iterator[Example]:
    versions = Versions(7, copies=1)
    for line in meeting_lines(part):
        for text in _clean_and_heard(versions, line.id, line.text):
            yield sound_features(text, line.role), str(line.step.function)
    for row in announcements(part):
        function = None if row.end else row.target or row.current
        for text in _clean_and_heard(versions, row.id, row.text) if function else ():
            yield sound_features(text, row.role), str(function)
    for said in step_meetings(part):
        for text in _clean_and_heard(versions, said.id, said.text):
            yield sound_features(text, said.role), str(said.step.function)


def _clean_and_heard(versions: Versions, key: str, text: str) -> list[str]:
    found = versions.of(key, text)
    return list(dict.fromkeys((found[0], found[-1])))


def _descriptions() -> list[tuple[str, str]]:
    """What the methods and a list of phrases say a step is for, with its function."""
    found = [
        (text, str(step.function))
        for method in methods().values()
        for step in method.values()
        for text in step.texts
    ]
    phrases = tomllib.loads((CORPUS / "functions.toml").read_text("utf-8"))
    return found + [(text, name) for name, texts in phrases.items() for text in texts]


def _openings(part: Part) -> Iterator[Line]:
    """The instructions with which a step begins in the meetings."""
    before = None
    for line in meeting_lines(part):
        if line.step is not before and line.tag == "instructie":
            yield line
        before = line.step


def agreement_examples(part: Part) -> list[Example]:
    """Commitments against near misses and the ordinary sentences of the meetings."""
    return list(_agreed_or_not(part))


def _agreed_or_not(part: Part) -> Iterator[Example]:
    versions = Versions(3)
    for row in agreements(part):
        label = AGREED if row.kind == AGREED else OTHER
        for text in versions.of(row.id, row.text):
            yield from _with_and_without_role(text, row.role, label)
    for line in meeting_lines(part):
        planned = line.step.function in PLANS
        if line.tag == "eigen":
            if planned and is_plain_plan(line.text) and not _WISH.search(line.text):
                for text in versions.of(line.id, line.text):
                    yield from _with_and_without_role(text, line.role, AGREED)
        elif not planned or not is_plain_plan(line.text):
            yield from _with_and_without_role(line.text, line.role, OTHER)
    for announced in announcements(part):
        yield commitment_features(announced.text, None), OTHER


def _with_and_without_role(text: str, role: Role, label: str) -> Iterator[Example]:
    yield commitment_features(text, None), label
    yield commitment_features(text, role), label


def slot_examples(part: Part) -> list[Example]:
    """Every word of every agreement with its slot and the two labels before it."""
    return list(_slots(part))


def _slots(part: Part) -> Iterator[Example]:
    for row in agreements(part):
        if row.kind != AGREED:
            continue
        tokens = tokens_of(row.text)
        labels = slot_labels(row, tokens)
        history = [OUTSIDE, OUTSIDE, *labels]
        for place, features in enumerate(token_features(row.text, tokens)):
            earlier, before = history[place], history[place + 1]
            known = [f"label {before}", f"labels {earlier} {before}"]
            yield [*features, *known], labels[place]


def slot_labels(row: Agreement, tokens: Sequence[Token]) -> list[str]:
    """The slot of each token, from the annotated parts of the text."""
    labels = [OUTSIDE] * len(tokens)
    for slot in SLOTS:
        part = row.slots.get(slot, "")
        start = row.text.find(part) if part else -1
        for place, token in enumerate(tokens):
            if start >= 0 and start <= token.start < start + len(part):
                labels[place] = slot
    return labels
