"""`companion bench`: the figures of this machine, measured now and printed as they are.

Quality is measured on what is bundled: the sample meeting, whose true words, steps and
labels stand in its transcript. Words are compared here and nowhere else; only rates
are printed.
"""

from __future__ import annotations

import json
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from companion.analysis.classify import classify
from companion.events import AdviceHeard, AnyFinding, QuestionHeard, TurnHeard
from companion.method.definitions import load_methods
from companion.replaying.offline import Choices, analyse_recording, analyser_for
from companion.replaying.opening import opening
from companion.replaying.recording import Recording, model_folder
from companion.replaying.report import peak_mib
from companion.resources import bundled
from companion.session.meeting import Meeting
from companion.settings import load_settings
from companion.speech.blocks import Blocks
from companion.speech.heard import Heard
from companion.speech.recognition import recognise, recognise_block
from companion.speech.segmentation import Segmenter
from companion.speech.transcriber import Transcriber
from companion.speech.utterances import Utterance, Utterances
from companion.speech.whisper import Whisper, available_cores
from companion.vocabulary import Role, SentenceKind

_WORD = re.compile(r"[\w'’]+")
_MEETING = 75 * 60
_EVERY = 3.0
"""Seconds between two utterances of the meeting that the engine is timed on."""


def figures(say: Callable[[str], None]) -> dict[str, Any]:
    """Everything, in a minute or two."""
    demo = bundled("models/demo")
    settings = load_settings()
    folder = model_folder(settings.speech_model, settings)
    say("language …")
    language = _language(demo, settings.language_model)
    say("engine …")
    engine = _engine()
    say("speech, one utterance at a time …")
    speech = _speech(demo / "incident.opus", folder)
    say("the sample meeting, as a recording …")
    quality = _quality(demo, folder, settings.language_model)
    return {
        "cores": available_cores(),
        "speech_model": folder.name,
        "speech": speech,
        "language": language,
        "engine": engine,
        "sample_meeting": quality,
        "peak_mib": peak_mib(),
    }


def table(result: dict[str, Any]) -> str:
    """The figures as text."""
    lines = []
    for part, values in result.items():
        if isinstance(values, dict):
            lines += [f"{part:16}{name:34}{value}" for name, value in values.items()]
        else:
            lines.append(f"{part:16}{'':34}{values}")
    return "\n".join(lines)


def _speech(file: Path, folder: Path) -> dict[str, float]:
    """Load, real-time factor, and the time from the end of an utterance to its words.

    Recognition begins in the pause: the words are there when both the pause and the work
    are over.
    """
    began = time.perf_counter()
    whisper = Whisper(folder)
    load = time.perf_counter() - began
    utterances, seconds = _utterances(file)
    took = [_timed(whisper, utterance) for utterance in utterances]
    return {
        "load_seconds": round(load, 2),
        "real_time_factor": round(sum(took) / seconds, 3),
        "utterance_p50_seconds": round(statistics.median(took), 2),
        "utterance_p95_seconds": round(statistics.quantiles(took, n=20)[-1], 2),
        "end_to_words_p50_seconds": round(statistics.median(_late(took)), 2),
        "end_to_words_p95_seconds": round(statistics.quantiles(_late(took), n=20)[-1], 2),
        "second_look_real_time_factor": round(_blocks_seconds(whisper, utterances) / seconds, 3),
        "utterances": len(took),
    }


def _late(took: list[float]) -> list[float]:
    segmenter = Segmenter()
    return [max(segmenter.pause, segmenter.draft_after + seconds) for seconds in took]


def _blocks_seconds(transcriber: Transcriber, utterances: list[Utterance]) -> float:
    """Seconds of work for the second look at everything."""
    blocks, spent = Blocks(), 0.0
    for block in [*(blocks.add(utterance) for utterance in utterances), blocks.finish()]:
        if block:
            began = time.perf_counter()
            recognise_block(block, transcriber)
            spent += time.perf_counter() - began
    return spent


def _utterances(file: Path) -> tuple[list[Utterance], float]:
    from companion.audio.recording import open_recording  # noqa: PLC0415 - PyAV is slow to load

    cut, seconds = Utterances(), 0.0
    found: list[Utterance] = []
    for frame in open_recording(file).frames():
        found += cut.feed(frame)
        seconds = frame.until
    return [*found, *cut.finish()], seconds


def _timed(transcriber: Transcriber, utterance: Utterance) -> float:
    began = time.perf_counter()
    recognise(utterance, transcriber)
    return time.perf_counter() - began


def _language(demo: Path, language_model: str) -> dict[str, float]:
    """Load, one sentence at a time, and in batch."""
    texts = [line["text"] for line in _transcript(demo)]
    began = time.perf_counter()
    classify(texts[:1], language_model)
    load = time.perf_counter() - began
    single = []
    for text in texts * 3:
        began = time.perf_counter()
        classify([text], language_model)
        single.append(time.perf_counter() - began)
    batch = texts * (1 + 2000 // len(texts))
    began = time.perf_counter()
    classify(batch, language_model)
    return {
        "load_seconds": round(load, 2),
        "sentence_p50_ms": round(statistics.median(single) * 1000, 2),
        "sentences_per_second": round(len(batch) / (time.perf_counter() - began)),
    }


def _engine() -> dict[str, float]:
    """A meeting of 75 minutes through the engine alone, from findings."""
    findings = list(_busy_meeting())
    meeting = Meeting(opening(load_methods()["incident"], speakers=["begeleider", "inbrenger"]))
    began = time.perf_counter()
    now = 0.0
    for finding in findings:
        while now + 1.0 < finding.at:
            now += 1.0
            meeting.tick(now)
        meeting.hear(finding)
    return {
        "meeting_minutes": _MEETING / 60,
        "findings": len(findings),
        "wall_seconds": round(time.perf_counter() - began, 3),
    }


def _busy_meeting() -> list[AnyFinding]:
    kinds = list(SentenceKind)
    found: list[AnyFinding] = []
    for number in range(int(_MEETING / _EVERY)):
        at = number * _EVERY
        role = (Role.DEELNEMER, Role.INBRENGER, Role.DEELNEMER, Role.BEGELEIDER)[number % 4]
        found.append(TurnHeard(at=at, until=at + 2.5, voice=number % 5, role=role, sure=True))
        label = kinds[number % len(kinds)]
        if label in {SentenceKind.ADVIES, SentenceKind.VERKAPT_ADVIES}:
            found.append(AdviceHeard(at=at, until=at + 2.5, label=label, probability=0.9))
        elif label is not SentenceKind.NEUTRAAL:
            found.append(QuestionHeard(at=at, until=at + 2.5, label=label, probability=0.9))
    return found


def _quality(demo: Path, folder: Path, language_model: str) -> dict[str, Any]:
    """What the sample meeting gives from its sound, against its own transcript."""
    recording = Recording(demo / "incident.opus", folder, lambda _: None)
    kept: list[Heard] = []
    utterances = recording.utterances
    recording.utterances = (kept.append(heard) or heard for heard in utterances)  # type: ignore[func-returns-value]
    method = load_methods()["incident"]
    minutes = round(recording.seconds / 60)
    said = _transcript(demo)
    report = analyse_recording(
        recording, method, analyser_for(language_model), Choices(minutes=minutes)
    )
    steps = [step["step"] for step in report["steps"]]
    true_steps = list(dict.fromkeys(line["step"] for line in said))
    return {
        "word_error_rate": round(_word_errors(said, kept), 3),
        "steps_found": f"{len(set(steps) & set(true_steps))} of {len(true_steps)}",
        "time_in_right_step": round(_right_step(report["steps"], said), 3),
        "early_advice": sum(1 for finding in report["findings"] if finding["too_early"]),
        "agreements": len(report["actions"]),
        "times_real_time": round(report["duration"] / report["speed"]["wall_seconds"], 1),
    }


def _transcript(demo: Path) -> list[dict[str, Any]]:
    text = (demo / "transcript.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line]


def _right_step(steps: list[dict[str, Any]], said: list[dict[str, Any]]) -> float:
    """Share of speaking time in which the program was in the true step."""
    right = total = 0.0
    for line in said:
        length = line["end"] - line["start"]
        total += length
        right += sum(
            max(min(step["left"], line["end"]) - max(step["entered"], line["start"]), 0.0)
            for step in steps
            if step["step"] == line["step"]
        )
    return right / total


def _word_errors(said: list[dict[str, Any]], kept: list[Heard]) -> float:
    """Word error rate over the whole meeting, case and punctuation left out."""
    true = _words(" ".join(line["text"] for line in said))
    heard = _words(" ".join(utterance.text for utterance in kept))
    return _distance(true, heard) / len(true)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _distance(one: list[str], other: list[str]) -> int:
    """Levenshtein distance in words."""
    row = list(range(len(other) + 1))
    for i, word in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, candidate in enumerate(other, 1):
            here = min(row[j] + 1, row[j - 1] + 1, before + (word != candidate))
            before, row[j] = row[j], here
    return row[-1]
