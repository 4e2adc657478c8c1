"""The component that proposes agreements for the action plan."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from companion.analysis.features import Context, sentence_features
from companion.analysis.weighted import Weighted

GROUP = "agreement"
AGREED = "afspraak"
_ENOUGH = 0.5

Span.set_extension("probability", default=0.0, force=True)


class AgreementComponent(Weighted):
    """Fills doc.spans["agreement"]: sentences that commit the speaker to something."""

    needs = ("kinds",)

    def __call__(self, doc: Doc) -> Doc:
        context: Context = doc.user_data.get("companion_context", Context())
        found = []
        for sentence in doc.sents:
            probability = self.probability(sentence.text, context)
            if probability >= _ENOUGH:
                span = Span(doc, sentence.start, sentence.end, label=AGREED)
                span._.probability = probability
                found.append(span)
        doc.spans[GROUP] = found
        return doc

    def probability(self, text: str, context: Context) -> float:
        """How likely the sentence is a commitment of its speaker."""
        model = self.model("kinds")
        scores = model.probabilities(sentence_features(text, Context(role=context.role)))
        return float(scores[model.labels.index(AGREED)])


@Language.factory("companion_agreement")
def make_agreement(nlp: Language, name: str) -> AgreementComponent:  # noqa: ARG001
    """For spaCy's registry; the weights come from disk."""
    return AgreementComponent()
