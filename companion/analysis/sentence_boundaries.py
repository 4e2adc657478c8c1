"""The component that sets doc.sents."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from companion.analysis.sentences import split_at_marks


@Language.component("companion_sentence_boundaries")
def mark_sentences(doc: Doc) -> Doc:
    """Set the first token of each sentence."""
    starts = [start for start, _ in split_at_marks(doc.text)]
    following = 0
    for token in doc:
        begins = following < len(starts) and token.idx + len(token) > starts[following]
        token.is_sent_start = begins or token.i == 0
        while following < len(starts) and token.idx + len(token) > starts[following]:
            following += 1
    return doc
