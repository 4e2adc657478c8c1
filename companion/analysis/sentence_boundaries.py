"""The component that sets doc.sents: at final marks, and where a mark seems to be missing."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from companion.analysis.gaps import cuts
from companion.analysis.sentences import split_at_marks
from companion.analysis.weighted import Weighted


class SentenceBoundaries(Weighted):
    """Sets token.is_sent_start."""

    needs = ("gaps",)

    def __call__(self, doc: Doc) -> Doc:
        starts = sorted(self.starts(doc.text))
        following = 0
        for token in doc:
            begins = token.i == 0
            while following < len(starts) and token.idx + len(token) > starts[following]:
                begins, following = True, following + 1
            token.is_sent_start = begins
        return doc

    def starts(self, text: str) -> Iterator[int]:
        """Where each sentence of `text` begins."""
        for start, end in split_at_marks(text):
            yield start
            yield from (start + cut for cut in cuts(self.model("gaps"), text[start:end]))


@Language.factory("companion_sentence_boundaries")
def make_sentence_boundaries(nlp: Language, name: str) -> SentenceBoundaries:  # noqa: ARG001
    """For spaCy's registry; the weights come from disk."""
    return SentenceBoundaries()
