"""Loads the Dutch pipeline, or puts its trained parts on another spaCy model."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language

from companion.analysis import agreement, sentence_boundaries, sentence_kind, step_announcement
from companion.analysis.weighted import Weighted
from companion.errors import ModelError
from companion.resources import bundled

PARTS = {
    "sentence_boundaries": "companion_sentence_boundaries",
    "sentence_kind": "companion_sentence_kind",
    "step_announcement": "companion_step_announcement",
    "agreement": "companion_agreement",
}
"""Component names in order, with their factories."""
FACTORIES = (agreement, sentence_boundaries, sentence_kind, step_announcement)


def bundled_pipeline() -> Path:
    """The folder of the shipped pipeline."""
    return bundled("models/nl/pipeline")


@cache
def load(language_model: str = "") -> Language:
    """The pipeline; ModelError (code "language-model") when it is missing or damaged.

    `language_model` names a spaCy package or folder whose tokenizer, tagger and lemmas
    are used under our own components.
    """
    folder = bundled_pipeline()
    if not (folder / "meta.json").exists():
        raise ModelError(
            "language-model",
            "The Dutch language model is missing",
            "Build it with: make language",
        )
    try:
        own = spacy.load(folder)
        return own if not language_model else _on_base(spacy.load(language_model))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            "language-model", f"The Dutch language model can't be loaded: {error}"
        ) from error


def _on_base(base: Language) -> Language:
    for name, factory in PARTS.items():
        part: object = base.add_pipe(factory, name=name)
        if isinstance(part, Weighted):
            part.from_disk(bundled_pipeline() / name)
    return base
