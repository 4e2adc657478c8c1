"""`python -m models.voices.evaluate`: how well voices are told apart, on composed meetings.

Meetings of 2, 4 and 6 from actors that no threshold was fitted on (`--part dev`: those
it was fitted on), with overlaps, in three rooms, by fixed seeds. Needs the Debian
packages fillets-ng-data-{nl,cs}, asterisk-core-sounds-{en,fr,it,ru}-g722, espeak-ng and
MBROLA voices; says which is missing.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
from dataclasses import asdict
from statistics import mean
from typing import Any

from companion.speech.voice_network import VoiceNetwork
from models.voices.actors import Actor, actors
from models.voices.compose import ROOMS, TALKS, compose
from models.voices.measuring import LEARNT, TimedNetwork, hear, judge, sampled

_SEEDS = {"dev": 100, "test": 9000}
_SIZES = (2, 4, 6)


def main() -> None:
    """Print a line a meeting and the means; `--json` for the numbers alone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", choices=["dev", "test"], default="test")
    parser.add_argument("--meetings", type=int, default=9)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--talk", choices=[*TALKS], default="usual", help="how much at once")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    cast = actors(given.part)
    missing = [actor.name for actor in cast if not _has_sound(actor)]
    if missing:
        sys.exit(f"no sound for {', '.join(missing)}: see the packages in this module's text")
    rows = [
        _meeting(cast, number, given.minutes * 60, _SEEDS[given.part] + number, given.talk)
        for number in range(given.first, given.first + given.meetings)
    ]
    print(json.dumps(_summary(rows), indent=1) if given.json else _told(_summary(rows)))


def _has_sound(actor: Actor) -> bool:
    try:
        return bool(len(actor.clips()[0]()))
    except (OSError, IndexError):
        return False


def _meeting(
    cast: list[Actor], number: int, seconds: float, seed: int, talk: str
) -> dict[str, Any]:
    """One meeting, with samples and without; people drawn from humans first."""
    draw = random.Random(seed)  # noqa: S311 - a fixed choice
    size = _SIZES[number % len(_SIZES)]
    humans = [actor for actor in cast if actor.human]
    people = draw.sample(humans, min(size, len(humans)))
    people += draw.sample([a for a in cast if not a.human], size - len(people))
    draw.shuffle(people)
    room = ROOMS[(number // len(_SIZES)) % len(ROOMS)]
    meeting = compose(people, room, seconds, seed, TALKS[talk])
    network = TimedNetwork(VoiceNetwork())
    without = judge(meeting, hear(meeting, network, samples=False))
    spent, windows = network.seconds, network.windows
    told = hear(meeting, network, samples=True)
    row = {
        "people": size,
        "room": room.name,
        "seconds": meeting.seconds,
        "late": meeting.seconds - LEARNT,
        "cpu": spent / meeting.seconds,
        "windows": windows,
        "sampled": sampled(told),
        "without": asdict(without),
        "with": asdict(judge(meeting, told)),
    }
    print(_line(row), f"({row['sampled']} sampled)", file=sys.stderr, flush=True)
    return row


def _line(row: dict[str, Any]) -> str:
    parts = [f"{row['people']} people, {row['room']:<12}"]
    for name in ("without", "with"):
        out = row[name]
        parts.append(
            f"{name} samples: share off {out['share_error']:.2f} (most {out['largest']:.1f}), "
            f"voices {out['voices']}, wrong at once {out['at_once']:.1f} %, "
            f"after {out['after']:.1f} %"
        )
    return " | ".join(parts)


def _summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "meetings": len(rows),
        "cpu_per_audio_second": round(mean(row["cpu"] for row in rows), 4),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    for name in ("without", "with"):
        outs = [row[name] for row in rows]
        off = [abs(out["voices"] - row["people"]) for out, row in zip(outs, rows, strict=True)]
        flags = {key: sum(out["overlap"][key] for out in outs) for key in outs[0]["overlap"]}
        found[name] = {
            "share_error": round(mean(out["share_error"] for out in outs), 2),
            "share_error_worst_meeting": round(max(out["share_error"] for out in outs), 2),
            "largest_error": round(max(out["largest"] for out in outs), 2),
            "within_margin": _by_room(rows, name, "covered"),
            "margin": _by_room(rows, name, "margin"),
            "voices_right": sum(1 for o in off if o == 0),
            "voices_right_or_one_off": sum(1 for o in off if o <= 1),
            "wrong_at_once": round(mean(out["at_once"] for out in outs), 2),
            "wrong_after": round(mean(out["after"] for out in outs), 2),
            "speech_at_once": round(flags["both"] / 100 / sum(row["late"] for row in rows), 3),
            "flagged_turns": flags["turns"],
            "flagged_turns_right": round(flags["right"] / max(flags["turns"], 1), 2),
            "stretches_at_once": flags["stretches"],
            "stretches_flagged": round(flags["found"] / max(flags["stretches"], 1), 2),
            "flagged_time_right": round(flags["hit"] / max(flags["flagged"], 1), 2),
            "time_at_once_flagged": round(flags["hit"] / max(flags["both"], 1), 2),
        }
    return found


def _by_room(rows: list[dict[str, Any]], name: str, key: str) -> dict[str, float]:
    """The mean over speakers of all meetings, and of those in each room."""
    rooms = {"all": rows} | {
        room.name: [row for row in rows if row["room"] == room.name] for room in ROOMS
    }
    return {
        room: round(
            sum(row[name][key] * row["people"] for row in some)
            / sum(row["people"] for row in some),
            2,
        )
        for room, some in rooms.items()
        if some
    }


def _told(found: dict[str, Any]) -> str:
    rows = [f"{found['meetings']} meetings, {found['cpu_per_audio_second']} s of work a second"]
    for name in ("without", "with"):
        rows.append(f"{name} samples:")
        rows += [f"  {key.replace('_', ' ')}: {value}" for key, value in found[name].items()]
    return "\n".join(rows)


if __name__ == "__main__":
    main()
