"""Who speaks, and to whom: talk while people write, discussion, one voice, nobody left out."""

from __future__ import annotations

from companion.cues.calls import OPENS, Call, has_question
from companion.cues.scene import Scene
from companion.events import TurnHeard
from companion.vocabulary import AdviceRule, Floor, QuestionRule, Role, StepFunction, Writing

_SETTLES = 45.0
"""Seconds at the start of a writing step in which it may still be explained."""
_EXPLAINED = 20.0
_RECENT = 60.0
_TALK = 15.0
"""Seconds of talk in the last minute, in at least three turns of two voices."""
_A_REMARK = 1.5
"""Seconds: a shorter sound answers nobody."""
_REACTION = 15.0
"""Seconds: a longer turn is a contribution of its own."""
_ROUND = 3
"""Fewer members than this have no shares to compare."""
_ENOUGH_SPEECH = 45.0
"""Seconds of the members' speech before a share says anything."""
_MOST = 0.55
"""One member's share of it; in a group of three nearly twice an even share."""
_NEARLY_OVER = 0.12
"""Share of the round's time that is left when it is looked who has not spoken."""
_KNOWN_VOICE = 8.0
"""Seconds of speech by which a voice counts as somebody of the round."""
_A_TURN = 2.0


def talk_while_writing(scene: Scene) -> Call | None:
    """Talk goes on while people write for themselves."""
    if scene.step.write is Writing.NONE or scene.in_visit() < _SETTLES or not scene.writing():
        return None
    since = max(scene.since + _EXPLAINED, scene.now - _RECENT)
    turns = [
        turn
        for turn in scene.tally.turns[-20:]
        if turn.at >= since and turn.role is not Role.BEGELEIDER
    ]
    seconds = sum(turn.until - turn.at for turn in turns)
    voices = {turn.voice for turn in turns if turn.role is not Role.INBRENGER}
    if len(turns) < 3 or len(voices) < 2 or seconds < _TALK:
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


def dominates(scene: Scene) -> Call | None:
    """One member has far more than his share of what the members say."""
    looks_back = scene.step.look_back  # whose action it was has the word
    if scene.step.floor not in (Floor.GROEP, Floor.ALLEN) or scene.step.in_turn or looks_back:
        return None
    members = scene.tally.members()
    total = sum(members.values())
    count = max(scene.record.members(), len(members))
    if len(members) < 2 or count < _ROUND or total < _ENOUGH_SPEECH:
        return None
    share = max(members.values()) / total
    if share < max(_MOST, 1.9 / count) or not scene.tally.turns:
        return None
    return Call(cue="dominates", at=scene.tally.turns[-1].until, why={"percent": share * 100})


def no_turn(scene: Scene) -> Call | None:
    """A round is nearly over and a voice heard earlier has not spoken in it."""
    if not scene.step.in_turn or scene.clock.remaining > scene.clock.planned * _NEARLY_OVER:
        return None
    before = {
        voice
        for tally in scene.record.tally.by_step
        for voice, seconds in tally.members().items()
        if seconds >= _KNOWN_VOICE
    }
    here = {voice for voice, seconds in scene.tally.members().items() if seconds >= _A_TURN}
    members = scene.record.members() or len(before)
    missing = (before | here) - here
    if len(before) < _ROUND or not missing or len(here) >= members:
        return None
    why = {"count": float(len(here)), "of": float(min(members, len(before | here)))}
    return Call(cue="no-turn", at=scene.now, why=why)


def _reactions(scene: Scene) -> list[TurnHeard]:
    """The members' turns without a question that end what was heard, newest first."""
    row: list[TurnHeard] = []
    for turn in reversed(scene.tally.turns[-12:]):
        ours = turn.role is Role.DEELNEMER and turn.at >= scene.since + OPENS
        if not ours or has_question(scene, turn) or _contributes(scene, turn):
            break
        if turn.until - turn.at >= _A_REMARK:
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
