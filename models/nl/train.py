"""Trains every part of the pipeline and writes the whole to models/nl/pipeline.

Run from the repository's root: python -m models.nl.train
"""

from __future__ import annotations

from pathlib import Path

import spacy

from companion.analysis.features import NO_CONTEXT, Context, sentence_features
from companion.analysis.hashed import HashedLinear
from companion.analysis.pipeline import PARTS
from companion.analysis.weighted import Weighted
from companion.vocabulary import SentenceKind
from models.nl.fitting import Example, calibrate, fit
from models.nl.reading import HERE, Announcement, Part, agreements, announcements, meeting_lines

PIPELINE = HERE / "pipeline"
KIND_BUCKETS = 2**18
SMALL_BUCKETS = 2**16


def unmarked(text: str) -> str:
    """`text` as a recogniser writes it that lost its question mark."""
    return text.replace("?", ".")


def kind_examples(part: Part) -> list[Example]:
    """Each sentence with and without context, with and without its mark."""
    found = []
    for line in meeting_lines(part):
        for text in dict.fromkeys([line.text, unmarked(line.text)]):
            for context in (NO_CONTEXT, line.context()):
                found.append((sentence_features(text, context), str(line.label)))
    return found


def move_of(row: Announcement) -> str:
    """The class that the announcement component learns."""
    if row.end:
        return "end"
    if row.target is None:
        return "withdrawn" if row.tag == "ingetrokken" else "none"
    return "back" if row.tag == "terug" else "to"


def move_examples(part: Part) -> list[Example]:
    """Announcements and near misses, and the ordinary sentences of the meetings as none."""
    found = []
    for row in announcements(part):
        for context in (NO_CONTEXT, Context(role=row.role, function=row.current)):
            for text in dict.fromkeys([row.text, unmarked(row.text)]):
                found.append((sentence_features(text, context), move_of(row)))
    for line in meeting_lines(part):
        if line.tag != "instructie":
            found.append((sentence_features(line.text, line.context()), "none"))
            found.append((sentence_features(line.text), "none"))
    return found


def function_examples(part: Part) -> list[Example]:
    """Announcements of a step with a known function."""
    rows = [row for row in announcements(part) if row.target is not None]
    return [(sentence_features(row.text), str(row.target)) for row in rows]


def agreement_examples(part: Part) -> list[Example]:
    """Commitments, near misses, and the ordinary sentences of the meetings."""
    found = []
    for row in agreements(part):
        for context in (NO_CONTEXT, Context(role=row.role)):
            found.append((sentence_features(row.text, context), row.kind))
    for line in meeting_lines(part):
        if line.tag != "eigen":
            found.append((sentence_features(line.text, Context(role=line.role)), "anders"))
    return [(features, label if label == "afspraak" else "anders") for features, label in found]


def trained() -> dict[str, dict[str, HashedLinear]]:
    """Component name → table name → weights."""
    kinds = fit(kind_examples("train"), buckets=KIND_BUCKETS, labels=[str(k) for k in SentenceKind])
    moves = fit(move_examples("train"), buckets=SMALL_BUCKETS)
    functions = fit(function_examples("train"), buckets=SMALL_BUCKETS)
    agreed = fit(agreement_examples("train"), buckets=SMALL_BUCKETS)
    kinds.temperature = calibrate(kinds, kind_examples("dev"))
    moves.temperature = calibrate(moves, move_examples("dev"))
    agreed.temperature = calibrate(agreed, agreement_examples("dev"))
    return {
        "sentence_kind": {"kinds": kinds},
        "step_announcement": {"moves": moves, "functions": functions},
        "agreement": {"kinds": agreed},
    }


def assemble(models: dict[str, dict[str, HashedLinear]], folder: Path) -> None:
    """Put the parts on a blank Dutch pipeline and save it."""
    nlp = spacy.blank("nl")
    nlp.meta.update(name="intervisie", version="0.1.0", license="Apache-2.0")
    for name, factory in PARTS.items():
        part = nlp.add_pipe(factory, name=name)
        if isinstance(part, Weighted):
            part.models = models[name]
    nlp.to_disk(folder)


if __name__ == "__main__":
    assemble(trained(), PIPELINE)
