"""What stays of a meeting: its counts and times, with the rules of the method it followed.

No names and no words of anyone: the ids are chance, and the method's texts are the method's.
"""

from __future__ import annotations

import msgspec

from companion.method.evaluation import Spread
from companion.method.record import Record
from companion.method.review import Review, review
from companion.vocabulary import Method, Step


class MeetingFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as it is remembered."""

    meeting: str
    group: str = ""
    started: float
    """Seconds since the epoch."""
    method: Method
    """As it was then: a later edit of the method changes no earlier figures."""
    led: bool
    """There was a begeleider."""
    model: str = ""
    """The speech model that listened, by name; empty where nothing was heard."""
    review: Review
    received: bool = False
    """It was held elsewhere, and came as a file that a group gave to a trainer."""
    evaluation: Spread | None = None
    """What came along with a review that a group gave; else the answers are kept by themselves."""

    def step(self, name: str) -> Step | None:
        """The rules of the step with this id."""
        return next((step for step in self.method.steps if step.id == name), None)


def figures_of(record: Record, wall: float, model: str) -> MeetingFigures:
    """The figures of a meeting that started at `wall` (epoch seconds) and is over."""
    counted = review(record, record.progress.last)
    return MeetingFigures(
        meeting=record.started.meeting,
        group=record.started.group,
        started=wall,
        method=record.progress.method,
        led=bool(record.started.begeleider),
        model=model if counted.listened else "",
        review=counted,
    )
