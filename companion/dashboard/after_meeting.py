"""A meeting as its plan page and summary need it: from the session, or from storage."""

from __future__ import annotations

import msgspec

from companion.dashboard.plan_cards import PlanCard, card_of_action, card_of_agreement
from companion.dashboard.visit import Visit
from companion.method.evaluation import QUESTIONS, spread
from companion.method.figures import MeetingFigures
from companion.session.view import MeetingView
from companion.storage.notes import Note, NoteKind
from companion.storage.records import Action, Group, MeetingRecord
from companion.storage.retention import meeting_until, notes_until
from companion.vocabulary import Method, StepFunction


class StepTimes(msgspec.Struct, frozen=True, kw_only=True):
    """A step that was planned; seconds."""

    name: str
    planned: float
    spent: float


class SpreadLine(msgspec.Struct, frozen=True, kw_only=True):
    """The answers to one question of the evaluation, together."""

    text: str
    low: int
    median: float
    high: int


class AfterMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a meeting, in the visitor's language; it may still be running."""

    id: str
    here: bool
    """In the session's hands: changes go through it."""
    group: Group | None
    method: str
    started: float
    ended: float | None
    steps: tuple[StepTimes, ...]
    cards: tuple[PlanCard, ...]
    question: str
    advice: tuple[str, ...]
    """The chosen advice, a line each."""
    openers: dict[str, str]
    """Eye-openers by member; "" is the group's own. Members who wrote none have an empty text."""
    learns: bool
    """The method asks every member what they take along."""
    answers: int
    spread: tuple[SpreadLine, ...]
    figures_until: float | None
    plan_until: float | None

    @property
    def group_name(self) -> str:
        """The group's name, where there is a group."""
        return self.group.name if self.group else ""

    @property
    def written_openers(self) -> tuple[tuple[str, str], ...]:
        """Those that have a text."""
        return tuple((member, text) for member, text in self.openers.items() if text)


async def after_meeting(visit: Visit, meeting: str) -> AfterMeeting | None:
    """What is kept of this meeting; None when it is gone, or never was."""
    storage = visit.session.storage
    record = await storage.meetings.get(meeting)
    if record is None:
        return None
    view = visit.view()
    view = view if view and view.meeting == meeting else None
    figures = None if view else await storage.figures.of_meeting(meeting)
    group = await storage.groups.get(record.group) if record.group else None
    notes = await storage.notes.of_meeting(meeting)
    actions = await storage.actions.of_meeting(meeting)
    method = _method(visit, record, view, figures)
    lines, count = await _spread(visit, meeting)
    return AfterMeeting(
        id=meeting,
        here=view is not None,
        group=group,
        method=method.name.in_language(visit.language) if method else record.method,
        started=record.started,
        ended=record.ended,
        steps=_steps(visit.language, view, figures),
        cards=_cards(record, group, view, actions),
        question=next((note.text for note in notes if note.kind is NoteKind.QUESTION), ""),
        advice=_advice(notes),
        openers=_openers(notes, view.members if view else group.members if group else ()),
        learns=bool(method and _learns(method)),
        answers=count,
        spread=lines,
        figures_until=meeting_until(record, group),
        plan_until=notes_until(record, actions, group),
    )


def _method(
    visit: Visit, record: MeetingRecord, view: MeetingView | None, figures: MeetingFigures | None
) -> Method | None:
    """As it was in that meeting, else as it is now."""
    if view:
        return view.method
    return figures.method if figures else visit.session.methods.get(record.method)


def _learns(method: Method) -> bool:
    return any(step.function is StepFunction.LEREN for step in method.steps)


def _steps(
    language: str, view: MeetingView | None, figures: MeetingFigures | None
) -> tuple[StepTimes, ...]:
    if view:
        return tuple(
            StepTimes(
                name=each.step.name.in_language(language), planned=each.planned, spent=each.spent
            )
            for each in view.steps
        )
    if figures is None:
        return ()
    return tuple(
        StepTimes(
            name=step.name.in_language(language), planned=each.planned * 60, spent=each.spent * 60
        )
        for each in figures.review.steps
        if (step := figures.step(each.step)) is not None
    )


def _cards(
    record: MeetingRecord, group: Group | None, view: MeetingView | None, actions: list[Action]
) -> tuple[PlanCard, ...]:
    """The agreements that the session holds and what else is stored, or all that is stored."""
    members = (*(group.members if group else ()), *(view.members if view else ()))
    known = (group.name, group.place) if group else ()
    if view is None:
        return tuple(card_of_action(action, group, members, known) for action in actions)
    stored = {action.id: action for action in actions}
    cards = []
    for agreed in view.agreements:
        action = stored.pop(f"{record.id}.{agreed.agreement}", None)
        made = record.started + agreed.at
        cards.append(card_of_agreement(agreed, record, action, group, members, known, made))
    added = [action for name, action in stored.items() if not name.startswith(f"{record.id}.")]
    return (*cards, *(card_of_action(action, group, members, known) for action in added))


def _advice(notes: list[Note]) -> tuple[str, ...]:
    text = next((note.text for note in notes if note.kind is NoteKind.ADVICE), "")
    return tuple(text.splitlines())


def _openers(notes: list[Note], members: tuple[str, ...]) -> dict[str, str]:
    written = {note.member: note.text for note in notes if note.kind is NoteKind.EYE_OPENER}
    names = dict.fromkeys((*members, *written)) or {"": None}
    return {name: written.get(name, "") for name in names}


async def _spread(visit: Visit, meeting: str) -> tuple[tuple[SpreadLine, ...], int]:
    found = spread(await visit.session.storage.evaluations.of_meeting(meeting))
    if found is None:
        return (), 0
    lines = tuple(
        SpreadLine(
            text=question.text.in_language(visit.language),
            low=found.of[question.id].low,
            median=found.of[question.id].median,
            high=found.of[question.id].high,
        )
        for question in QUESTIONS
    )
    return lines, found.count
