"""How the figures grow with the number of meetings, to tell whether more corpus would still help.

The linear classifier alone, without distorted copies, judged on the test part.
Run from the repository's root: python -m models.nl.learning_curve
"""

from __future__ import annotations

from companion.analysis.features import NO_CONTEXT
from companion.analysis.hashed import HashedLinear
from companion.analysis.sentence_kind import kind_features, matching_rules
from models.nl.fitting import Effort, fit
from models.nl.measuring import grouped, macro_f1
from models.nl.reading import Line, batches, meeting_lines

SHARES = (0.25, 0.5, 0.75, 1.0)
BUCKETS = 2**17


def trained_on(lines: list[Line]) -> HashedLinear:
    """A table from sentences with and without context."""
    examples = [
        (kind_features(line.text, context, matching_rules(line.text)), str(line.label))
        for line in lines
        for context in (NO_CONTEXT, line.context())
    ]
    return fit(examples, buckets=BUCKETS, effort=Effort(15.0))


def f1(table: HashedLinear, *, knowing: bool) -> float:
    """Grouped macro-F1 on the test part."""
    pairs = []
    for line in meeting_lines("test"):
        context = line.context() if knowing else NO_CONTEXT
        found = table.logits(kind_features(line.text, context, matching_rules(line.text)))
        pairs.append((str(line.label), table.labels[int(found.argmax())]))
    return macro_f1(grouped(pairs))


def main() -> None:
    """Print one line per share of the training meetings, taken in turn over the writers."""
    names = sorted(batches("meetings", "train"), key=lambda name: (name[1:], name[0]))
    for share in SHARES:
        kept = set(names[: round(len(names) * share)])
        lines = [line for line in meeting_lines("train") if line.id.split(":")[0] in kept]
        table = trained_on(lines)
        print(
            f"{len(kept):3} meetings, {len(lines):5} sentences: grouped macro-F1 "
            f"{f1(table, knowing=False):.3f} alone, {f1(table, knowing=True):.3f} with context"
        )


if __name__ == "__main__":
    main()
