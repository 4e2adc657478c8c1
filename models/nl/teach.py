"""Tags the corpus with Frog, an offline teacher, and keeps the tags as data.

Needs Debian's frog and uctodata; the rest of the project needs only the file that this
writes. Run from the repository's root: python -m models.nl.teach
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy

from models.nl.reading import BUILD, CORPUS, PARTS, agreements, announcements, meeting_lines

_SEARCHED = 80
"""Words to look ahead for a sentence that Frog cut differently before."""
TAGS = CORPUS / "tags.tsv"
"""One sentence a line: id, tab, a tag for each word that spaCy's Dutch tokenizer sees."""


def texts() -> Iterator[tuple[str, str]]:
    """(id, text) of every line of the corpus."""
    for part in PARTS:
        for rows in (meeting_lines(part), announcements(part), agreements(part)):
            yield from ((row.id, row.text) for row in rows)


def frog(sentences: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """The (word, tag) pairs of all sentences on end; they are cut into words already."""
    BUILD.mkdir(exist_ok=True)
    source, result = BUILD / "untagged.txt", BUILD / "frog.tsv"
    source.write_text("\n".join(" ".join(words) for words in sentences) + "\n", "utf-8")
    with result.open("wb") as out:
        subprocess.run(
            ["frog", "-n", "-t", str(source), "--skip=tmpnca"],
            check=True,
            cwd=BUILD,
            stdout=out,
            stderr=subprocess.DEVNULL,
        )
    return read_tags(result)


def read_tags(result: Path) -> list[tuple[str, str]]:
    """Word and tag (second and fifth column) of each row that Frog wrote."""
    rows = [row.split("\t") for row in result.read_text("utf-8").splitlines() if row.strip()]
    return [(row[1], row[4]) for row in rows]


def aligned(
    sentences: Sequence[Sequence[str]], pairs: Sequence[tuple[str, str]]
) -> Iterator[list[tuple[str, str]] | None]:
    """The pairs of each sentence; None where Frog cut the words differently."""
    place = 0
    for words in sentences:
        for start in range(place, min(place + _SEARCHED, len(pairs))):
            found = list(pairs[start : start + len(words)])
            if [word for word, _ in found] == list(words):
                place = start + len(words)
                yield found
                break
        else:
            yield None


def main() -> None:
    """Write TAGS."""
    nlp = spacy.blank("nl")
    rows = [(key, [t.text for t in nlp.make_doc(text) if not t.is_space]) for key, text in texts()]
    sentences = [words for _, words in rows]
    kept = [
        f"{key}\t{' '.join(tag for _, tag in pairs)}"
        for (key, _), pairs in zip(rows, aligned(sentences, frog(sentences)), strict=True)
        if pairs
    ]
    TAGS.write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(kept)} of {len(rows)} sentences tagged")


if __name__ == "__main__":
    main()
