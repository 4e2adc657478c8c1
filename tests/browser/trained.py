"""A group whose meetings have figures, straight in the storage: reviews, goals and notes."""

from __future__ import annotations

from companion.method.evaluation import Answers
from companion.storage.handovers import digest
from companion.storage.records import MeetingRecord
from companion.vocabulary import Indicator, SentenceKind
from tests.browser.staged import StagedService
from tests.method.figured import QUESTIONS, some_figures

CODE = "abcde-fghjk"
_START = 1_799_000_000.0
_WEEK = 7 * 86400.0


def with_reviews(service: StagedService) -> None:
    """Two meetings of a group: the second with more open questions and less early advice."""
    service.group()
    storage = service.room.storage
    better = (
        SentenceKind.OPEN,
        *QUESTIONS[:2],
        SentenceKind.OPEN,
        *QUESTIONS[3:6],
        SentenceKind.OPEN,
    )
    for meeting, week, questions, early in (("m1", 0, QUESTIONS, 4), ("m2", 2, better, 1)):
        started = _START + week * _WEEK
        record = MeetingRecord(
            id=meeting,
            group="groep1",
            method="incident",
            minutes=60.0,
            started=started,
            ended=started + 3700,
        )
        service.ask(storage.meetings.create(record))
        figures = some_figures(
            meeting, group="groep1", started=started, questions=questions, early=early
        )
        service.ask(storage.figures.put(figures))
    for low in (5, 7, 8, 9):
        answers = Answers(veilig=low, methode=10 - low // 2, meenemen=low + 1)
        service.ask(storage.evaluations.add("m2", answers))
    service.ask(
        storage.goals.add("groep1", Indicator.OPEN_QUESTIONS, "meer open vragen in de vragenronde")
    )
    service.ask(storage.trainer_notes.add("groep1", "Bespreken: wanneer gaat vragen over in raad?"))


def given_away(service: StagedService) -> None:
    """The same, with the second meeting given by a code."""
    with_reviews(service)
    service.ask(service.room.storage.handovers.give("m2", digest(CODE)))
