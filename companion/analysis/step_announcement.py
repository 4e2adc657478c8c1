"""The component that notices when somebody says that a step begins, or takes that back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from companion.analysis.features import (
    CONTEXT,
    NO_CONTEXT,
    Context,
    sentence_features,
    step_features,
)
from companion.analysis.weighted import Weighted
from companion.vocabulary import StepFunction

GROUP = "step_announcement"
NOTHING = "none"
WITHDRAWN = "withdrawn"
_ENOUGH = 0.45
"""Probability of any move from which one is announced."""
_WHOLE = 3
"""Sentences up to which an utterance is judged as one."""
_WINDOW = 2
_LOUD = 12
"""Times that the guessed function is repeated, to be heard among hundreds of letters."""

Span.set_extension("move_scores", default=None, force=True)
Span.set_extension("functions", default=None, force=True)


def move_features(
    text: str, context: Context, functions: Mapping[StepFunction, float]
) -> list[str]:
    """Features of an utterance that may announce a step; `functions` is what it sounds like."""
    features = dict.fromkeys(sentence_features(text, Context(role=context.role)))
    for clue in _clues(context, possible(functions, context.steps)):
        features.update((f"{clue} {loud}", None) for loud in range(_LOUD))
    return list(features)


def possible(
    functions: Mapping[StepFunction, float], steps: Collection[StepFunction]
) -> dict[StepFunction, float]:
    """The chances of the functions that this meeting has, adding up to 1."""
    kept = {name: p for name, p in functions.items() if not steps or name in steps}
    total = sum(kept.values()) or 1.0
    return {name: p / total for name, p in kept.items()}


def _clues(context: Context, functions: Mapping[StepFunction, float]) -> Iterator[str]:
    """What the guessed step means at this place in the meeting."""
    guessed = max(functions, key=lambda name: functions[name])
    yield f"to {guessed}"
    if context.function is not None:
        yield f"in {context.function}"
        yield f"stays {guessed is context.function}"
        yield f"from {context.function} to {guessed}"
    if context.place is None or not context.steps:
        return
    coming = context.steps[context.place + 1] if context.place + 1 < len(context.steps) else None
    here, onward = functions.get(context.steps[context.place], 0.0), 0.0
    if coming is not None:
        onward = functions.get(coming, 0.0)
    yield f"way {_way(context.steps, context.place, guessed)} {_size(functions[guessed])}"
    yield f"way {_way(context.steps, context.place, guessed)} {context.role}"
    yield f"next {_size(onward)}"
    yield f"here {_size(here)}"


def _way(steps: Sequence[StepFunction], place: int, guessed: StepFunction) -> str:
    """Where the nearest step of that function lies, the ones to come before the past ones."""
    ahead = [index - place for index, name in enumerate(steps) if name is guessed and index > place]
    if guessed is steps[place]:
        return "here"
    if ahead:
        return f"on {min(ahead[0], 3)}"
    return "back"


def _size(chance: float) -> int:
    return int(chance * 4.999)


class StepAnnouncementComponent(Weighted):
    """Fills doc.spans["step_announcement"] with the windows that announce something.

    The label is "to", "back", "end" or "withdrawn"; `_.move_scores` has a probability for
    each and for "none", `_.functions` one for every StepFunction.
    """

    needs = ("moves", "functions")

    def __call__(self, doc: Doc) -> Doc:
        context: Context = doc.user_data.get(CONTEXT, NO_CONTEXT)
        spans = [self._judged(window, context) for window in _windows(doc)]
        doc.spans[GROUP] = [span for span in spans if span.label_ != NOTHING]
        return doc

    def _judged(self, window: Span, context: Context) -> Span:
        functions = self.function_scores(window.text)
        moves = self.move_scores(window.text, context, functions)
        span = Span(window.doc, window.start, window.end, label=decided(moves))
        span._.move_scores = moves
        span._.functions = functions
        return span

    def move_scores(
        self, text: str, context: Context, functions: dict[StepFunction, float]
    ) -> dict[str, float]:
        """A probability per move and for none."""
        model = self.model("moves")
        found = model.probabilities(move_features(text, context, functions))
        return dict(zip(model.labels, map(float, found), strict=True))

    def function_scores(self, text: str) -> dict[StepFunction, float]:
        """A probability per function of a step."""
        model = self.model("functions")
        found = model.probabilities(step_features(text))
        return {StepFunction(name): float(p) for name, p in zip(model.labels, found, strict=True)}


def decided(moves: dict[str, float]) -> str:
    """The likeliest move, when moving at all is likely enough; else "none" or "withdrawn"."""
    going = {name: p for name, p in moves.items() if name not in {NOTHING, WITHDRAWN}}
    if sum(going.values()) >= _ENOUGH:
        return max(going, key=lambda name: going[name])
    return WITHDRAWN if moves[WITHDRAWN] > moves[NOTHING] else NOTHING


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
