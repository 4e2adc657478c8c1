"""The component that says what each sentence does: a label and a probability per label.

Two classifiers are mixed: a linear one that sees the words, turns of phrase and context,
and a small network that sees the words alone. Each is wrong in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Self

import msgspec
import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from companion.analysis.features import (
    CONTEXT,
    NO_CONTEXT,
    Context,
    core,
    sentence_features,
)
from companion.analysis.hashed import Floats, softmax
from companion.analysis.network import KindNetwork
from companion.analysis.rules import kind_rules
from companion.analysis.weighted import Weighted
from companion.analysis.words import words

GROUP: Final = "sentence_kind"
_LOUD: Final = 4
"""Times that a rule is repeated, to be heard among hundreds of letters."""
_LEAST: Final = 1e-6
Span.set_extension("kind_scores", default=None, force=True)


class Mix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the two are mixed: the network's share, and a temperature, fitted on held-out text."""

    share: float = 0.3
    temperature: float = 1.0
    lifts: dict[str, float] = {}
    """Label → what is added to its log probability for a sentence by itself."""
    meeting_lifts: dict[str, float] = {}
    """And in a meeting: most sentences there are neutral, more than in the training material."""


def kind_features(text: str, context: Context, matched: Sequence[str]) -> list[str]:
    """What the linear classifier sees; `matched` are the ids of the rules that match."""
    features = sentence_features(text, context)
    features += [f"rule {name} {loud}" for name in matched for loud in range(_LOUD)]
    return features


def matching_rules(text: str) -> list[str]:
    """Ids of the rules for sentence kinds that match."""
    return kind_rules().matching(core(words(text)))


def mixed(linear: Floats, network: Floats, mix: Mix, lifts: Floats) -> Floats:
    """Probabilities from those of both classifiers; all of shape (sentences, labels)."""
    first, second = np.log(linear + _LEAST), np.log(network + _LEAST)
    joined: Floats = ((1 - mix.share) * first + mix.share * second) / mix.temperature
    return softmax(joined + lifts)


def lifts_of(mix: Mix, labels: Sequence[str], contexts: Sequence[Context]) -> Floats:
    """What is added to the log probabilities, a row per sentence."""
    alone, meeting = (
        [lifts.get(label, 0.0) for label in labels] for lifts in (mix.lifts, mix.meeting_lifts)
    )
    rows = [alone if context == NO_CONTEXT else meeting for context in contexts]
    return np.array(rows, np.float32).reshape(len(rows), len(labels))


class SentenceKindComponent(Weighted):
    """Fills doc.spans["sentence_kind"]: one span a sentence, `label_` and `_.kind_scores`.

    The span's `id_` names a rule that speaks for its label, if one matched.
    """

    needs = ("kinds",)

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self._network = KindNetwork(vocab)
        self._mix = Mix()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The labels in the order of the scores."""
        return self.model("kinds").labels

    def __call__(self, doc: Doc) -> Doc:
        sentences = list(doc.sents) if len(doc) else []
        context: Context = doc.user_data.get(CONTEXT, NO_CONTEXT)
        contexts = []
        for sentence in sentences:
            contexts.append(context)
            if context is not NO_CONTEXT:  # the next sentence has this one before it
                context = msgspec.structs.replace(context, previous=sentence.text, same_voice=True)
        scores = self.scores([sentence.text for sentence in sentences], contexts)
        doc.spans[GROUP] = [
            self._labelled(doc, sentence, found)
            for sentence, found in zip(sentences, scores, strict=True)
        ]
        return doc

    def _labelled(self, doc: Doc, sentence: Span, scores: Floats) -> Span:
        label = self.kinds[int(scores.argmax())]
        matched = matching_rules(sentence.text)
        spoke = next((rule for rule in matched if kind_rules().labels[rule] == label), "")
        span = Span(doc, sentence.start, sentence.end, label=label, span_id=spoke)
        span._.kind_scores = dict(zip(self.kinds, map(float, scores), strict=True))
        return span

    def scores(self, texts: Sequence[str], contexts: Sequence[Context] = ()) -> Floats:
        """Probabilities, shape (texts, labels); without contexts nothing is known around them."""
        if not texts:
            return np.zeros((0, len(self.kinds)), np.float32)
        known = contexts or [NO_CONTEXT] * len(texts)
        linear = np.stack(
            [
                self.model("kinds").probabilities(
                    kind_features(text, context, matching_rules(text))
                )
                for text, context in zip(texts, known, strict=True)
            ]
        )
        lifts = lifts_of(self._mix, self.kinds, known)
        return mixed(linear, self._network.probabilities(texts), self._mix, lifts)

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the weights; spaCy's serialisation calls this."""
        super().to_disk(path, exclude=exclude)
        self._network.to_disk(Path(path) / "network.bin")
        (Path(path) / "mix.json").write_bytes(msgspec.json.encode(self._mix))

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Self:
        """Read the weights; raises ModelError when they are missing or damaged."""
        super().from_disk(path, exclude=exclude)
        self._network.from_disk(Path(path) / "network.bin")
        self._mix = msgspec.json.decode((Path(path) / "mix.json").read_bytes(), type=Mix)
        return self


@Language.factory("companion_sentence_kind")
def make_sentence_kind(nlp: Language, name: str) -> SentenceKindComponent:  # noqa: ARG001
    """For spaCy's registry; the weights come from disk."""
    return SentenceKindComponent(nlp.vocab)
