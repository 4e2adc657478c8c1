"""The scenario meetings spoken aloud: what sound makes of them, from the room to the figures.

`python -m tests.scenarios.spoken [--dev] [--room 0|1|2]` has synthetic voices speak the
scenarios of clean text (the test part unless --dev asks for the other), puts them in a
room, and gives what is recognised to language part and engine: by utterance, as steps and
plan have it live, and by block, as `companion analyse` and the corrected counts have it.
Who speaks is given. Needs espeak-ng, mbrola, mbrola-nl2 and mbrola-nl3; about three
minutes of computing for ten of meeting.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np

from companion.audio.frame import SAMPLE_RATE, Samples
from companion.replaying.opening import role_of
from companion.replaying.recording import model_folder
from companion.settings import load_settings
from companion.speech.blocks import Block, Blocks
from companion.speech.heard import Heard
from companion.speech.recognition import hear_block, recognise
from companion.speech.utterances import Utterance, Utterances
from companion.speech.voice_network import VoiceNetwork
from companion.speech.whisper import Whisper
from models.demo.make import Voice, speak
from models.speech.quality import utterances_of
from models.speech.staging import ROOMS, Room, in_room
from models.speech.words import word_errors, words
from tests.scenarios.evaluate import Outcome, judge, play, summary
from tests.scenarios.plans import Played, agreement_lines, count_lines, played
from tests.scenarios.reading import Scenario, Turn, read_scenario, scenario_files

_CAST = (
    Voice("nl2", 1.16, 126),
    Voice("nl2", 0.94, 132),
    Voice("nl3", 0.94, 128),
    Voice("nl2", 1.04, 130),
    Voice("nl3", 1.16, 128),
    Voice("nl3", 1.04, 130),
    Voice("nl2", 0.88, 132),
    Voice("nl3", 0.86, 126),
)
_AFTER = 3.0
"""Seconds of room after the last word."""


@dataclass
class _Cast:
    """Speaks sentences, a voice for everyone."""

    voices: dict[str, Voice] = field(default_factory=dict)
    sounds: dict[tuple[str, str], Samples] = field(default_factory=dict)

    def lasting(self, speaker: str, text: str) -> float:
        voice = self.voices.setdefault(speaker, _CAST[len(self.voices) % len(_CAST)])
        sound = self.sounds.setdefault((speaker, text), speak(text, voice))
        return len(sound) / SAMPLE_RATE


def spoken(path: Path, room: Room) -> tuple[Scenario, Samples]:
    """A scenario as long as its voices take, and its sound."""
    cast = _Cast()
    scenario = read_scenario(path, cast.lasting)
    sound = np.zeros(round((scenario.duration + _AFTER) * SAMPLE_RATE), np.float32)
    for turn in scenario.turns:
        for sentence, text in zip(turn.sentences, turn.texts, strict=True):
            piece = cast.sounds[turn.speaker, text]
            first = round(sentence.at * SAMPLE_RATE)
            sound[first : first + len(piece)] += piece
    return scenario, in_room(sound, room, np.random.default_rng(5))


@dataclass(frozen=True)
class Listened:
    """What one way of listening made of one meeting."""

    outcome: Outcome
    played: Played
    true_words: list[str]
    heard_words: list[str]


def listened(scenario: Scenario, heard: Iterable[Heard]) -> Listened:
    """What was heard through language part and engine, steps moving by themselves."""
    known = [_by_whom(scenario, one) for one in heard]
    replay = play(scenario, known)
    return Listened(
        judge(scenario, replay),
        played(scenario, replay),
        words(text for turn in scenario.turns for text in turn.texts),
        words(one.text for one in known),
    )


def _by_whom(scenario: Scenario, heard: Heard) -> Heard:
    """With the speaker who has most of it."""
    speakers = scenario.speakers()

    def shared(turn: Turn) -> float:
        return min(turn.until, heard.until) - max(turn.at, heard.at)

    turn = max(scenario.turns, key=shared)
    if shared(turn) <= 0:
        return heard
    voice, role = speakers.index(turn.speaker), role_of(turn.speaker)
    return msgspec.structs.replace(heard, voice=voice, role=role, sure=True)


def by_utterance(utterances: Iterable[Utterance], whisper: Whisper) -> list[Heard]:
    """The first look."""
    return [one for utterance in utterances if (one := recognise(utterance, whisper))]


def by_block(utterances: Iterable[Utterance], whisper: Whisper) -> list[Heard]:
    """As a recording is heard."""
    blocks = Blocks()
    whole: list[Block | None] = [blocks.add(utterance) for utterance in utterances]
    return [
        one for block in (*whole, blocks.finish()) if block for one in hear_block(block, whisper)
    ]


def main() -> None:
    """Print the figures of one part, for both ways of listening."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--dev", action="store_true", help="the development part")
    parser.add_argument("--room", type=int, choices=range(len(ROOMS)), default=1)
    chosen = parser.parse_args()
    settings = load_settings()
    whisper, network = Whisper(model_folder(settings.speech_model, settings)), VoiceNetwork()
    ways: dict[str, list[Listened]] = {"by utterance": [], "by block": []}
    for path in scenario_files(test=not chosen.dev):
        if read_scenario(path).header.get("text", "clean") != "clean":
            continue
        scenario, sound = spoken(path, ROOMS[chosen.room])
        turns = utterances_of(sound, Utterances(), network)
        ways["by utterance"].append(listened(scenario, by_utterance(turns, whisper)))
        whole = utterances_of(sound, Utterances())
        ways["by block"].append(listened(scenario, by_block(whole, whisper)))
    part = "development" if chosen.dev else "test"
    for way, meetings in ways.items():
        print(f"\n{part} part, spoken in {ROOMS[chosen.room].name}, heard {way}")
        print("\n".join(_lines(meetings)))


def _lines(meetings: list[Listened]) -> list[str]:
    true = [word for one in meetings for word in one.true_words]
    heard = [word for one in meetings for word in one.heard_words]
    compared = [one.played for one in meetings]
    return [
        f"{'words wrong':34}{word_errors(true, heard):.3f} of {len(true)}",
        *summary([one.outcome for one in meetings]),
        *agreement_lines(compared),
        *count_lines(compared),
    ]


if __name__ == "__main__":
    main()
