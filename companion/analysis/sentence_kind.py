"""The component that says what each sentence does: a label and a probability per label."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span

from companion.analysis.features import (
    CONTEXT,
    NO_CONTEXT,
    Context,
    core,
    sentence_features,
)
from companion.analysis.hashed import Floats
from companion.analysis.rules import kind_rules
from companion.analysis.weighted import Weighted
from companion.analysis.words import words

GROUP = "sentence_kind"
_LOUD = 4
"""Times that a rule is repeated, to be heard among hundreds of letters."""
Span.set_extension("kind_scores", default=None, force=True)


def kind_features(text: str, context: Context, matched: Sequence[str]) -> list[str]:
    """What the classifier sees of a sentence; `matched` are the ids of the rules that match."""
    features = sentence_features(text, context)
    features += [f"rule {name} {loud}" for name in matched for loud in range(_LOUD)]
    return features


def matching_rules(text: str) -> list[str]:
    """Ids of the rules for sentence kinds that match."""
    return kind_rules().matching(core(words(text)))


class SentenceKindComponent(Weighted):
    """Fills doc.spans["sentence_kind"]: one span a sentence, `label_` and `_.kind_scores`.

    The span's `id_` names a rule that speaks for its label, if one matched.
    """

    needs = ("kinds",)

    def __call__(self, doc: Doc) -> Doc:
        context: Context = doc.user_data.get(CONTEXT, NO_CONTEXT)
        spans = []
        for sentence in doc.sents:
            spans.append(self._labelled(doc, sentence, context))
            if context is not NO_CONTEXT:  # the next sentence has this one before it
                context = msgspec.structs.replace(context, previous=sentence.text, same_voice=True)
        doc.spans[GROUP] = spans
        return doc

    def _labelled(self, doc: Doc, sentence: Span, context: Context) -> Span:
        labels = self.model("kinds").labels
        matched = matching_rules(sentence.text)
        scores = self._weighed(sentence.text, context, matched)
        label = labels[int(scores.argmax())]
        spoke = next((rule for rule in matched if kind_rules().labels[rule] == label), "")
        span = Span(doc, sentence.start, sentence.end, label=label, span_id=spoke)
        span._.kind_scores = dict(zip(labels, map(float, scores), strict=True))
        return span

    def scores(self, text: str, context: Context = NO_CONTEXT) -> Floats:
        """A probability per label, in the order of the model's labels."""
        return self._weighed(text, context, matching_rules(text))

    def _weighed(self, text: str, context: Context, matched: Sequence[str]) -> Floats:
        return self.model("kinds").probabilities(kind_features(text, context, matched))


@Language.factory("companion_sentence_kind")
def make_sentence_kind(nlp: Language, name: str) -> SentenceKindComponent:  # noqa: ARG001
    """For spaCy's registry; the weights come from disk."""
    return SentenceKindComponent()
