"""How well the engine follows the scenario meetings: `python -m tests.scenarios.evaluate [--dev]`.

The text goes through the real language part and the real engine, as `companion replay`
does it. The test part is printed unless --dev asks for the other.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from companion.events import AgreementHeard, CueRaised, StepEntered
from companion.method.definitions import load_methods
from companion.replaying.offline import analyser_for
from companion.replaying.opening import opening
from companion.replaying.run import Replay
from companion.speech.heard import Heard
from companion.vocabulary import MovedBy
from tests.scenarios.reading import Scenario, read_scenario, scenario_files

NEAR = 15.0
"""Seconds within which a step change is on time."""
_CUE_LATEST, _CUE_EARLIEST = 75.0, 10.0
"""A cue agrees with a mark up to this long after it, or just before it."""
_SAME_CUE = {"early-disguised": "early", "early-advice": "early", "never-advice": "early"}
_CLOCKS = ("time-", "meeting-end", "listening-")


@dataclass(frozen=True)
class Outcome:
    """What came of one scenario; counts, and seconds."""

    name: str
    text: str
    seconds: float
    right_seconds: float
    boundaries: int
    moved: int
    on_time: int
    wrong_jumps: int
    delays: tuple[float, ...]
    shown: tuple[float, ...]
    """How long after a true change the page showed it, of the changes that were made."""
    cues: int
    agreed_cues: int
    marked_cues: int
    met_cues: int
    actions: int
    right_actions: int
    true_actions: int
    met_actions: int


def play(scenario: Scenario, heard: Iterable[Heard] | None = None) -> Replay:
    """What was heard of a scenario, else its text, through language part and engine.

    Steps move by themselves.
    """
    started = opening(
        load_methods()[scenario.method],
        speakers=scenario.speakers(),
        minutes=scenario.minutes,
        open_actions=scenario.open_actions,
    )
    replay = Replay(started, analyser_for("")(started))
    replay.hear(scenario.heard() if heard is None else heard)
    replay.end(scenario.duration)
    return replay


def judge(scenario: Scenario, replay: Replay) -> Outcome:
    """Compare with the truth."""
    got = _visits(replay)
    true = list(dict.fromkeys(_runs(scenario.steps)))[1:]
    entered = [(at, step) for at, step in got if at > 0]
    matched = _match(true, entered)
    cues = [
        (event.at, _SAME_CUE.get(event.cue, event.cue))
        for event in replay.events
        if isinstance(event, CueRaised) and not event.cue.startswith(_CLOCKS)
    ]
    marks = [(s.at, _SAME_CUE.get(cue, cue)) for s in scenario.sentences for cue in s.cues]
    agreements = [s for s in scenario.sentences if any(m.startswith("afspraak") for m in s.marks)]
    found = _candidates(replay)
    return Outcome(
        name=scenario.name,
        text=scenario.header.get("text", "clean"),
        seconds=scenario.duration,
        right_seconds=_right(scenario, got),
        boundaries=len(true),
        moved=len(entered),
        on_time=len(matched),
        wrong_jumps=_wrong_jumps(scenario, replay),
        delays=tuple(matched),
        shown=tuple(_shown_after(scenario, replay)),
        cues=len(cues),
        agreed_cues=sum(any(_meets(cue, mark) for mark in marks) for cue in cues),
        marked_cues=len(marks),
        met_cues=sum(any(_meets(cue, mark) for cue in cues) for mark in marks),
        actions=len(found),
        right_actions=sum(any(s.at - 3 <= at <= s.until + 3 for s in agreements) for at in found),
        true_actions=len(agreements),
        met_actions=sum(any(s.at - 3 <= at <= s.until + 3 for at in found) for s in agreements),
    )


def _visits(replay: Replay) -> list[tuple[float, str]]:
    progress = replay.meeting.record.progress
    return [(visit.since, progress.steps[visit.step].id) for visit in progress.visits]


def _runs(steps: list[tuple[float, str]]) -> Iterable[tuple[float, str]]:
    """Step changes, an entry of the step that it was already in left out."""
    yield steps[0]
    yield from (here for before, here in pairwise(steps) if before[1] != here[1])


def _match(true: list[tuple[float, str]], got: list[tuple[float, str]]) -> list[float]:
    """Delays of the true changes that were made, each by its own move, within NEAR."""
    free = list(got)
    delays = []
    for at, step in true:
        near = [one for one in free if one[1] == step and abs(one[0] - at) <= NEAR]
        if near:
            best = min(near, key=lambda one: abs(one[0] - at))
            free.remove(best)
            delays.append(best[0] - at)
    return delays


def _shown_after(scenario: Scenario, replay: Replay) -> Iterable[float]:
    """Seconds from each true change until it was decided on, what was heard being the clock."""
    steps, now, shown = replay.meeting.record.progress.steps, 0.0, []
    for event in replay.events:
        now = max(now, event.at, getattr(event, "until", 0.0))
        if isinstance(event, StepEntered) and event.by is MovedBy.HEARD:
            step = steps[event.step].id
            near = [
                at for at, true in scenario.steps if true == step and abs(at - event.at) <= NEAR
            ]
            shown += [now - min(near, key=lambda at: abs(at - event.at))] if near else []
    return shown


def _right(scenario: Scenario, got: list[tuple[float, str]]) -> float:
    ends = [*(at for at, _ in got[1:]), scenario.duration]
    moments = [(at, step, end) for (at, step), end in zip(got, ends, strict=True)]
    right = 0.0
    for second in range(int(scenario.duration)):
        at = second + 0.5
        here = next(step for _, step, end in moments if at < end)
        right += here == scenario.step_at(at)
    return right


def _wrong_jumps(scenario: Scenario, replay: Replay) -> int:
    """Moves by what was heard into a step that the group was not near to."""
    steps = replay.meeting.record.progress.steps
    wrong = 0
    for event in replay.events:
        if not isinstance(event, StepEntered) or event.by is not MovedBy.HEARD:
            continue
        around = {scenario.step_at(max(event.at + d, 0.0)) for d in (-NEAR, -8, 0, 8, NEAR)}
        wrong += steps[event.step].id not in around
    return wrong


def _meets(cue: tuple[float, str], mark: tuple[float, str]) -> bool:
    return cue[1] == mark[1] and -_CUE_EARLIEST <= cue[0] - mark[0] <= _CUE_LATEST


def _candidates(replay: Replay) -> list[float]:
    kept = replay.meeting.record.candidates
    at: dict[int, float] = {}
    for event in replay.events:
        if isinstance(event, AgreementHeard) and event.candidate in kept:
            at.setdefault(event.candidate, event.at)
    return list(at.values())


def summary(outcomes: list[Outcome]) -> list[str]:
    """Lines of figures over these meetings."""

    def total(field: str) -> float:
        return float(sum(getattr(outcome, field) for outcome in outcomes))

    def share(part: str, whole: str) -> str:
        return f"{total(part) / total(whole):.3f}" if total(whole) else "  –  "

    on_time = total("on_time")
    moves = total("boundaries") + total("moved")
    delays = [delay for outcome in outcomes for delay in outcome.delays]
    shown = [late for outcome in outcomes for late in outcome.shown]
    f1 = 2 * on_time / moves if moves else 0.0
    delay = statistics.median(delays) if delays else 0.0
    rows = [
        ("meetings", f"{len(outcomes)}"),
        ("time in the right step", share("right_seconds", "seconds")),
        (f"boundary F1 within {NEAR:.0f} s", f"{f1:.3f}"),
        ("wrong jumps a meeting", f"{total('wrong_jumps') / len(outcomes):.2f}"),
        ("delay of a step change", f"{delay:.1f} s (median)"),
        ("… until it is shown", f"{statistics.median(shown) if shown else 0.0:.1f} s (median)"),
        ("cues in 10 minutes", f"{total('cues') / total('seconds') * 600:.1f}"),
        ("cue precision", f"{share('agreed_cues', 'cues')} of {total('cues'):.0f}"),
        ("cue recall", f"{share('met_cues', 'marked_cues')} of {total('marked_cues'):.0f}"),
        ("agreements precision", f"{share('right_actions', 'actions')} of {total('actions'):.0f}"),
        (
            "agreements recall",
            f"{share('met_actions', 'true_actions')} of {total('true_actions'):.0f}",
        ),
    ]
    return [f"{name:30}{figure}" for name, figure in rows]


def main() -> None:
    """Print the figures of one part."""
    files = scenario_files(test="--dev" not in sys.argv)
    outcomes = []
    for path in files:
        scenario = read_scenario(path)
        outcomes.append(judge(scenario, play(scenario)))
    for outcome in outcomes:
        print(
            f"{outcome.name:15}{outcome.text:9}"
            f"right {outcome.right_seconds / outcome.seconds:.2f}  "
            f"on time {outcome.on_time}/{outcome.boundaries}  wrong {outcome.wrong_jumps}  "
            f"cues {outcome.agreed_cues}/{outcome.cues}"
        )
    for text in ("clean", "whisper"):
        part = [outcome for outcome in outcomes if outcome.text == text]
        if part:
            print(f"\n{'development' if '--dev' in sys.argv else 'test'} part, text: {text}")
            print("\n".join(summary(part)))


if __name__ == "__main__":
    main()
