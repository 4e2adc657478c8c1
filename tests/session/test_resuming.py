"""Whatever happened in a meeting: a restarted service stands where the first one stood."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.clock import VirtualClock
from companion.errors import CompanionError
from companion.events import QuestionHeard, TurnHeard
from companion.session.commands import (
    AddMinutes,
    AnyCommand,
    ConfirmAgreement,
    DropAgreement,
    GoToStep,
    NextStep,
    Pause,
    PreviousStep,
    Respread,
    Resume,
    TieVoice,
    TurnTo,
    UndoMove,
    UndoPlan,
)
from companion.session.running import Running
from companion.storage.opening import open_plain
from companion.vocabulary import SentenceKind
from tests.session.rooms import Room

_commands = st.one_of(
    st.builds(NextStep),
    st.builds(PreviousStep),
    st.builds(GoToStep, step=st.integers(0, 8)),
    st.builds(UndoMove),
    st.builds(Pause),
    st.builds(Resume),
    st.builds(AddMinutes, minutes=st.integers(-5, 5).map(float)),
    st.builds(Respread),
    st.builds(UndoPlan),
    st.builds(TurnTo, member=st.none() | st.integers(0, 2)),
    st.builds(TieVoice, voice=st.integers(1, 3), member=st.integers(0, 2)),
    st.builds(ConfirmAgreement, what=st.text(min_size=1, max_size=9), agreement=st.just("")),
    st.builds(DropAgreement, agreement=st.just("a1")),
)
_voices = st.none() | st.integers(1, 3)
_kinds = st.sampled_from(SentenceKind)
_acts = st.lists(
    st.tuples(st.floats(0, 400), _commands | st.tuples(_kinds, _voices)), min_size=1, max_size=10
)


async def _act(room: Room, what: AnyCommand | tuple[SentenceKind, int | None]) -> None:
    if not isinstance(what, tuple):
        try:
            await room.do(what)
        except CompanionError:
            return  # it could not be done now, which is as good a fact as any
        return
    now = max(room.ears.now() - 2, 0.0)
    question = QuestionHeard(at=now, until=now + 1, label=what[0], probability=0.9, voice=what[1])
    await room.say(question, TurnHeard(at=now, until=now + 2, voice=what[1], sure=True))


async def _live_and_resumed(
    folder: Path, acts: list[tuple[float, AnyCommand | tuple[SentenceKind, int | None]]]
) -> tuple[Running | None, Running | None]:
    clock = VirtualClock()
    storage = await open_plain(folder / "room.db", clock)
    room = Room(storage, clock, folder)
    await room.start(agreed=3, present=3, inbrenger="Ans", begeleider="Bo", minutes=20)
    for seconds, what in acts:
        await room.tick(seconds)
        await _act(room, what)
    live = room.session._here
    room.crash()
    await room.session.resume()
    await storage.close()
    return live, room.session._here


@given(_acts)
@settings(max_examples=20, deadline=None)
def test_resumed_meeting_equals_the_live_one(
    acts: list[tuple[float, AnyCommand | tuple[SentenceKind, int | None]]],
) -> None:
    with TemporaryDirectory() as folder:
        live, back = asyncio.run(_live_and_resumed(Path(folder), acts))
    assert live is not None
    assert back is not None
    assert back.meeting == live.meeting
    assert back.time.now() == pytest.approx(live.time.now(), abs=2.5)
    assert (back.agreements, back.cues) == (live.agreements, live.cues)
