"""Puts the trained parts on the tagged Dutch pipeline and saves it.

Run from the repository's root: python -m models.nl.assemble
"""

from __future__ import annotations

import shutil

import spacy

from companion.analysis.pipeline import PARTS
from companion.analysis.weighted import Weighted
from models.nl.reading import HERE
from models.nl.tagging import TAGGER
from models.nl.train import TABLES

PIPELINE = HERE / "pipeline"


def main() -> None:
    """Write PIPELINE anew."""
    nlp = spacy.load(TAGGER)
    nlp.meta.update(
        name="intervisie",
        version="0.1.0",
        description="What is said in a Dutch intervisie meeting",
        license="Apache-2.0",
    )
    for name, factory in PARTS.items():
        part: object = nlp.add_pipe(factory, name=name)
        if isinstance(part, Weighted):
            part.from_disk(TABLES / name)
    shutil.rmtree(PIPELINE, ignore_errors=True)
    nlp.to_disk(PIPELINE)


if __name__ == "__main__":
    main()
