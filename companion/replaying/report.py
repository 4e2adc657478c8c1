"""What `replay` and `analyse` print: one JSON object, its keys a contract."""

from __future__ import annotations

import resource
import sys
from collections.abc import Mapping
from typing import Any

import msgspec

from companion.events import AgreementHeard, CueRaised
from companion.method.review import review
from companion.replaying.run import Replay
from companion.vocabulary import Role


def report(
    replay: Replay,
    voices: Mapping[int, str],
    *,
    audio_seconds: float,
    wall_seconds: float,
) -> dict[str, Any]:
    """The meeting as the program saw it; times in seconds, speakers by `voices` or role."""
    record = replay.meeting.record
    steps = record.progress.steps
    return {
        "method": record.progress.method.id,
        "duration": round(replay.duration, 2),
        "steps": _steps(replay),
        "findings": [
            {
                "at": round(said.at, 2),
                "kind": said.kind,
                "label": said.label.value,
                "step": steps[said.step].id,
                "speaker": _speaker(said.voice, said.role, voices),
                "too_early": said.too_early,
            }
            for said in sorted(record.tally.judged, key=lambda said: said.at)
        ],
        "cues": [
            {"at": round(event.at, 2), "cue": event.cue, "step": steps[event.step].id}
            for event in replay.events
            if isinstance(event, CueRaised)
        ],
        "actions": [_action(candidate, voices) for candidate in record.candidates.values()],
        "review": msgspec.to_builtins(review(record, replay.duration)),
        "speed": {
            "audio_seconds": round(audio_seconds, 2),
            "wall_seconds": round(wall_seconds, 3),
            "peak_mib": peak_mib(),
        },
    }


def _steps(replay: Replay) -> list[dict[str, Any]]:
    progress = replay.meeting.record.progress
    ends = [visit.since for visit in progress.visits[1:]] + [replay.duration]
    return [
        {
            "step": progress.steps[visit.step].id,
            "entered": round(visit.since, 2),
            "left": round(end, 2),
            "by": visit.by.value,
        }
        for visit, end in zip(progress.visits, ends, strict=True)
    ]


def _action(candidate: AgreementHeard, voices: Mapping[int, str]) -> dict[str, Any]:
    return {
        "at": round(candidate.at, 2),
        "what": candidate.what,
        "who": _speaker(candidate.voice, candidate.role, voices) or Role.INBRENGER.value,
        "with": candidate.with_whom or None,
        "when": candidate.when or None,
        "how": candidate.how or None,
        "due": candidate.due or None,
    }


def _speaker(voice: int | None, role: Role | None, voices: Mapping[int, str]) -> str | None:
    if voice is not None and voice in voices:
        return voices[voice]
    if role is not None:
        return role.value
    return f"spreker {voice}" if voice is not None else None


def peak_mib() -> float:
    """The most memory this process has had, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)
