"""How many findings are made of sound in which nobody speaks: none is what we want."""

from __future__ import annotations

import time
from typing import Any

from companion.analysis.analyser import Analyser
from companion.audio.frame import SAMPLE_RATE, Frame
from companion.events import TurnHeard
from companion.speech.recognition import recognise
from companion.speech.transcriber import Transcriber
from companion.speech.utterances import Utterances
from models.speech.plain import PlainWhisper
from models.speech.sounds import non_speech

_BLOCK = SAMPLE_RATE // 10


def invented(
    transcriber: Transcriber, minutes: float, plain: PlainWhisper | None
) -> dict[str, Any]:
    """`minutes` of it through voice activity, gates and language, as fast as it goes."""
    utterances, analyser = Utterances(), Analyser()
    began = time.perf_counter()
    cut = heard = findings = plain_words = 0
    now = 0.0
    for sound in non_speech(minutes):
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
