"""The component that gives words their dictionary form, by simplemma's Dutch table."""

from __future__ import annotations

from functools import lru_cache

import simplemma
from spacy.language import Language
from spacy.tokens import Doc


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """The dictionary form of a word; the word itself where the table has none."""
    return simplemma.lemmatize(word, lang="nl")


@Language.component("companion_lemmas")
def lemmatise(doc: Doc) -> Doc:
    """Set token.lemma_."""
    for token in doc:
        token.lemma_ = lemma(token.text)
    return doc
