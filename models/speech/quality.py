"""How well speech is understood, first and second look, beside the plain loop on the same sound.

Words are compared here and nowhere else; only rates are printed.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from companion.analysis.analyser import Analyser
from companion.audio.frame import SAMPLE_RATE, Frame, Samples
from companion.events import AdviceHeard, QuestionHeard
from companion.listening.turn_taking import Comparison, TurnTaking, differ
from companion.speech.blocks import Blocks
from companion.speech.heard import Heard
from companion.speech.recognition import recognise, recognise_block
from companion.speech.utterances import Utterance, Utterances
from companion.speech.voice_network import Network, VoiceNetwork
from companion.speech.whisper import Whisper
from models.speech.plain import PlainWhisper, plain_utterances
from models.speech.staging import Conversation, Said
from models.speech.words import word_errors, words

_NEAR = 1.0
"""Seconds that a finding may lie beside the sentence that it is."""


@dataclass
class Understood:
    """What one way of listening made of a conversation."""

    heard: list[Heard] = field(default_factory=list)
    spent: float = 0.0

    def figures(self, conversation: Conversation) -> dict[str, Any]:
        """Rates only."""
        said = conversation.said
        true = _judged(Heard(at=s.at, until=s.until, text=s.text) for s in said)
        found = _judged(self.heard)
        matched = _matched(true, found)
        kinds, here = Counter(f.label for f in true), Counter(f.label for f in found)
        return {
            "word_error_rate": round(
                word_errors(words(s.text for s in said), words(h.text for h in self.heard)), 3
            ),
            "question_marks": f"{_marked(said, self.heard)} of {_asked(said)}",
            "sentences_recall": round(matched / max(len(true), 1), 2),
            "sentences_precision": round(matched / max(len(found), 1), 2),
            "counts_off": sum(abs(kinds[kind] - here[kind]) for kind in kinds | here),
            "sentences": len(true),
            "real_time_factor": round(self.spent / conversation.seconds, 3),
        }


@dataclass(frozen=True)
class _AtOnce:
    """Compares voices as the listener does, without its delay."""

    network: Network

    def compare(self, comparison: Comparison) -> None:
        comparison.differ = differ(comparison, self.network)


def utterances_of(
    sound: Samples, cut: Utterances, network: Network | None = None
) -> list[Utterance]:
    """The utterances in a sound as live: by voice activity and, with a `network`, by voice."""
    found: list[Utterance] = []
    turns = TurnTaking(cut, _AtOnce(network)) if network else None
    for first in range(0, len(sound), SAMPLE_RATE // 10):
        piece = sound[first : first + SAMPLE_RATE // 10]
        found += cut.feed(Frame(piece, first / SAMPLE_RATE))
        found += turns.ended() if turns else ()
    return [*found, *cut.finish()]


def at_first(whisper: Whisper, utterances: Iterable[Utterance]) -> Understood:
    """Utterance by utterance, as the cues have it."""
    began = time.perf_counter()
    heard = [one for utterance in utterances if (one := recognise(utterance, whisper))]
    return Understood(heard, time.perf_counter() - began)


def at_second(whisper: Whisper, utterances: Iterable[Utterance], first: Understood) -> Understood:
    """Block by block, as the counts have it in the end."""
    blocks, done = Blocks(), []
    for utterance in utterances:
        done += [block] if (block := blocks.add(utterance)) else []
    done += [last] if (last := blocks.finish()) else []
    began = time.perf_counter()
    heard: list[Heard] = []
    for block in done:
        phrases = recognise_block(block, whisper)
        if phrases is None:
            phrases = [one for one in first.heard if block.at <= one.at < block.until]
        heard += phrases
    return Understood(heard, time.perf_counter() - began)


def plainly(whisper: PlainWhisper, sound: Samples) -> Understood:
    """The plain loop."""
    utterances = utterances_of(sound, plain_utterances())
    began = time.perf_counter()
    heard = []
    for utterance in utterances:
        text = whisper.text(utterance.samples)
        heard.append(Heard(at=utterance.at, until=utterance.until, text=text))
    return Understood(heard, time.perf_counter() - began)


def compare(
    conversation: Conversation, whisper: Whisper, plain: PlainWhisper | None
) -> dict[str, Any]:
    """All ways on one conversation."""
    utterances = utterances_of(conversation.sound, Utterances(), VoiceNetwork())
    first = at_first(whisper, utterances)
    second = at_second(whisper, utterances, first)
    ways = {"first look": first, "second look": second}
    if plain:
        ways = {"plain loop": plainly(plain, conversation.sound), **ways}
    return {name: way.figures(conversation) for name, way in ways.items()}


def _judged(heard: Iterable[Heard]) -> list[QuestionHeard | AdviceHeard]:
    analyser = Analyser()
    found = (finding for one in heard for finding in analyser.analyse(one))
    return [f for f in found if isinstance(f, QuestionHeard | AdviceHeard)]


def _matched(
    true: Sequence[QuestionHeard | AdviceHeard], found: Sequence[QuestionHeard | AdviceHeard]
) -> int:
    """How many sentences were found as what they are: a question, or advice."""
    free = list(found)
    for one in true:
        near = [f for f in free if type(f) is type(one) and _beside(f, one)]
        if near:
            free.remove(near[0])
    return len(found) - len(free)


def _beside(one: QuestionHeard | AdviceHeard, other: QuestionHeard | AdviceHeard) -> bool:
    return one.at < other.until + _NEAR and one.until > other.at - _NEAR


def _asked(said: Iterable[Said]) -> int:
    return sum(1 for one in said if one.text.rstrip().endswith("?"))


def _marked(said: Iterable[Said], heard: Sequence[Heard]) -> int:
    """Questions at which a question mark was heard."""
    return sum(
        1
        for one in said
        if one.text.rstrip().endswith("?")
        and any("?" in h.text and h.at < one.until and h.until > one.at for h in heard)
    )
