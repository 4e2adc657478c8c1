"""The component that says what each sentence does: a label and a probability per label."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from companion.analysis.features import NO_CONTEXT, Context, sentence_features
from companion.analysis.hashed import Floats
from companion.analysis.weighted import Weighted

GROUP = "sentence_kind"
CONTEXTS = "companion_contexts"
"""Key in doc.user_data: a list of Context, one a sentence; absent: no context."""

Span.set_extension("kind_scores", default=None, force=True)


class SentenceKindComponent(Weighted):
    """Fills doc.spans["sentence_kind"]: one span a sentence, `label_` and `_.kind_scores`."""

    needs = ("kinds",)

    def __call__(self, doc: Doc) -> Doc:
        contexts: list[Context] = doc.user_data.get(CONTEXTS, [])
        spans = []
        for number, sentence in enumerate(doc.sents):
            context = contexts[number] if number < len(contexts) else NO_CONTEXT
            spans.append(self._labelled(doc, sentence, context))
        doc.spans[GROUP] = spans
        return doc

    def _labelled(self, doc: Doc, sentence: Span, context: Context) -> Span:
        labels = self.model("kinds").labels
        scores = self.scores(sentence.text, context)
        span = Span(doc, sentence.start, sentence.end, label=labels[int(scores.argmax())])
        span._.kind_scores = dict(zip(labels, map(float, scores), strict=True))
        return span

    def scores(self, text: str, context: Context = NO_CONTEXT) -> Floats:
        """A probability per label, in the order of the model's labels."""
        return self.model("kinds").probabilities(sentence_features(text, context))


@Language.factory("companion_sentence_kind")
def make_sentence_kind(nlp: Language, name: str) -> SentenceKindComponent:  # noqa: ARG001
    """For spaCy's registry; the weights come from disk."""
    return SentenceKindComponent()
