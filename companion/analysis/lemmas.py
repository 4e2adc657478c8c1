"""The component that gives words their dictionary form, by simplemma's Dutch table."""

from __future__ import annotations

from typing import Final

from simplemma import Lemmatizer, is_known
from spacy.language import Language
from spacy.tokens import Doc

_LEMMATIZER: Final = Lemmatizer(cache_max_size=0)
"""Without its memory: words that were said must not stay in it."""


def lemma(word: str) -> str:
    """The dictionary form of a word; the word itself where the table has none."""
    return _LEMMATIZER.lemmatize(word, lang="nl")


def known(word: str) -> bool:
    """Whether the table has the word."""
    return is_known(word, lang="nl")


@Language.component("companion_lemmas")
def lemmatise(doc: Doc) -> Doc:
    """Set token.lemma_."""
    for token in doc:
        token.lemma_ = lemma(token.text)
    return doc
