"""When the evaluation of a meeting is open, and what of it is shown.

The outcome is shown once, and that closes it: whoever saw it before and after one more
answer could read that answer from the difference.
"""

from __future__ import annotations

from companion.method.evaluation import Spread
from companion.session.view import MeetingView
from companion.vocabulary import StepFunction

_LAST_STEPS = frozenset({StepFunction.EVALUATIE, StepFunction.AFSLUITING})


class Evaluating:
    """The evaluation of the meeting at hand; a new meeting begins afresh."""

    def __init__(self) -> None:
        self._meeting = ""
        self._asked = False
        self._shown: Spread | None = None

    def ask(self, view: MeetingView) -> None:
        """Open it now, whatever the step."""
        self._begin(view)
        self._asked = True

    def show(self, view: MeetingView, outcome: Spread) -> None:
        """Show the outcome; no more answers are taken."""
        self._begin(view)
        self._shown = outcome

    def outcome(self, view: MeetingView) -> Spread | None:
        """What is shown of this meeting."""
        return self._shown if self._meeting == view.meeting else None

    def is_open(self, view: MeetingView) -> bool:
        """Asked for, or the meeting is in its last step, evaluates, or is over."""
        if self.outcome(view) is not None:
            return False
        asked = self._asked and self._meeting == view.meeting
        here = view.clock.step
        last = here == len(view.steps) - 1 or view.steps[here].step.function in _LAST_STEPS
        return asked or last or view.clock.ended

    def _begin(self, view: MeetingView) -> None:
        if self._meeting != view.meeting:
            self._meeting, self._asked, self._shown = view.meeting, False, None
