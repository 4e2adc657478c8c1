"""How far two annotators agree: kappa over all labels and per class.

models/nl/corpus/second.tsv holds the second, blind labels: `file:line<TAB>label`.
Run from the repository's root: python -m models.nl.agreement_kappa
"""

from __future__ import annotations

import sys

from companion.vocabulary import SentenceKind
from models.nl.measuring import Pair, interval, kappa
from models.nl.reading import CORPUS, PARTS, meeting_lines

SECOND = CORPUS / "second.tsv"


def main() -> int:
    """Print the figures and the lines on which the two differ."""
    if not SECOND.exists():
        print(f"{SECOND.name} is not there yet")
        return 2
    lines = {line.id: line for part in PARTS for line in meeting_lines(part)}
    pairs: list[Pair] = []
    differing = []
    for row in SECOND.read_text("utf-8").splitlines():
        key, label = row.split("\t")[:2]
        line = lines[key.replace(".txt", "")]
        pairs.append((str(line.label), str(SentenceKind(label))))
        if line.label != label:
            differing.append(f"{key}\t{line.label}\t{label}\t{line.text}")
    low, high = interval(pairs, kappa)
    print(f"{len(pairs)} sentences, kappa {kappa(pairs):.3f}  [{low:.3f}, {high:.3f}]")
    for kind in SentenceKind:
        print(f"  {kind:15} {kappa(pairs, kind):.3f}")
    print("\n".join(differing))
    return 0


if __name__ == "__main__":
    sys.exit(main())
