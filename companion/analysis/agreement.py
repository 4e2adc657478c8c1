"""The component that proposes agreements for the action plan, with their parts."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from companion.analysis.agreement_slots import slots_in
from companion.analysis.commitment import commitment_features
from companion.analysis.features import CONTEXT, NO_CONTEXT, Context
from companion.analysis.weighted import Weighted

GROUP = "agreement"
AGREED = "afspraak"
OTHER = "anders"
ENOUGH = 0.4
"""Probability from which a sentence is proposed."""

Span.set_extension("probability", default=0.0, force=True)
Span.set_extension("slots", default=None, force=True)


class AgreementComponent(Weighted):
    """Fills doc.spans["agreement"] with the sentences that commit their speaker to something.

    Each span has `_.probability` and `_.slots` (Slots).
    """

    needs = ("kinds", "slots")

    def __call__(self, doc: Doc) -> Doc:
        context: Context = doc.user_data.get(CONTEXT, NO_CONTEXT)
        found = []
        for sentence in doc.sents:
            probability = self.probability(sentence.text, context)
            if probability >= ENOUGH:
                span = Span(doc, sentence.start, sentence.end, label=AGREED)
                span._.probability = probability
                span._.slots = slots_in(self.model("slots"), sentence.text)
                found.append(span)
        doc.spans[GROUP] = found
        return doc

    def probability(self, text: str, context: Context) -> float:
        """How likely the sentence is a commitment of its speaker."""
        model = self.model("kinds")
        scores = model.probabilities(commitment_features(text, context.role))
        return float(scores[model.labels.index(AGREED)])


@Language.factory("companion_agreement")
def make_agreement(nlp: Language, name: str) -> AgreementComponent:  # noqa: ARG001
    """For spaCy's registry; the weights come from disk."""
    return AgreementComponent()
