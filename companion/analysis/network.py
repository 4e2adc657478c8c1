"""A small convolutional text classifier (spaCy's textcat architecture) beside the linear one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import Model

from companion.analysis.hashed import Floats
from companion.analysis.words import asks_by_mark, words
from companion.errors import ModelError

_WIDTH: Final = 64
ARCHITECTURE: Final[dict[str, Any]] = {
    "@architectures": "spacy.TextCatReduce.v1",
    "exclusive_classes": True,
    "use_reduce_first": True,
    "use_reduce_last": True,
    "use_reduce_max": True,
    "use_reduce_mean": True,
    "tok2vec": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": _WIDTH,
            "rows": [4000, 1000, 2000],
            "attrs": ["LOWER", "PREFIX", "SUFFIX"],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": _WIDTH,
            "window_size": 1,
            "maxout_pieces": 3,
            "depth": 3,
        },
    },
}


def heard_doc(vocab: Vocab, text: str) -> Doc:
    """Plain words as a Doc, a question mark kept as the last of them."""
    found = words(text) or ["…"]
    return Doc(vocab, words=[*found, "?"] if asks_by_mark(text) else found)


class KindNetwork:
    """Gives a probability per label for plain text, in the order of the labels in training."""

    def __init__(self, vocab: Vocab, model: Model[list[Doc], Floats] | None = None) -> None:
        self._vocab = vocab
        self.model = model or registry.resolve({"model": ARCHITECTURE})["model"]

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Shape (texts, labels)."""
        found: Floats = self.model.predict([heard_doc(self._vocab, text) for text in texts])
        return np.asarray(found, dtype=np.float32)

    def to_disk(self, file: Path) -> None:
        """Write the weights."""
        file.write_bytes(self.model.to_bytes())

    def from_disk(self, file: Path) -> KindNetwork:
        """Read the weights; raises ModelError when they are missing or damaged."""
        try:
            self.model.from_bytes(file.read_bytes())
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                "language-model", f"The Dutch language model in {file} can't be read: {error}"
            ) from error
        return self
