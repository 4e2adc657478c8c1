"""Checks every line of the corpus and counts it; the first step of the project.

Run from the repository's root: python -m models.nl.convert
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

from models.nl.reading import PARTS, Part, agreements, announcements, meeting_lines


def faults(part: Part) -> Iterator[str]:
    """What is wrong in a part; labels, roles and steps are checked by reading."""
    for row in announcements(part):
        told = row.target is not None or row.end
        if told and row.tag in {"inhoud", "vooruitblik", "ingetrokken", "tijd", "uitleg"}:
            yield f"{row.id}: a near miss with a target"
    for agreed in agreements(part):
        for slot, said in agreed.slots.items():
            if said not in agreed.text:
                yield f"{agreed.id}: {slot} is not in the text: {said}"


def main() -> int:
    """Print counts per part; exit code 1 when something is wrong."""
    wrong = []
    for part in PARTS:
        lines = meeting_lines(part)
        labels = Counter(str(line.label) for line in lines)
        print(f"{part}: {len(lines)} sentences {dict(sorted(labels.items()))}")
        steps = announcements(part)
        told = sum(row.target is not None or row.end for row in steps)
        print(f"  {told} announcements, {len(steps) - told} near misses")
        plans = agreements(part)
        agreed = sum(row.kind == "afspraak" for row in plans)
        print(f"  {agreed} agreements, {len(plans) - agreed} near misses")
        wrong += list(faults(part))
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
