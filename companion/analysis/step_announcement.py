"""The component that notices when somebody says that a step begins, or takes that back."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from companion.analysis.features import Context, sentence_features
from companion.analysis.weighted import Weighted
from companion.vocabulary import StepFunction

GROUP = "step_announcement"
CONTEXT = "companion_context"
"""Key in doc.user_data: the Context of the whole utterance; absent: none."""
NOTHING = "none"
_WHOLE = 3
"""Sentences up to which an utterance is judged as one."""
_WINDOW = 2

Span.set_extension("move_scores", default=None, force=True)
Span.set_extension("functions", default=None, force=True)


class StepAnnouncementComponent(Weighted):
    """Fills doc.spans["step_announcement"] with the windows that announce something.

    The label is "to", "back", "end" or "withdrawn"; `_.move_scores` has a probability for
    each and for "none", `_.functions` one for every StepFunction.
    """

    needs = ("moves", "functions")

    def __call__(self, doc: Doc) -> Doc:
        context: Context | None = doc.user_data.get(CONTEXT)
        spans = [self._judged(window, context) for window in _windows(doc)]
        doc.spans[GROUP] = [span for span in spans if span.label_ != NOTHING]
        return doc

    def _judged(self, window: Span, context: Context | None) -> Span:
        moves = self.move_scores(window.text, context)
        label = max(moves, key=lambda move: moves[move])
        span = Span(window.doc, window.start, window.end, label=label)
        span._.move_scores = moves
        span._.functions = {} if label == NOTHING else self.function_scores(window.text)
        return span

    def move_scores(self, text: str, context: Context | None) -> dict[str, float]:
        """A probability per move and for none."""
        model = self.model("moves")
        found = model.probabilities(sentence_features(text, context or Context()))
        return dict(zip(model.labels, map(float, found), strict=True))

    def function_scores(self, text: str) -> dict[StepFunction, float]:
        """A probability per function of a step."""
        model = self.model("functions")
        found = model.probabilities(sentence_features(text))
        return {StepFunction(name): float(p) for name, p in zip(model.labels, found, strict=True)}


def _windows(doc: Doc) -> Iterator[Span]:
    sentences = list(doc.sents)
    if len(sentences) <= _WHOLE:
        if len(doc):
            yield doc[:]
        return
    for first in range(len(sentences) - _WINDOW + 1):
        yield doc[sentences[first].start : sentences[first + _WINDOW - 1].end]


@Language.factory("companion_step_announcement")
def make_step_announcement(nlp: Language, name: str) -> StepAnnouncementComponent:  # noqa: ARG001
    """For spaCy's registry; the weights come from disk."""
    return StepAnnouncementComponent()
