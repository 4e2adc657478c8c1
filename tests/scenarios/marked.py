"""A scenario's own marks as what a listener would find, and the cues that come of them.

The truth in the place of the language part: labels by hand, steps entered when the group
does. So a cue sequence says what the engine does, whatever the models think that day.
"""

from __future__ import annotations

from collections.abc import Iterator

from companion.events import (
    AdviceHeard,
    AgreementHeard,
    AnyFinding,
    CueRaised,
    MeetingStarted,
    QuestionHeard,
    TurnHeard,
)
from companion.method.definitions import load_methods
from companion.replaying.opening import opening, role_of
from companion.session.commands import GoToStep
from companion.session.meeting import Meeting
from companion.vocabulary import ADVICE_KINDS, QUESTION_KINDS, StepMode
from tests.scenarios.reading import Scenario, Sentence

_SURE = 0.9
_SLOTS = {"what": "what", "with": "with_whom", "when": "when", "how": "how"}


def findings(scenario: Scenario) -> Iterator[AnyFinding]:
    """What a faultless listener would find, in the order of hearing."""
    voices = {name: n for n, name in enumerate(scenario.speakers())}
    candidates = 0
    for turn in scenario.turns:
        voice, role = voices[turn.speaker], role_of(turn.speaker)
        yield TurnHeard(at=turn.at, until=turn.until, voice=voice, role=role, sure=True)
        asked = 0
        for said in turn.sentences:
            if said.label in QUESTION_KINDS:
                asked += 1
                yield QuestionHeard(
                    at=said.at, until=said.until, label=said.label, probability=_SURE,
                    voice=voice, role=role, in_turn=asked,
                )  # fmt: skip
            elif said.label in ADVICE_KINDS:
                yield AdviceHeard(
                    at=said.at, until=said.until, label=said.label, probability=_SURE,
                    voice=voice, role=role,
                )  # fmt: skip
            for slots in _agreements(said):
                candidates += 1
                yield AgreementHeard(
                    at=said.at, until=said.until, candidate=candidates, probability=_SURE,
                    voice=voice, role=role, **slots,
                )  # fmt: skip


def _agreements(said: Sentence) -> Iterator[dict[str, str]]:
    for mark in said.marks:
        if mark.startswith("afspraak "):
            pairs = [pair.partition("=") for pair in mark.removeprefix("afspraak ").split("|")]
            slots = {key.strip(): value.strip() for key, _, value in pairs}
            known = {_SLOTS[key]: value for key, value in slots.items() if key in _SLOTS}
            yield {"what": ""} | known


def cue_sequence(scenario: Scenario) -> list[str]:
    """Every cue of the meeting: its moment, step, name and the counts behind it."""
    started = _started(scenario)
    meeting = Meeting(started)
    ids = [planned.step for planned in started.plan]
    heard = list(findings(scenario))
    entries = [(at, ids.index(step)) for at, step in scenario.steps if step in ids]
    raised: list[CueRaised] = []
    for second in range(int(scenario.duration) + 1):
        while entries and entries[0][0] <= second:
            at, step = entries.pop(0)
            if step != meeting.record.progress.step:
                meeting.command(GoToStep(step=step), at)
        while heard and getattr(heard[0], "until", 0.0) <= second:
            raised += [e for e in meeting.hear(heard.pop(0)) if isinstance(e, CueRaised)]
        raised += [e for e in meeting.tick(float(second)) if isinstance(e, CueRaised)]
    return [_line(cue, ids) for cue in raised]


def _started(scenario: Scenario) -> MeetingStarted:
    return opening(
        load_methods()[scenario.method],
        speakers=scenario.speakers(),
        minutes=scenario.minutes,
        mode=StepMode.HAND,
        open_actions=scenario.open_actions,
    )


def _line(cue: CueRaised, ids: list[str]) -> str:
    why = " ".join(f"{name}={value:.0f}" for name, value in sorted(cue.why.items()))
    at = round(cue.at)
    return f"{at // 60:02d}:{at % 60:02d} {ids[cue.step]:18} {cue.cue:18} {why}"
