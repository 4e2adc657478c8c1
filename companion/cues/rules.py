"""When a cue is called for: one small function a cue. Pure; the policy decides what is shown.

A rule answers with the moment of its newest evidence and the counts behind it, or None.
It may go on answering while the situation lasts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from companion.cues.scene import Scene
from companion.events import AdviceHeard, QuestionHeard, TurnHeard
from companion.vocabulary import (
    AdviceRule,
    Floor,
    InbrengerPart,
    QuestionRule,
    Role,
    SentenceKind,
    StepFunction,
    Writing,
)


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A cue is called for: its newest evidence (meeting seconds) and the counts."""

    cue: str
    at: float
    why: dict[str, float]


Rule: TypeAlias = Callable[[Scene], Call | None]

_CLOSED = frozenset({SentenceKind.GESLOTEN, SentenceKind.KEUZE, SentenceKind.GERICHT})
_SURE = 0.6
_SURE_NEVER = 0.5
"""Where the method never has advice, less is enough."""
_RECENT = 300.0
_LONG_ANSWER = 9.0
"""Seconds: a shorter remark says what a question does to him, which is asked for."""
_LEADING = (Role.BEGELEIDER, Role.INBRENGER)
_ROUND = 3
_OPENS = 3.0
"""Seconds: words that open a step are no advice in it."""
_REACTION = 15.0
"""Seconds: a longer turn is a contribution of its own."""
_ANSWER_WITHIN = 3.0
_TAKEN_UP = 4.0
"""Seconds after the inbrenger's words in which somebody asks on, or what he said is analysed."""
_HIS_WORD = 15.0
"""Seconds of speech in which the inbrenger can have told a plan."""
"""Fewer members than this have no shares to compare."""


def _asked(scene: Scene, but: tuple[Role, ...]) -> list[QuestionHeard]:
    """Questions of this visit by others than `but`, sure enough, in order, five minutes back."""
    since = max(scene.since, scene.now - _RECENT)
    out: list[QuestionHeard] = []
    for question in reversed(scene.tally.questions):
        if question.at < since:
            break
        if question.role not in but and question.probability >= _SURE:
            out.append(question)
    return out[::-1]


def _question_round(scene: Scene) -> bool:
    return scene.step.questions is QuestionRule.OPEN


def closed_in_a_row(scene: Scene) -> Call | None:
    """Closed questions one after the other where open ones are asked for."""
    if not _question_round(scene):
        return None
    row: list[QuestionHeard] = []
    for question in reversed(_asked(scene, _LEADING)):
        if question.label not in _CLOSED:
            break
        row.append(question)
    # a targeted question may belong to good asking; a row of only those is none
    closed = sum(1 for question in row if question.label is not SentenceKind.GERICHT)
    if len(row) < scene.patience["closed-in-a-row"] or closed < len(row) / 2:
        return None
    return Call(cue="closed-in-a-row", at=row[0].until, why={"count": float(len(row))})


def leading(scene: Scene) -> Call | None:
    """Questions that carry their answer, more than once in a short while."""
    if not _question_round(scene):
        return None
    last = _asked(scene, _LEADING)[-6:]
    found = [question for question in last if question.label is SentenceKind.SUGGESTIEF]
    if len(found) < scene.patience["leading"]:
        return None
    why = {"count": float(len(found)), "of": float(len(last))}
    return Call(cue="leading", at=found[-1].until, why=why)


def stacked(scene: Scene) -> Call | None:
    """Turns with several questions."""
    if not _question_round(scene):
        return None
    found = [question for question in _asked(scene, _LEADING)[-8:] if question.in_turn == 2]
    if len(found) < scene.patience["stacked"]:
        return None
    return Call(cue="stacked", at=found[-1].until, why={"count": float(len(found))})


def _early(scene: Scene, label: SentenceKind) -> list[AdviceHeard]:
    return [
        advice
        for advice in scene.tally.early
        if advice.label is label
        and advice.at >= scene.since + _OPENS
        and advice.probability >= (_SURE_NEVER if scene.method.advice_never else _SURE)
        and advice.role is not Role.BEGELEIDER
    ]


def early_advice(scene: Scene) -> Call | None:
    """Plain advice before the advice round, or where the method never has it."""
    return _advice_call(scene, "early-advice", SentenceKind.ADVIES)


def early_disguised(scene: Scene) -> Call | None:
    """Advice as a question before the advice round, or where the method never has it."""
    return _advice_call(scene, "early-disguised", SentenceKind.VERKAPT_ADVIES)


def _advice_call(scene: Scene, cue: str, label: SentenceKind) -> Call | None:
    found = _early(scene, label)
    if len(found) < scene.patience[cue]:
        return None
    return Call(cue=cue, at=found[-1].until, why={"count": float(len(found))})


def _spoken_by(scene: Scene, seconds: float, least: float) -> list[TurnHeard]:
    """The inbrenger's turns of at least `least` seconds that ended in the last `seconds`."""
    since = max(scene.since, scene.now - seconds)
    return [
        turn
        for turn in scene.tally.turns[-12:]
        if turn.role is Role.INBRENGER and turn.until - turn.at >= least and turn.at >= since
    ]


def _answers(scene: Scene, turn: TurnHeard) -> bool:
    """A member asked him something just before: it is not he who breaks in."""
    return any(
        0 <= turn.at - question.until <= _ANSWER_WITHIN
        for question in scene.tally.questions[-8:]
        if question.role is not Role.INBRENGER
    )


def inbrenger_speaks(scene: Scene) -> Call | None:
    """The inbrenger talks where the group talks about him."""
    questions = scene.step.function is StepFunction.VRAGEN
    if questions:
        return None
    return _speaks_in_silence(scene, "inbrenger-speaks", 2.0, asked=False)


def inbrenger_answers(scene: Scene) -> Call | None:
    """The inbrenger answers at length where the questions only sink in."""
    questions = scene.step.function is StepFunction.VRAGEN
    return _speaks_in_silence(scene, "inbrenger-answers", _LONG_ANSWER) if questions else None


def _speaks_in_silence(scene: Scene, cue: str, least: float, *, asked: bool = True) -> Call | None:
    if scene.step.inbrenger is not InbrengerPart.ZWIJGT or scene.in_visit() < 15.0:
        return None
    turns = _spoken_by(scene, 90.0, least)
    if not asked:
        turns = [turn for turn in turns if not _answers(scene, turn)]
    seconds = sum(turn.until - turn.at for turn in turns)
    if seconds < 5.0:
        return None
    return Call(cue=cue, at=turns[-1].until, why={"seconds": seconds})


def talk_while_writing(scene: Scene) -> Call | None:
    """Talk goes on while people write for themselves."""
    if scene.step.write is Writing.NONE or scene.in_visit() < 45.0 or not scene.writing():
        return None
    since = max(scene.since + 20.0, scene.now - 60.0)
    turns = [
        turn
        for turn in scene.tally.turns[-20:]
        if turn.at >= since and turn.role is not Role.BEGELEIDER
    ]
    seconds = sum(turn.until - turn.at for turn in turns)
    voices = {turn.voice for turn in turns if turn.role is not Role.INBRENGER}
    if len(turns) < 3 or len(voices) < 2 or seconds < 15.0:
        return None
    return Call(cue="talk-while-writing", at=turns[-1].until, why={"seconds": seconds})


def discussion(scene: Scene) -> Call | None:
    """Members react to each other where answers, or each one's own view, are left as they are."""
    step = scene.step
    his = step.floor is Floor.INBRENGER and step.function is not StepFunction.VERTELLEN
    own_view = step.floor is Floor.GROEP and step.questions is QuestionRule.NONE
    row = _reactions(scene)
    voices = {turn.voice for turn in row}
    if not step.discussion or his:
        needed = scene.patience["discussion"]
        enough = len(row) >= needed and len(voices) >= 2
    else:  # two who answer each other, instead of each in turn
        enough = own_view and step.advice is AdviceRule.NEE and _to_and_fro(row)
    if not enough:
        return None
    return Call(cue="discussion", at=row[0].until, why={"count": float(len(row))})


def _reactions(scene: Scene) -> list[TurnHeard]:
    """The members' turns without a question that end what was heard, newest first."""
    row: list[TurnHeard] = []
    for turn in reversed(scene.tally.turns[-12:]):
        ours = turn.role is Role.DEELNEMER and turn.at >= scene.since + _OPENS
        if not ours or _has_question(scene, turn) or _contributes(scene, turn):
            break
        if turn.until - turn.at >= 1.5:
            row.append(turn)
    return row


def _contributes(scene: Scene, turn: TurnHeard) -> bool:
    """It gives advice, or is long enough to stand by itself: nobody is answered."""
    if turn.until - turn.at > _REACTION:
        return True
    return any(turn.at - 0.5 <= a.at <= turn.until + 0.5 for a in scene.tally.advice[-20:])


def _to_and_fro(row: list[TurnHeard]) -> bool:
    """The last four turns: two voices by turns."""
    voices = [turn.voice for turn in row[:4]]
    return len(voices) == 4 and voices[:2] == voices[2:] and voices[0] != voices[1]


def _has_question(scene: Scene, turn: TurnHeard) -> bool:
    return any(turn.at - 0.5 <= q.at <= turn.until + 0.5 for q in scene.tally.questions[-20:])


def dominates(scene: Scene) -> Call | None:
    """One member has far more than his share of what the members say."""
    looks_back = scene.step.look_back  # whose action it was has the word
    if scene.step.floor not in (Floor.GROEP, Floor.ALLEN) or scene.step.in_turn or looks_back:
        return None
    members = scene.tally.members()
    total = sum(members.values())
    count = max(scene.record.members(), len(members))
    if len(members) < 2 or count < _ROUND or total < 45.0:
        return None
    share = max(members.values()) / total
    if share < max(0.55, 1.9 / count) or not scene.tally.turns:
        return None
    return Call(cue="dominates", at=scene.tally.turns[-1].until, why={"percent": share * 100})


def no_turn(scene: Scene) -> Call | None:
    """A round is nearly over and a voice heard earlier has not spoken in it."""
    if not scene.step.in_turn or scene.clock.remaining > scene.clock.planned * 0.12:
        return None
    before = {
        voice
        for tally in scene.record.tally.by_step
        for voice, seconds in tally.members().items()
        if seconds >= 8.0
    }
    here = {voice for voice, seconds in scene.tally.members().items() if seconds >= 2.0}
    members = scene.record.members() or len(before)
    missing = (before | here) - here
    if len(before) < _ROUND or not missing or len(here) >= members:
        return None
    why = {"count": float(len(here)), "of": float(min(members, len(before | here)))}
    return Call(cue="no-turn", at=scene.now, why=why)


def plan_incomplete(scene: Scene) -> Call | None:
    """The plan is nearly due and has no action with a person and a moment."""
    last = scene.clock.step == len(scene.record.progress.steps) - 1
    planless = not any(step.plan for step in scene.record.progress.steps)
    if not (scene.step.plan or (last and planless)):
        return None
    actions = scene.record.actions()
    complete = [a for a in actions if (a.when or a.due) and (a.with_whom or a.how)]
    waiting = [c.until for c in scene.record.candidates.values() if c.until <= scene.now - 40.0]
    share = 0.25 if scene.step.floor is Floor.INBRENGER else 0.1
    nearly = scene.clock.remaining <= scene.clock.planned * share
    if complete or not (nearly or waiting) or scene.in_visit() < 40.0 or not _told(scene):
        return None
    why = {"actions": float(len(actions)), "complete": 0.0}
    return Call(cue="plan-incomplete", at=scene.now, why=why)


def _told(scene: Scene) -> bool:
    """The inbrenger, where his voice is known, has had his say and nobody took it up yet."""
    turns = [turn for turn in scene.tally.turns if turn.at >= scene.since]
    if all(turn.role is None for turn in turns):
        return True
    seconds = sum(turn.until - turn.at for turn in turns if turn.role is Role.INBRENGER)
    last = turns[-1]
    stopped = last.role is Role.INBRENGER and scene.now - last.until >= _TAKEN_UP
    return seconds >= _HIS_WORD and stopped


def look_back(scene: Scene) -> Call | None:
    """Earlier actions are open, and the group did not look back on them."""
    actions = scene.record.started.open_actions
    if actions < 1 or scene.in_visit() > 45.0:
        return None
    steps = scene.record.progress.steps
    held = next((i for i, step in enumerate(steps) if step.look_back), None)
    if held is None:
        due = scene.clock.step == 0 and len(scene.record.progress.visits) == 1
    else:
        due = scene.clock.step == held + 1 and _spent_in(scene, held) < 30.0
    if not due or scene.in_visit() < 5.0:
        return None
    return Call(cue="look-back", at=scene.now, why={"actions": float(actions)})


def _spent_in(scene: Scene, step: int) -> float:
    visits = scene.record.progress.visits
    ends = [visit.since for visit in visits[1:]] + [scene.now]
    pairs = zip(visits, ends, strict=True)
    return sum(end - visit.since for visit, end in pairs if visit.step == step)


def praise_open(scene: Scene) -> Call | None:
    """A good stretch of open questions."""
    if not _question_round(scene):
        return None
    needed = scene.patience["praise-open"]
    last = _asked(scene, (Role.INBRENGER,))[-(needed + 1) :]
    found = [question for question in last if question.label is SentenceKind.OPEN]
    if len(found) < needed or last[-1].label is not SentenceKind.OPEN:
        return None
    why = {"count": float(len(found)), "of": float(len(last))}
    return Call(cue="praise-open", at=last[-1].until, why=why)


RULES: tuple[Rule, ...] = (
    early_advice,
    inbrenger_speaks,
    inbrenger_answers,
    look_back,
    plan_incomplete,
    no_turn,
    closed_in_a_row,
    early_disguised,
    discussion,
    talk_while_writing,
    leading,
    stacked,
    dominates,
    praise_open,
)
"""In order of importance: of two that are called for, the first is shown."""
