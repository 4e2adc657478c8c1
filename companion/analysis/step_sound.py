"""The component that tells what kind of step a turn sounds like, announced or not."""

from __future__ import annotations

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from companion.analysis.features import CONTEXT, NO_CONTEXT, Context, sentence_features
from companion.analysis.hashed import Floats, softmax
from companion.analysis.weighted import Weighted
from companion.vocabulary import Role, StepFunction

_TELLING = 3
"""Sentences of a turn that tell something new; more of them say the same again."""
_LEAST = 1e-4

Doc.set_extension("step_sounds", default=None, force=True)


def sound_features(text: str, role: Role | None) -> list[str]:
    """Features of a sentence that is said somewhere in a step."""
    return sentence_features(text, Context(role=role))


class StepSoundComponent(Weighted):
    """Fills doc._.step_sounds: for each StepFunction the chance that such a step sounds so.

    All functions count as equally likely beforehand; the chances add up to 1.
    """

    needs = ("sounds",)

    def __call__(self, doc: Doc) -> Doc:
        role = doc.user_data.get(CONTEXT, NO_CONTEXT).role
        doc._.step_sounds = self.chances([sentence.text for sentence in doc.sents], role)
        return doc

    def chances(self, sentences: list[str], role: Role | None) -> dict[StepFunction, float]:
        """What the sentences of one turn sound like together; empty for none."""
        if not sentences:
            return {}
        model = self.model("sounds")
        found = [model.probabilities(sound_features(text, role)) for text in sentences]
        logs: Floats = np.log(np.stack(found) + _LEAST).mean(axis=0)
        joined = softmax(logs * min(len(sentences), _TELLING) ** 0.5)
        return {StepFunction(name): float(p) for name, p in zip(model.labels, joined, strict=True)}


@Language.factory("companion_step_sound")
def make_step_sound(nlp: Language, name: str) -> StepSoundComponent:  # noqa: ARG001
    """For spaCy's registry; the weights come from disk."""
    return StepSoundComponent()
