"""Trains tagger and morphologizer on the teacher's tags (see teach.py).

Run from the repository's root: python -m models.nl.tagging
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from models.nl.reading import BUILD, PARTS, Part, agreements, announcements, meeting_lines
from models.nl.teach import TAGS

TAGGER = BUILD / "tagger"
BATCH = 48
EPOCHS = 5
WIDTH = 48
_TAG = re.compile(r"(\w+)\(([^)]*)\)")
_POS = {
    "LET": "PUNCT", "BW": "ADV", "VZ": "ADP", "N": "NOUN", "WW": "VERB", "LID": "DET",
    "VNW": "PRON", "ADJ": "ADJ", "SPEC": "PROPN", "TW": "NUM", "TSW": "INTJ", "VG": "CCONJ",
}  # fmt: skip
_FORMS = {"pv": "Fin", "inf": "Inf", "vd": "Part", "od": "Part"}

CONFIG = {
    "tok2vec": {
        "model": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": WIDTH,
                "attrs": ["LOWER", "PREFIX", "SUFFIX"],
                "rows": [3000, 1000, 1500],
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": WIDTH,
                "window_size": 1,
                "maxout_pieces": 2,
                "depth": 3,
            },
        }
    },
    "listener": {
        "model": {
            "@architectures": "spacy.Tagger.v2",
            "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH},
        }
    },
}


def tag_of(frog: str) -> str:
    """A short tag: the word class, for verbs and pronouns with their form."""
    match = _TAG.match(frog)
    if match is None:
        return frog
    name, features = match[1], match[2].split(",")
    return f"{name}-{features[0]}" if name in {"WW", "VNW", "VG", "TW"} else name


def pos_of(frog: str) -> str:
    """The universal part of speech."""
    name = frog.split("(", maxsplit=1)[0]
    return "SCONJ" if frog.startswith("VG(onder") else _POS.get(name, "X")


def morph_of(frog: str) -> str:
    """Universal features of verbs and personal pronouns, "_" for other words."""
    match = _TAG.match(frog)
    if match is None:
        return ""
    name, features = match[1], match[2].split(",")
    found = {}
    if name == "WW":
        found["VerbForm"] = _FORMS.get(features[0], "Fin")
        if features[0] == "pv":
            found["Tense"] = "Past" if "verl" in features else "Pres"
            found["Number"] = "Plur" if "mv" in features else "Sing"
    if name == "VNW" and features[0] == "pers":
        person = next((f[0] for f in features if f[0] in "123"), "3")
        found["Person"] = person
        found["Case"] = "Nom" if "nomin" in features else "Acc"
    return "|".join(f"{key}={value}" for key, value in sorted(found.items()))


def texts(part: Part) -> Iterator[tuple[str, str]]:
    """(id, text) of a part."""
    for rows in (meeting_lines(part), announcements(part), agreements(part)):
        yield from ((row.id, row.text) for row in rows)


def tagged(nlp: Language, part: Part) -> list[Example]:
    """Each sentence as written and as a recogniser might: no capitals, no marks."""
    rows = (row.split("\t") for row in TAGS.read_text("utf-8").splitlines())
    tags = {key: line.split(" ") for key, line in rows}
    found = []
    for key, text in texts(part):
        words = [token.text for token in nlp.make_doc(text) if not token.is_space]
        if len(tags.get(key, [])) != len(words):
            continue
        pairs = list(zip(words, tags[key], strict=True))
        bare = [(word.lower(), tag) for word, tag in pairs if not tag.startswith("LET")]
        found += [example(nlp, variant) for variant in (pairs, bare) if variant]
    return found


def example(nlp: Language, pairs: Sequence[tuple[str, str]]) -> Example:
    """Words with tag, part of speech and features."""
    return Example.from_dict(
        Doc(nlp.vocab, words=[word for word, _ in pairs]),
        {
            "tags": [tag_of(tag) for _, tag in pairs],
            "pos": [pos_of(tag) for _, tag in pairs],
            "morphs": [morph_of(tag) for _, tag in pairs],
        },
    )


def trained() -> Language:
    """A blank pipeline with the three trained parts."""
    fix_random_seed(0)
    nlp = spacy.blank("nl")
    nlp.add_pipe("tok2vec", config=CONFIG["tok2vec"])
    nlp.add_pipe("tagger", config=CONFIG["listener"])
    nlp.add_pipe("morphologizer", config=CONFIG["listener"])
    examples = tagged(nlp, "train")
    optimizer = nlp.initialize(lambda: examples)
    optimizer.learn_rate = 0.002
    rng = random.Random(0)  # noqa: S311 (no secret)
    for _ in range(EPOCHS):
        rng.shuffle(examples)
        for start in range(0, len(examples), BATCH):
            nlp.update(examples[start : start + BATCH], sgd=optimizer, drop=0.1)
        optimizer.learn_rate *= 0.7
    return nlp


def main() -> None:
    """Write the trained parts; print how well they follow the teacher on unseen meetings."""
    nlp = trained()
    for part in PARTS[1:]:
        scores = nlp.evaluate(tagged(nlp, part))
        print(f"{part}: tag {scores['tag_acc']:.3f}, morph {scores['morph_acc']:.3f}")
    TAGGER.parent.mkdir(exist_ok=True)
    nlp.to_disk(TAGGER)


if __name__ == "__main__":
    main()
