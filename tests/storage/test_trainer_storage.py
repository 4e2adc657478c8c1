from __future__ import annotations

import pytest

from companion.clock import VirtualClock
from companion.errors import UsageError
from companion.storage.handovers import digest, new_code
from companion.storage.opening import Storage
from companion.vocabulary import Indicator
from tests.storage.made import a_group, a_stored_meeting


async def _two_meetings(storage: Storage) -> None:
    for number, meeting in enumerate(("m1", "m2")):
        await a_stored_meeting(storage, id=meeting, group="noord", started=float(number))


def test_a_code_is_hard_to_guess_and_easy_to_type() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    code = codes.pop()
    assert digest(code) == digest(code.upper().replace("-", " "))
    assert digest(code) != digest(code[:-1])
    assert code.replace("-", "") not in digest(code)


async def test_a_code_opens_what_was_given_with_it_until_it_is_withdrawn(storage: Storage) -> None:
    await _two_meetings(storage)
    await storage.handovers.give("m2", "a")
    await storage.handovers.give("m1", "a")
    await storage.handovers.give("m1", "a")
    assert [each.meeting for each in await storage.handovers.behind("a")] == ["m1", "m2"]
    assert await storage.handovers.behind("b") == []
    await storage.handovers.withdraw("m1")
    assert [each.meeting for each in await storage.handovers.behind("a")] == ["m2"]
    assert await storage.handovers.of_meeting("m1") is None


async def test_a_new_code_closes_the_old_one_for_the_whole_group(storage: Storage) -> None:
    await _two_meetings(storage)
    await a_stored_meeting(storage, id="m3", group="zuid")
    for meeting in ("m1", "m2", "m3"):
        await storage.handovers.give(meeting, "oud")
    await storage.handovers.renew("noord", "nieuw")
    assert [each.meeting for each in await storage.handovers.behind("nieuw")] == ["m1", "m2"]
    assert [each.meeting for each in await storage.handovers.behind("oud")] == ["m3"]


async def test_a_group_has_three_goals_at_most_and_each_once(
    storage: Storage, clock: VirtualClock
) -> None:
    await storage.groups.save(a_group())
    first = await storage.goals.add("noord", Indicator.OPEN_QUESTIONS, "meer open vragen")
    with pytest.raises(UsageError, match="already"):
        await storage.goals.add("noord", Indicator.OPEN_QUESTIONS)
    await storage.goals.add("noord", Indicator.TURNS)
    await storage.goals.add("noord", Indicator.PLAN)
    with pytest.raises(UsageError, match="at most 3"):
        await storage.goals.add("noord", Indicator.WRITING)
    clock.advance(5)
    await storage.goals.close("noord", first.id)
    await storage.goals.add("noord", Indicator.WRITING)
    assert len(await storage.goals.open_for("noord")) == 3
    closed = [goal for goal in await storage.goals.of_group("noord") if goal.closed]
    assert [(goal.text, goal.closed) for goal in closed] == [("meer open vragen", clock.wall())]


async def test_another_groups_goal_or_note_stays(storage: Storage) -> None:
    await storage.groups.save(a_group())
    await storage.groups.save(a_group(id="zuid"))
    goal = await storage.goals.add("zuid", Indicator.TURNS)
    await storage.trainer_notes.add("zuid", "opvallend stil")
    (note,) = await storage.trainer_notes.of_group("zuid")
    await storage.goals.close("noord", goal.id)
    await storage.trainer_notes.remove("noord", note.id)
    assert await storage.goals.open_for("zuid") == [goal]
    assert await storage.trainer_notes.of_group("zuid") == [note]
    await storage.trainer_notes.remove("zuid", note.id)
    assert await storage.trainer_notes.of_group("zuid") == []


async def test_what_a_trainer_kept_goes_with_the_group(storage: Storage) -> None:
    await _two_meetings(storage)
    await storage.handovers.give("m1", "a")
    await storage.goals.add("noord", Indicator.TURNS)
    await storage.trainer_notes.add("noord", "opvallend stil")
    await storage.forget.group("noord")
    assert await storage.handovers.behind("a") == []
    assert await storage.goals.of_group("noord") == []
    assert await storage.trainer_notes.of_group("noord") == []
