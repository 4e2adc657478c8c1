from __future__ import annotations

from typing import Any

import pytest

from companion.cues.sounding import SUBJECTS
from companion.events import AdviceHeard
from companion.listening.link import OwnSound
from companion.session.commands import GoToStep, Pause
from companion.vocabulary import Role, SentenceKind
from tests.dashboard.visitor import Visitor


async def _cue(leader: Visitor, step: int = 1, **given: Any) -> None:
    """A meeting in which advice has just come too early."""
    await leader.room.start(agreed=3, present=3, **given)
    await leader.room.do(GoToStep(step=step))
    await leader.room.tick(60)
    await leader.room.say(
        AdviceHeard(
            at=61, until=63, label=SentenceKind.ADVIES, probability=0.9, role=Role.DEELNEMER
        )
    )
    await leader.room.tick(4)


async def _play(leader: Visitor, *, voice: str = "yes") -> dict[str, Any]:
    answer = await leader.post("/leiden/geluid", {"voice": voice})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


async def test_nothing_sounds_unless_it_was_chosen(leader: Visitor) -> None:
    await _cue(leader)
    assert (await _play(leader))["how"] == "off"


async def test_a_chosen_sentence_is_worded_for_all_and_given_out_once(leader: Visitor) -> None:
    await leader.post("/stem", {"advice": "sentence", "wake-word": "companion"})
    await _cue(leader, begeleider="Ans")
    sound = await _play(leader)
    assert sound == {"how": "sentence", "text": sound["text"], "soft": False}
    assert sound["text"].startswith("Bewaren we")
    assert (await _play(leader))["how"] == "off"


async def test_the_listener_is_told_of_a_sound_and_of_nothing_else(leader: Visitor) -> None:
    await _cue(leader)
    await _play(leader)
    assert _own_sounds(leader) == []
    await leader.post("/stem", {"time": "tone", "wake-word": "companion"})
    await leader.room.tick(960)
    assert (await _play(leader))["how"] == "tone"
    assert _own_sounds(leader) == [1.0]


def _own_sounds(leader: Visitor) -> list[float]:
    return [each.seconds for each in leader.room.ears.told if isinstance(each, OwnSound)]


async def test_a_page_without_a_voice_of_its_own_gets_a_tone(leader: Visitor) -> None:
    await leader.post("/stem", {"advice": "sentence", "wake-word": "companion"})
    await _cue(leader)
    assert (await _play(leader, voice="no"))["how"] == "tone"


async def test_while_people_write_a_tone_is_soft(leader: Visitor) -> None:
    await leader.post("/stem", {"advice": "sentence", "wake-word": "companion"})
    await _cue(leader, method="socratisch")
    assert await _play(leader) == {"how": "tone", "text": "", "soft": True}


async def test_in_a_pause_nothing_sounds(leader: Visitor) -> None:
    await leader.post("/stem", {"advice": "tone", "wake-word": "companion"})
    await _cue(leader)
    await leader.room.do(Pause())
    assert (await _play(leader))["how"] == "off"


async def test_without_a_meeting_or_a_cue_nothing_sounds(leader: Visitor) -> None:
    await leader.post("/stem", {"advice": "tone", "wake-word": "companion"})
    assert (await _play(leader))["how"] == "off"
    await leader.room.start()
    assert (await _play(leader))["how"] == "off"


async def test_the_choices_are_kept_and_shown(leader: Visitor) -> None:
    chosen = dict.fromkeys(SUBJECTS, "tone") | {"praise": "off", "time": "loud"}
    await leader.post("/stem", chosen | {"wake-word": "Regisseur"})
    kept = await leader.room.storage.preferences.get("sounds")
    assert (kept["time"], kept["praise"], kept["advice"]) == ("off", "off", "tone")
    text = (await leader.get("/stem")).text
    assert 'id="advice-tone" name="advice" value="tone" checked' in text
    assert 'value="regisseur"' in text
    assert "Regisseur, volgende stap" in text


@pytest.mark.parametrize("word", ["ok", "volgende", "<script>"])
async def test_a_wake_word_that_cannot_be_is_explained_at_its_field(
    leader: Visitor, word: str
) -> None:
    answer = await leader.post("/stem", {"advice": "tone", "wake-word": word})
    assert answer.status_code == 422
    assert 'aria-describedby="wake-word-hint wake-word-mistake"' in answer.text
    assert 'id="advice-tone" name="advice" value="tone" checked' in answer.text
    assert await leader.room.storage.preferences.get("wake_word") is None
