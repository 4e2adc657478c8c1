"""Trains the small network for sentence kinds, and fits its share beside the linear one."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import spacy
from spacy.training import Example
from thinc.api import fix_random_seed

from companion.analysis.features import NO_CONTEXT
from companion.analysis.hashed import Floats, HashedLinear
from companion.analysis.network import ARCHITECTURE, KindNetwork, heard_doc
from companion.analysis.sentence_kind import Mix, kind_features, matching_rules, mixed
from companion.vocabulary import SentenceKind
from models.nl.reading import meeting_lines
from models.nl.versions import Versions

BATCH = 64
EPOCHS = 4
LIFTS = {"advies": 0.6, "neutraal": -0.3}
"""Chosen on the dev part for the mean grouped F1 with and without context and marks."""
MEETING_LIFTS = {"advies": 0.6, "neutraal": 0.95}
"""Chosen on the development scenarios, where two of three sentences of members are neutral; in
the corpus, made to be dense, one of ten."""
LABELS = [str(kind) for kind in SentenceKind]


def trained_network() -> KindNetwork:
    """The network, trained on sentences without context."""
    fix_random_seed(0)
    nlp = spacy.blank("nl")
    textcat = nlp.add_pipe("textcat", config={"threshold": 0.0, "model": ARCHITECTURE})
    for label in LABELS:
        textcat.add_label(label)  # type: ignore[attr-defined]
    versions = Versions(5)
    examples = [
        Example.from_dict(
            heard_doc(nlp.vocab, text),
            {"cats": {label: float(label == line.label) for label in LABELS}},
        )
        for line in meeting_lines("train")
        for text in versions.of(line.id, line.text)
    ]
    optimizer = nlp.initialize(lambda: examples)
    rng = random.Random(0)  # noqa: S311 (no secret)
    for _ in range(EPOCHS):
        rng.shuffle(examples)
        for start in range(0, len(examples), BATCH):
            nlp.update(examples[start : start + BATCH], sgd=optimizer, drop=0.3)
        optimizer.learn_rate *= 0.8
    return KindNetwork(nlp.vocab, textcat.model)  # type: ignore[attr-defined]


def fitted_mix(linear: HashedLinear, network: KindNetwork) -> Mix:
    """Share and temperature with the least log loss on the dev part, with and without context."""
    versions = Versions(6, copies=1)
    rows = [
        (text, line) for line in meeting_lines("dev") for text in versions.of(line.id, line.text)
    ]
    texts = [text for text, _ in rows] * 2
    contexts = [NO_CONTEXT] * len(rows) + [line.context() for _, line in rows]
    truth = np.array([LABELS.index(line.label) for _, line in rows] * 2)
    first = np.stack(
        [
            linear.probabilities(kind_features(text, context, matching_rules(text)))
            for text, context in zip(texts, contexts, strict=True)
        ]
    )
    second = network.probabilities(texts)
    best = min(
        (Mix(share / 20, temperature / 20) for share in range(13) for temperature in range(8, 31)),
        key=lambda mix: _loss(first, second, mix, truth),
    )
    return Mix(best.share, best.temperature, LIFTS, MEETING_LIFTS)


def _loss(
    first: Floats, second: Floats, mix: Mix, truth: Sequence[int] | npt.NDArray[np.int64]
) -> float:
    found = mixed(first, second, mix, np.zeros_like(first))
    return float(-np.log(found[np.arange(len(truth)), truth] + 1e-9).mean())
