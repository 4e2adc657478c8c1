"""How many findings are made of sound in which nobody speaks: none is what we want."""

from __future__ import annotations

import time
from typing import Any

from companion.analysis.analyser import Analyser
from companion.audio.frame import SAMPLE_RATE, Frame
from companion.events import TurnHeard
from companion.speech.recognition import recognise
from companion.speech.transcriber import Transcriber
from companion.speech.utterances import Utterance, Utterances
from models.speech.plain import PlainWhisper
from models.speech.sounds import KINDS, non_speech

_BLOCK = SAMPLE_RATE // 10


def invented(
    transcriber: Transcriber,
    minutes: float,
    plain: PlainWhisper | None,
    kinds: tuple[str, ...] = (),
    utterances: Utterances | None = None,
) -> dict[str, Any]:
    """`minutes` of it through voice activity, gates and language, as fast as it goes."""
    utterances, analyser = utterances or Utterances(), Analyser()
    began = time.perf_counter()
    cut = heard = findings = plain_words = 0
    now = 0.0
    for sound in non_speech(minutes, kinds=kinds):
        for first in range(0, len(sound), _BLOCK):
            piece = sound[first : first + _BLOCK]
            for utterance in utterances.feed(Frame(piece, now)):
                cut += 1
                if plain:
                    plain_words += bool(plain.text(utterance.samples))
                if words := recognise(utterance, transcriber):
                    heard += 1
                    told = analyser.analyse(words)
                    findings += sum(1 for one in told if not isinstance(one, TurnHeard))
            now += len(piece) / SAMPLE_RATE
    return {
        "minutes": minutes,
        "taken_for_speech": cut,
        "plain_loop_believes": plain_words if plain else None,
        "believed": heard,
        "findings": findings,
        "findings_per_hour": round(findings * 60 / minutes, 1),
        "times_real_time": round(minutes * 60 / (time.perf_counter() - began)),
    }


def believed_anyway(transcriber: Transcriber, minutes: float) -> dict[str, Any]:
    """The gates alone: every five seconds are given to them as if they were speech."""
    tried = believed = 0
    kinds: dict[str, int] = {}
    for number, sound in enumerate(non_speech(minutes)):
        for half in (sound[: len(sound) // 2], sound[len(sound) // 2 :]):
            utterance = Utterance(0.0, len(half) / SAMPLE_RATE, half)
            tried += 1
            if recognise(utterance, transcriber):
                believed += 1
                kind = tuple(KINDS)[number % len(KINDS)]
                kinds[kind] = kinds.get(kind, 0) + 1
    return {"pieces": tried, "believed": believed, "of": kinds}
