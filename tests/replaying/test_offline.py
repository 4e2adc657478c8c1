from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from companion.events import (
    AdviceHeard,
    AgreementHeard,
    AnyFinding,
    MeetingStarted,
    StepAnnounced,
    StepMove,
    TurnHeard,
)
from companion.method.definitions import load_methods
from companion.replaying.offline import Choices, replay_transcript
from companion.replaying.opening import opening, role_of, step_hints
from companion.replaying.run import Understanding
from companion.speech.heard import Heard
from companion.vocabulary import Role, SentenceKind, StepFunction

_METHODS = load_methods()


class _Scripted:
    """A language part that understands three words."""

    def __init__(self) -> None:
        self.entered: list[int] = []

    def enter(self, step: int) -> None:
        self.entered.append(step)

    def analyse(self, heard: Heard) -> list[AnyFinding]:
        who: dict[str, Any] = {"at": heard.at, "until": heard.until, "voice": heard.voice}
        who["role"] = heard.role
        found: list[AnyFinding] = [TurnHeard(**who)]
        if heard.text == "advies":
            found.append(AdviceHeard(**who, label=SentenceKind.ADVIES, probability=0.95))
        if heard.text == "plan":
            found.append(
                AgreementHeard(**who, candidate=1, probability=0.9, what="ik bel", when="morgen")
            )
        if heard.text.startswith("naar "):
            found.append(
                StepAnnounced(
                    **who,
                    probability=0.99,
                    move=StepMove.TO,
                    function=StepFunction(heard.text.removeprefix("naar ")),
                    function_probability=0.99,
                )
            )
        return found


def _replay(
    tmp_path: Path, method: str, *said: tuple[float, str, str], **choices: Any
) -> tuple[dict[str, Any], _Scripted]:
    path = tmp_path / "meeting.jsonl"
    rows = [{"start": at, "end": at + 3, "speaker": who, "text": text} for at, who, text in said]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    made: list[_Scripted] = []

    def understands(_: MeetingStarted) -> Understanding:
        made.append(_Scripted())
        return made[-1]

    return replay_transcript(path, _METHODS[method], understands, Choices(**choices)), made[-1]


def test_report_has_the_keys_of_the_contract(tmp_path: Path) -> None:
    result, _ = _replay(tmp_path, "incident", (0, "inbrenger", "zo was het"))
    assert list(result) == [
        "method",
        "duration",
        "steps",
        "findings",
        "cues",
        "actions",
        "review",
        "speed",
    ]
    assert result["duration"] == 3
    assert set(result["speed"]) == {"audio_seconds", "wall_seconds", "peak_mib"}


def test_spoken_step_is_entered_and_told_to_the_language_part(tmp_path: Path) -> None:
    result, language = _replay(
        tmp_path,
        "incident",
        (5, "inbrenger", "zo was het"),
        (150, "begeleider", "naar vragen"),
        (200, "Ria", "en toen"),
    )
    assert [(step["step"], step["by"]) for step in result["steps"]][1] == ("vragen", "heard")
    assert result["steps"][0]["left"] == result["steps"][1]["entered"]
    assert language.entered[-1] == 1


def test_advice_before_its_round_is_too_early(tmp_path: Path) -> None:
    result, _ = _replay(tmp_path, "incident", (5, "inbrenger", "zo"), (20, "Ria", "advies"))
    (finding,) = result["findings"]
    assert finding == {
        "at": 20,
        "kind": "advice",
        "label": "advies",
        "step": "introductie",
        "speaker": "Ria",
        "too_early": True,
    }


def test_inbrengers_own_advice_is_a_plan_and_not_too_early(tmp_path: Path) -> None:
    result, _ = _replay(tmp_path, "incident", (5, "inbrenger", "advies"))
    assert [finding["too_early"] for finding in result["findings"]] == [False]


def test_agreement_becomes_an_action_of_its_speaker(tmp_path: Path) -> None:
    result, _ = _replay(tmp_path, "incident", (5, "inbrenger", "plan"))
    (action,) = result["actions"]
    assert (action["what"], action["who"], action["when"]) == ("ik bel", "inbrenger", "morgen")
    assert action["with"] is None


def test_look_back_belongs_only_where_it_is_announced(tmp_path: Path) -> None:
    without, _ = _replay(tmp_path, "zesstappen", (2, "Ria", "ik heb wel wat"))
    assert without["steps"][0]["step"] == "inbreng"
    with_it, _ = _replay(tmp_path, "zesstappen", (2, "begeleider", "naar terugblik"))
    assert with_it["steps"][0]["step"] == "terugblik"


def test_look_back_can_be_decided_by_the_owner(tmp_path: Path) -> None:
    said = (2, "Ria", "ik heb wel wat")
    result, _ = _replay(tmp_path, "zesstappen", said, open_actions=2)
    assert result["steps"][0]["step"] == "terugblik"


def test_roles_come_from_the_speakers_names() -> None:
    assert role_of("begeleider") is Role.BEGELEIDER
    assert role_of("Inbrenger") is Role.INBRENGER
    assert role_of("Ria") is Role.DEELNEMER
    assert role_of("") is None


def test_hints_follow_the_plan() -> None:
    started = opening(_METHODS["werkplek"])
    assert [hint.id for hint in step_hints(started)] == [step.step for step in started.plan]
    assert step_hints(started)[0].id == "verzamelen"
