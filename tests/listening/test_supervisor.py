from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from companion.events import (
    AgreementHeard,
    AnyFinding,
    Gap,
    GapCause,
    LevelMeasured,
    ListeningProblem,
    ListeningReported,
    ListeningState,
    TurnHeard,
)
from companion.listening import supervisor as supervisor_module
from companion.listening.link import Forget, HearAgain, InStep, Listen, StopHearing, VoiceRole
from companion.listening.supervisor import Supervisor
from companion.vocabulary import Role

_FAKE = Path(__file__).with_name("fake_worker.py")
_PATIENCE = 20.0


class Room:
    """A supervisor with a fake listener, and everything that came out."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "worker.jsonl"
        self.found: list[AnyFinding] = []
        self.began = time.monotonic()
        self.supervisor = self.with_options()

    def with_options(self, *options: str) -> Supervisor:
        command = (sys.executable, str(_FAKE), str(self.log), *options)
        self.supervisor = Supervisor(self._hear, self.now, command)
        return self.supervisor

    async def _hear(self, finding: AnyFinding) -> None:
        self.found.append(finding)

    def now(self) -> float:
        return time.monotonic() - self.began

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(_PATIENCE):
            while not holds():  # noqa: ASYNC110 - the other side is a process
                await asyncio.sleep(0.01)

    async def until_heard(self) -> None:
        """A sound comes in that was not there before."""
        count = len(self.sounds())
        await self.until(lambda: len(self.sounds()) > count + 3)

    def sounds(self) -> list[float]:
        return [f.at for f in self.found if isinstance(f, LevelMeasured)]

    def turns(self) -> list[TurnHeard]:
        return [f for f in self.found if isinstance(f, TurnHeard)]

    def gaps(self) -> list[Gap]:
        return [f for f in self.found if isinstance(f, Gap)]

    def reports(self) -> list[tuple[ListeningState, ListeningProblem]]:
        return [(f.state, f.problem) for f in self.found if isinstance(f, ListeningReported)]

    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def told(self, kind: str) -> list[dict[str, Any]]:
        return [row for row in self.rows() if row.get("type") == kind]

    def pids(self) -> list[int]:
        return [row["pid"] for row in self.rows() if "pid" in row]

    def kill(self, sign: signal.Signals = signal.SIGKILL) -> int:
        pid = self.supervisor.pid
        assert pid is not None
        os.kill(pid, sign)
        return pid


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    made = Room(tmp_path)
    yield made
    await made.supervisor.stop()


def _order(**given: Any) -> Listen:
    return Listen(**{"speech_model": "base", **given})


def _is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


async def test_findings_come_in_the_order_in_which_they_were_sent(room: Room) -> None:
    await room.supervisor.listen(_order(starts_at=5.0))
    await room.until(lambda: any(isinstance(f, TurnHeard) for f in room.found))
    assert room.reports()[:2] == [(ListeningState.STARTING, ListeningProblem.NONE)] * 2
    assert room.sounds() == sorted(room.sounds())
    assert room.sounds()[0] > 5.0


async def test_page_hears_that_it_starts_before_the_process_does(room: Room) -> None:
    room.with_options("--slow", "60")
    await room.supervisor.listen(_order())
    assert room.reports() == [(ListeningState.STARTING, ListeningProblem.NONE)]


async def test_time_that_starting_took_is_put_right(room: Room) -> None:
    room.with_options("--slow", "1")
    await room.supervisor.listen(_order(source="demo.opus", source_from=30.0, starts_at=room.now()))
    await room.until(lambda: any(isinstance(f, TurnHeard) for f in room.found))
    turn = next(f for f in room.found if isinstance(f, TurnHeard))
    assert 1.0 < room.sounds()[0] <= room.now()
    assert turn.until == pytest.approx(room.sounds()[9], abs=0.5)
    assert turn.until - turn.at == pytest.approx(0.1)
    assert room.supervisor.reached < 30.9


async def test_killed_listener_is_replaced_and_the_missed_stretch_told(room: Room) -> None:
    await room.supervisor.listen(_order(starts_at=room.now()))
    await room.until_heard()
    first = room.kill()
    await room.until(lambda: bool(room.gaps()))
    await room.until_heard()
    assert (ListeningState.LOST, ListeningProblem.CRASHED) in room.reports()
    assert room.pids()[0] == first
    assert room.pids()[1] != first
    (gap,) = room.gaps()
    assert gap.cause is GapCause.LISTENER_RESTARTED
    last_heard = max(at for at in room.sounds() if at < gap.at)
    assert gap.at - gap.seconds == pytest.approx(last_heard)


async def test_next_life_goes_on_where_the_group_is(room: Room) -> None:
    await room.supervisor.listen(_order(step=1))
    await room.until_heard()
    room.supervisor.tell(InStep(step=4))
    room.supervisor.tell(VoiceRole(voice=2, role=Role.INBRENGER))
    room.kill()
    await room.until(lambda: len(room.told("Listen")) == 2)
    await room.until(lambda: room.rows()[-1].get("type") == "VoiceRole")
    life = room.rows()[-3:]
    assert [row.get("type") for row in life] == [None, "Listen", "VoiceRole"]
    assert (life[1]["step"], life[2]["voice"], life[2]["role"]) == (4, 2, "inbrenger")


async def test_listener_is_told_what_to_forget_in_its_own_time(room: Room) -> None:
    room.with_options("--slow", "1")
    await room.supervisor.listen(_order(starts_at=room.now()))
    await room.until_heard()
    now, delay = room.now(), room.supervisor._alignment.delay
    room.supervisor.tell(Forget(since=now - 0.5, until=now))
    await room.until(lambda: bool(room.told("Forget")))
    (told,) = room.told("Forget")
    assert delay > 0.9
    assert told["since"] == pytest.approx(now - 0.5 - delay, abs=0.1)
    assert told["until"] == pytest.approx(now - delay, abs=0.1)


async def test_next_life_gives_no_voice_a_number_that_another_had(room: Room) -> None:
    await room.supervisor.listen(_order(first_voice=1))
    await room.until(lambda: any(isinstance(f, TurnHeard) for f in room.found))
    room.kill()
    await room.until(lambda: len(room.told("Listen")) == 2)
    first, second = room.told("Listen")
    assert (first.get("first_voice", 1), second["first_voice"]) == (1, 2)


async def test_next_life_gives_no_candidate_a_number_that_another_had(room: Room) -> None:
    def numbers() -> list[int]:
        found = (f.candidate for f in room.found if isinstance(f, AgreementHeard))
        return list(dict.fromkeys(found))

    await room.supervisor.listen(_order(), candidate=4)
    await room.until(lambda: numbers() == [5])
    room.kill()
    await room.until(lambda: numbers() == [5, 6])


async def test_another_listener_goes_on_after_what_was_understood(room: Room) -> None:
    await room.supervisor.listen(_order(source="demo.opus", source_from=30.0, starts_at=100.0))
    await room.until(lambda: bool(room.turns()) and room.sounds()[-1] > room.turns()[-1].until)
    assert room.supervisor.reached == pytest.approx(30.0 + room.turns()[-1].until - 100.0)


async def test_recording_goes_on_at_the_place_reached(room: Room) -> None:
    await room.supervisor.listen(_order(source="demo.opus", source_from=30.0, starts_at=100.0))
    await room.until_heard()
    room.kill()
    await room.until(lambda: len(room.told("Listen")) == 2)
    again = room.told("Listen")[1]
    heard = max(at for at in room.sounds() if at >= 100.0) - 100.0
    assert again["source_from"] == pytest.approx(30.0 + heard)
    assert again["starts_at"] == pytest.approx(room.now(), abs=5.0)


async def test_broken_frame_is_a_crash(room: Room) -> None:
    room.with_options("--garbage", "5")
    await room.supervisor.listen(_order())
    await room.until(lambda: (ListeningState.LOST, ListeningProblem.CRASHED) in room.reports())
    await room.until(lambda: len(room.pids()) == 2)
    assert _is_gone(room.pids()[0])


async def test_listener_that_hangs_is_replaced(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor_module, "HUNG_AFTER", 0.5)
    await room.supervisor.listen(_order())
    await room.until_heard()
    hung = room.kill(signal.SIGSTOP)
    await room.until(lambda: len(room.pids()) == 2)
    assert _is_gone(hung)


async def test_restarts_come_ever_later_but_the_first_at_once(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    sleep = asyncio.sleep

    async def note(seconds: float) -> None:
        waited.append(seconds)
        await sleep(0)

    room.with_options("--exit", "1")
    monkeypatch.setattr(asyncio, "sleep", note)
    await room.supervisor.listen(_order())
    async with asyncio.timeout(_PATIENCE):
        while len(waited) < 4:
            await sleep(0.01)
    await room.supervisor.stop()
    assert waited[:4] == [0.0, 0.5, 1.0, 2.0]


async def test_stopping_ends_the_process(room: Room) -> None:
    await room.supervisor.listen(_order())
    await room.until_heard()
    pid = room.supervisor.pid
    assert pid is not None
    await room.supervisor.stop()
    assert _is_gone(pid)
    assert not room.supervisor.alive
    count = len(room.found)
    await asyncio.sleep(0.1)
    assert len(room.found) == count
    assert (ListeningState.LOST, ListeningProblem.CRASHED) not in room.reports()


async def test_listener_that_does_not_want_to_end_is_killed(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor_module, "_GOODBYE", 0.1)
    room.with_options("--deaf")
    await room.supervisor.listen(_order())
    await room.until_heard()
    pid = room.supervisor.pid
    assert pid is not None
    await room.supervisor.stop()
    assert _is_gone(pid)


async def test_every_meeting_has_a_process_of_its_own(room: Room) -> None:
    for _ in range(2):
        await room.supervisor.listen(_order())
        await room.until_heard()
        await room.supervisor.stop()
    assert len(set(room.pids())) == 2


async def test_listening_again_ends_the_one_that_was_there(room: Room) -> None:
    await room.supervisor.listen(_order())
    await room.until_heard()
    first = room.supervisor.pid
    assert first is not None
    await room.supervisor.listen(_order())
    assert _is_gone(first)


async def test_pause_and_resume_keep_the_process(room: Room) -> None:
    await room.supervisor.listen(_order(source="demo.opus"))
    await room.until_heard()
    pid = room.supervisor.pid
    room.supervisor.tell(StopHearing())
    await room.until(lambda: room.reports()[-1][0] is ListeningState.PAUSED)
    reached = room.supervisor.reached
    await asyncio.sleep(0.5)
    again = room.now()
    room.supervisor.tell(HearAgain(starts_at=again))
    await room.until(lambda: room.sounds()[-1] > again + 0.2)
    assert room.supervisor.pid == pid
    assert room.supervisor.reached == pytest.approx(reached + room.sounds()[-1] - again, abs=0.3)
    assert room.gaps() == []


async def test_no_microphone_opens_while_the_meeting_is_paused(room: Room) -> None:
    await room.supervisor.listen(_order())
    await room.until_heard()
    room.supervisor.tell(StopHearing())
    await room.until(lambda: room.reports()[-1][0] is ListeningState.PAUSED)
    room.kill()
    await room.until(lambda: room.supervisor.pid is None)
    await asyncio.sleep(0.2)
    assert len(room.told("Listen")) == 1
    assert (ListeningState.LOST, ListeningProblem.CRASHED) not in room.reports()
    room.supervisor.tell(HearAgain(starts_at=900.0))
    await room.until(lambda: len(room.told("Listen")) == 2)
    assert room.told("Listen")[1]["starts_at"] == 900.0


async def test_missing_model_is_a_state_and_no_reason_to_restart(room: Room) -> None:
    room.with_options("--missing")
    await room.supervisor.listen(_order())
    await room.until(lambda: room.reports()[-1][1] is ListeningProblem.MODEL_MISSING)
    await asyncio.sleep(0.1)
    assert len(room.pids()) == 1


async def test_program_that_is_not_there_is_a_state(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.supervisor = Supervisor(room._hear, room.now, ("/nonexistent/listener",))
    await room.supervisor.listen(_order())
    await room.until(lambda: (ListeningState.LOST, ListeningProblem.CRASHED) in room.reports())
    await room.supervisor.stop()


async def test_instructions_before_listening_do_nothing(room: Room) -> None:
    room.supervisor.tell(InStep(step=1))
    room.supervisor.tell(StopHearing())
    assert not room.supervisor.alive
