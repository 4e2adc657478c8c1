from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import StorageError
from companion.events import (
    AgreementHeard,
    AnyEvent,
    CueRaised,
    Gap,
    GapCause,
    LastMinuteForgotten,
    LevelMeasured,
    MeetingPaused,
    MeetingStarted,
    PlanChanged,
    PlannedStep,
    QuestionHeard,
    StepEntered,
    TurnHeard,
)
from companion.method.definitions import load_methods
from companion.storage.opening import Storage, open_plain
from companion.vocabulary import MovedBy, Role, SentenceKind
from tests.storage.made import a_meeting, a_stored_meeting


def _started() -> MeetingStarted:
    method = load_methods()["incident"]
    plan = tuple(PlannedStep(step=step.id, seconds=step.minutes * 60) for step in method.steps)
    return MeetingStarted(at=0.0, meeting="m1", wall=100.0, method=method, plan=plan)


def _question(at: float) -> QuestionHeard:
    return QuestionHeard(at=at, until=at + 2, label=SentenceKind.OPEN, probability=0.9)


async def test_every_event_gets_the_next_number_and_comes_back_in_order(storage: Storage) -> None:
    await a_stored_meeting(storage)
    events: list[AnyEvent] = [
        _started(),
        StepEntered(at=1.0, step=1, by=MovedBy.HAND),
        _question(2.5),
    ]
    numbers = [await storage.journal.append("m1", 100.0 + e.at, e) for e in events]
    assert numbers == [1, 2, 3]
    rows = await storage.journal.read("m1")
    assert [row.event for row in rows] == events
    assert [row.wall for row in rows] == [100.0, 101.0, 102.5]


async def test_several_events_of_one_command_are_kept_together(storage: Storage) -> None:
    await a_stored_meeting(storage)
    events: list[AnyEvent] = [MeetingPaused(at=1.0), _question(2.0)]
    assert await storage.journal.append_all("m1", 1.0, events, command="c1") == 2
    assert [row.command for row in await storage.journal.read("m1")] == ["c1", "c1"]


@pytest.mark.parametrize(
    "event",
    [
        AgreementHeard(at=1.0, until=2.0, candidate=1, probability=0.9, what="Ik bel Ans"),
        LevelMeasured(at=1.0, rms_db=-30, peak_db=-20),
    ],
)
async def test_words_and_passing_measurements_are_refused(
    storage: Storage, event: AnyEvent
) -> None:
    await a_stored_meeting(storage)
    with pytest.raises(ValueError, match="not for the journal"):
        await storage.journal.append_all("m1", 1.0, [MeetingPaused(at=1.0), event])
    assert await storage.journal.read("m1") == []


async def test_journal_of_an_unknown_meeting_is_refused(storage: Storage) -> None:
    with pytest.raises(StorageError, match="no such meeting"):
        await storage.journal.append("weg", 1.0, MeetingPaused(at=1.0))


async def test_forgetting_erases_that_minutes_findings_and_nothing_else(storage: Storage) -> None:
    await a_stored_meeting(storage)
    before, after = _question(10.0), _question(80.0)
    turn = TurnHeard(at=90.0, until=95.0, voice=1)
    gap = Gap(at=85.0, seconds=5.0, cause=GapCause.SUSPENDED)
    for event in (before, after, turn, gap):
        await storage.journal.append("m1", event.at, event)
    forgotten = LastMinuteForgotten(at=100.0, since=40.0)
    assert await storage.journal.append("m1", 100.0, forgotten) == 5
    rows = await storage.journal.read("m1")
    assert [row.event for row in rows] == [before, gap, forgotten]


async def test_numbers_of_erased_rows_do_not_come_back(storage: Storage) -> None:
    await a_stored_meeting(storage)
    await storage.journal.append("m1", 1.0, _question(1.0))
    await storage.journal.append("m1", 2.0, LastMinuteForgotten(at=2.0, since=0.0))
    assert await storage.journal.append("m1", 3.0, MeetingPaused(at=3.0)) == 3


async def test_many_at_once_lose_and_double_nothing(storage: Storage) -> None:
    await a_stored_meeting(storage)
    events = [MeetingPaused(at=float(n)) for n in range(40)]
    numbers = await asyncio.gather(*(storage.journal.append("m1", 1.0, e) for e in events))
    assert sorted(numbers) == list(range(1, 41))
    by_number = {row.sequence: row.event for row in await storage.journal.read("m1")}
    assert by_number == dict(zip(numbers, events, strict=True))


_times = st.floats(0, 1e6, allow_nan=False)
_events = st.one_of(
    st.builds(MeetingPaused, at=_times),
    st.builds(StepEntered, at=_times, step=st.integers(0, 20), by=st.sampled_from(MovedBy)),
    st.builds(PlanChanged, at=_times, why=st.just("set"), seconds=st.tuples(_times, _times)),
    st.builds(
        QuestionHeard,
        at=_times,
        until=_times,
        label=st.sampled_from(SentenceKind),
        probability=st.floats(0, 1),
        voice=st.none() | st.integers(0, 9),
        role=st.none() | st.sampled_from(Role),
    ),
    st.builds(
        CueRaised,
        at=_times,
        cue=st.text(max_size=20),
        step=st.integers(0, 20),
        number=st.integers(0, 99),
        why=st.dictionaries(st.text(max_size=5), _times, max_size=3),
    ),
    st.builds(LastMinuteForgotten, at=_times, since=_times),
)


def _expected(events: list[AnyEvent]) -> list[tuple[int, AnyEvent]]:
    """What a journal must hold, said without a database."""
    rows: list[tuple[int, AnyEvent]] = []
    for number, event in enumerate(events, 1):
        rows.append((number, event))
        if isinstance(event, LastMinuteForgotten):
            since = event.since
            rows = [r for r in rows if not (isinstance(r[1], QuestionHeard) and r[1].at >= since)]
    return rows


@given(st.lists(_events, max_size=12))
@settings(max_examples=25, deadline=None)
def test_any_journal_reads_as_it_was_written(events: list[AnyEvent]) -> None:
    async def write_and_read(folder: Path) -> list[tuple[int, AnyEvent]]:
        for round_ in range(2):  # also after closing and opening
            storage = await open_plain(folder / "any.db")
            if round_ == 0:
                await storage.meetings.create(a_meeting())
                for event in events:
                    await storage.journal.append("m1", event.at, event)
            rows = await storage.journal.read("m1")
            await storage.close()
        return [(row.sequence, row.event) for row in rows]

    with TemporaryDirectory() as folder:
        assert asyncio.run(write_and_read(Path(folder))) == _expected(events)
