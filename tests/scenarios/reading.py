"""Scenario meetings: written by hand, laid out in time, with what is true of them.

A line is one sentence: speaker, label, text, marks, separated by tabs; `+` goes on in the
same turn, `~90` is silence, `@ step` enters a step. Speech runs at 2.7 words a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from companion.replaying.opening import role_of
from companion.speech.heard import Heard
from companion.vocabulary import SentenceKind

FOLDER = Path(__file__).parent
TEST = frozenset({3, 4})
"""Scenarios with these numbers are the test part; the others are for development."""
_WORDS_A_SECOND = 2.7
_BETWEEN_TURNS = 0.6
_WITHIN_TURN = 0.15
_HEADER = re.compile(r"# ([\w-]+): (.*)")

Lasting = Callable[[str, str], float]
"""Seconds that a speaker takes for a sentence."""


def _at_pace(_speaker: str, text: str) -> float:
    return len(text.split()) / _WORDS_A_SECOND


@dataclass(frozen=True)
class Sentence:
    """One sentence as spoken, and how it was labelled by hand."""

    at: float
    until: float
    label: SentenceKind
    step: str
    marks: tuple[str, ...]

    @property
    def cues(self) -> list[str]:
        """The cues that a good begeleider would want here."""
        return [mark.removeprefix("cue=") for mark in self.marks if mark.startswith("cue=")]


@dataclass
class Turn:
    """One utterance of one speaker."""

    speaker: str
    at: float
    until: float
    sentences: list[Sentence] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


@dataclass
class Scenario:
    """A meeting and its truth; times in seconds."""

    name: str
    header: dict[str, str]
    turns: list[Turn]
    steps: list[tuple[float, str]]
    """When the group enters which step."""
    duration: float

    @property
    def method(self) -> str:
        """The method's id."""
        return self.header["method"]

    @property
    def minutes(self) -> float:
        """The time that the group has."""
        return float(self.header["minutes"])

    @property
    def open_actions(self) -> int:
        """Actions open from last time."""
        return int(self.header.get("open-actions", "0"))

    @property
    def sentences(self) -> list[Sentence]:
        """Every sentence, in order."""
        return [sentence for turn in self.turns for sentence in turn.sentences]

    def step_at(self, at: float) -> str:
        """The true step at this moment."""
        entered = [step for since, step in self.steps if since <= at]
        return entered[-1] if entered else self.steps[0][1]

    def heard(self) -> list[Heard]:
        """What the language part is given."""
        voices = {name: n for n, name in enumerate(dict.fromkeys(t.speaker for t in self.turns))}
        return [
            Heard(
                at=turn.at,
                until=turn.until,
                text=" ".join(turn.texts),
                voice=voices[turn.speaker],
                role=role_of(turn.speaker),
                sure=True,
            )
            for turn in self.turns
        ]

    def speakers(self) -> list[str]:
        """Everyone who speaks."""
        return list(dict.fromkeys(turn.speaker for turn in self.turns))


def is_test(path: Path) -> bool:
    """Whether a scenario belongs to the test part."""
    return int(path.stem.rpartition("-")[2]) in TEST


def scenario_files(*, test: bool) -> list[Path]:
    """The files of one part, in order of name."""
    return sorted(path for path in FOLDER.glob("*-*.txt") if is_test(path) is test)


class _Layout:
    """Lays lines out in time, one after the other."""

    def __init__(self, lasting: Lasting) -> None:
        self.now = 0.0
        self._lasting = lasting
        self.turns: list[Turn] = []
        self.steps: list[tuple[float, str]] = []
        self._step = ""
        self._entering = False
        self._broken = False

    def enter(self, step: str) -> None:
        self._step, self._entering = step, True

    def silence(self, seconds: float) -> None:
        self.now += seconds
        self._broken = True

    def say(self, speaker: str, label: str, text: str, marks: str) -> None:
        same = speaker == "+" and not self._broken
        who = self.turns[-1].speaker if speaker == "+" else speaker
        at = self.now + (_WITHIN_TURN if same else _BETWEEN_TURNS)
        until = at + self._lasting(who, text)
        if self._entering:
            self.steps.append((at, self._step))
            self._entering = False
        if not same:
            self.turns.append(Turn(who, at, until))
        turn = self.turns[-1]
        turn.until = self.now = until
        turn.texts.append(text)
        split = tuple(mark.strip() for mark in _split_marks(marks))
        turn.sentences.append(Sentence(at, until, SentenceKind(label), self._step, split))
        self._broken = False


def _split_marks(marks: str) -> list[str]:
    """Commas part marks, but for those inside the slots of an agreement."""
    before, found, slots = marks.partition("afspraak ")
    parts = [part for part in before.split(",") if part.strip()]
    if found:
        slots, _, after = slots.partition(",cue=")
        parts.append("afspraak " + slots.strip().rstrip(","))
        parts += [f"cue={cue}" for cue in after.split(",cue=") if cue]
    return parts


def read_scenario(path: Path, lasting: Lasting = _at_pace) -> Scenario:
    """A scenario from its file; ValueError names a line that can't be read."""
    header: dict[str, str] = {}
    layout = _Layout(lasting)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        if match := _HEADER.match(line):
            header[match[1]] = match[2].strip()
        elif line.startswith("@"):
            layout.enter(line[1:].strip())
        elif line.startswith("~"):
            layout.silence(float(line[1:]))
        else:
            cells = line.split("\t")
            if len(cells) not in (3, 4):
                raise ValueError(f"{path.name}:{number}: {len(cells)} cells")
            speaker, label, text = cells[:3]
            layout.say(speaker, label, text, cells[3] if len(cells) == 4 else "")
    return Scenario(path.stem, header, layout.turns, layout.steps, layout.now)
