"""Known Dutch text: lines of the corpus, and the acted lines of fish fillets (Debian)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"
SPLIT = Path(__file__).parents[1] / "split.toml"
FILLETS = Path("/usr/share/games/fillets-ng")

_TEXT_COLUMN = {"meetings": 2, "announcements": 3, "agreements": 3}
_LEVELS = "abcdefghijkl"
_DIALOG = re.compile(r'dialogId\("([^"]+)".*?\ndialogStr\("((?:[^"\\]|\\.)*)"\)')


@dataclass(frozen=True)
class Line:
    """A text that somebody says."""

    id: str
    """Corpus: "meetings/a03.txt:12" (line number from 1); acted: "airplane/let-m-oko"."""
    said: str
    neutral: bool = False
    """A meeting's line with the label neutraal."""
    sound: Path | None = None
    """The recording, for acted lines."""


def corpus_lines(part: str, corpus: Path = CORPUS, split: Path = SPLIT) -> list[Line]:
    """Every sentence of the files of `part` (train, dev or test), in file order."""
    parts = tomllib.loads(split.read_text(encoding="utf-8"))
    return [
        line
        for folder in _TEXT_COLUMN
        for name in parts[folder][part]
        for line in _lines_of(corpus, f"{folder}/{name}.txt")
    ]


def _lines_of(corpus: Path, name: str) -> list[Line]:
    folder = name.partition("/")[0]
    column = _TEXT_COLUMN[folder]
    lines = []
    rows = (corpus / name).read_text(encoding="utf-8").splitlines()
    for number, row in enumerate(rows, start=1):
        cells = row.split("\t")
        if row.startswith(("#", "@")) or len(cells) <= column:
            continue
        neutral = folder == "meetings" and cells[1] == "neutraal"
        lines.append(Line(f"{name}:{number}", cells[column].strip(), neutral))
    return lines


def acted_lines(game: Path = FILLETS) -> list[Line]:
    """The Dutch subtitles that have a recording, of the levels a to l."""
    lines = []
    for script in sorted(game.glob("script/*/dialogs_nl.lua")):
        level = script.parent.name
        if level[0] not in _LEVELS:
            continue
        for name, said in _DIALOG.findall(script.read_text(encoding="utf-8")):
            sound = game / "sound" / level / "nl" / f"{name}.ogg"
            if sound.is_file() and any(c.isalpha() for c in said):
                lines.append(Line(f"{level}/{name}", said.replace('\\"', '"'), sound=sound))
    return lines
