"""Loads the Dutch pipeline, or puts its trained parts on another spaCy model."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import spacy
from spacy.language import Language

from companion.analysis import (
    agreement,
    lemmas,
    sentence_boundaries,
    sentence_kind,
    step_announcement,
    step_sound,
    time_expression,
)
from companion.analysis.weighted import Weighted
from companion.errors import ModelError
from companion.resources import bundled

PARTS: Final = {
    "sentence_boundaries": "companion_sentence_boundaries",
    "lemmas": "companion_lemmas",
    "time_expression": "companion_time_expression",
    "sentence_kind": "companion_sentence_kind",
    "step_announcement": "companion_step_announcement",
    "step_sound": "companion_step_sound",
    "agreement": "companion_agreement",
}
"""Our own components in order, with their factories; a tagger and a morphologizer go before."""
FACTORIES: Final = (
    agreement, lemmas, sentence_boundaries, sentence_kind, step_announcement, step_sound,
    time_expression,
)  # fmt: skip
"""The modules that register them: importing this one is enough to load the pipeline."""
UNUSED: Final = ("parser", "senter", "ner", "lemmatizer", "attribute_ruler")
"""Parts of another model that ours replace."""


def bundled_pipeline() -> Path:
    """The folder of the shipped pipeline."""
    return bundled("models/nl/pipeline")


@cache
def load(language_model: str = "") -> Language:
    """The pipeline; ModelError (code "language-model") when it is missing or damaged.

    `language_model` names a spaCy package or folder whose tokenizer and tagger are used
    under our own components.
    """
    folder = bundled_pipeline()
    if not (folder / "meta.json").exists():
        raise ModelError(
            "language-model", "The Dutch language model is missing", "Build it with: make language"
        )
    try:
        if language_model:
            return _on_base(spacy.load(language_model, exclude=list(UNUSED)))
        return spacy.load(folder)
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
