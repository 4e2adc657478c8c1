"""What is chosen before a meeting, and what follows from it: its plan and its first facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from companion.errors import MethodError
from companion.events import MeetingStarted
from companion.listening.link import Listen
from companion.method.plan import plan_for
from companion.method.progress import Progress
from companion.session.microphone import Choice
from companion.settings import Settings
from companion.storage.records import MeetingRecord, new_id
from companion.vocabulary import Method, StepHint, StepMode


class MeetingOrder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A meeting as it is asked for."""

    method: str
    minutes: float | None = None
    """None: the method's own."""
    step_minutes: dict[str, float] = {}
    """Minutes of single steps, by step id."""
    group: str | None = None
    members: tuple[str, ...] = ()
    """Those present, inbrenger and begeleider included, by first name or initials."""
    inbrenger: str = ""
    begeleider: str = ""
    mode: StepMode = StepMode.VOORSTEL
    focus: tuple[str, ...] = ()
    """What the group minds: its cues come sooner (the values of cues.focus.Focus)."""
    agreed: int | None = None
    """How many agreed to listening, of `present`; None: no listening, for now."""
    present: int | None = None
    recording: str = ""
    """A recording's path, listened to instead of the microphone (the demo)."""
    speed: float = 1.0
    """A recording is played, and the meeting's clock runs, at this many times real time."""
    microphone: str = ""
    """Part of the device's name; empty: the one in the settings."""


def begin(
    order: MeetingOrder,
    methods: Mapping[str, Method],
    open_actions: int,
    wall: float,
) -> tuple[MeetingRecord, MeetingStarted]:
    """The entry and the first fact of the meeting; MethodError or UsageError for a bad order."""
    method = methods.get(order.method)
    if method is None:
        raise MethodError(
            "method.unknown",
            f"There is no method “{order.method}”",
            f"Choose: {', '.join(methods)}",
        )
    plan = plan_for(method, order.minutes, open_actions, order.step_minutes)
    record = MeetingRecord(
        id=new_id(),
        group=order.group,
        method=method.id,
        minutes=sum(step.seconds for step in plan) / 60,
        started=wall,
        recording=order.recording,
        speed=order.speed,
        microphone=order.microphone,
        seen_wall=wall,
    )
    started = MeetingStarted(
        at=0.0,
        meeting=record.id,
        wall=wall,
        method=method,
        plan=plan,
        mode=order.mode,
        group=order.group or "",
        members=order.members,
        inbrenger=order.inbrenger,
        begeleider=order.begeleider,
        open_actions=open_actions,
        focus=order.focus,
    )
    return record, started


def rate(record: MeetingRecord) -> float:
    """How many seconds of meeting time pass in a second: a recording can be played faster."""
    return record.speed if record.recording and record.speed > 0 else 1.0


def listening(  # noqa: PLR0913, PLR0917 (each part of where a listener begins)
    settings: Settings,
    record: MeetingRecord,
    progress: Progress,
    times: tuple[float, float],
    wall: float,
    chosen: Choice,
    first_voice: int = 1,
) -> Listen:
    """The listener's first instruction; `times`: meeting time, and the recording's place, now."""
    return Listen(
        source=record.recording,
        microphone=record.microphone or chosen.name,
        channel=chosen.channel if record.microphone in {"", chosen.name} else None,
        first_voice=first_voice,
        speech_model=str(model_folder(settings)),
        language_model=settings.language_model,
        starts_at=times[0],
        source_from=times[1],
        speed=record.speed,
        steps=tuple(
            StepHint(id=step.id, name=step.name.nl, function=step.function)
            for step in progress.steps
        ),
        step=progress.step,
        today=datetime.fromtimestamp(wall).astimezone().date().isoformat(),
    )


def model_folder(settings: Settings) -> Path:
    """Where the speech model lies: a folder that the settings name, or one of the fetched."""
    given = Path(settings.speech_model)
    return given if given.is_absolute() else settings.models_dir / settings.speech_model
