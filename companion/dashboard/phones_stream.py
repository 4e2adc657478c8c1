"""What a phone hears of the meeting: that its page changed, and never by what."""

from __future__ import annotations

from litestar import Controller, get
from litestar.response import Stream

from companion.dashboard.access import session_of
from companion.dashboard.live import Follower, event
from companion.dashboard.visit import House, WebRequest
from companion.session.changes import Change

_SHOWN = frozenset(
    {
        "AgreementConfirmed",
        "ConsentGiven",
        "ConsentWithdrawn",
        "EvaluationChanged",
        "ListeningChanged",
        "MeetingPaused",
        "MeetingResumed",
        "MoveUndone",
        "PlanChanged",
        "QuestionValued",
        "SlipsChanged",
        "SpeakerTurned",
        "StepEntered",
    }
)
"""Changes of what phones show; what was heard is not among them, so its moments don't leak."""
_SHOWN_UNLED = frozenset({"CueClosed", "CueRaised"})


class PhoneStream(Controller):
    """What phones follow."""

    path = "/"

    @get("/stroom")
    async def stream(self, request: WebRequest) -> Stream:
        """Server-sent events `state`, and `bye` when sharing ends."""
        house: House = request.app.state.house
        follower = PhoneFollower(house, session_of(request), "")
        return Stream(follower, media_type="text/event-stream")


class PhoneFollower(Follower):
    """One phone's open page."""

    farewell = event("bye", "")

    def greet(self) -> bytes:
        """Look anew, always: no version number that would count what was heard."""
        return b"retry: 1000\n" + event("state", "")

    def tell(self, change: Change) -> list[bytes]:
        """One word, when the phone's page changed."""
        view = self._house.session.view()
        shown = _SHOWN if view is None or view.begeleider else _SHOWN | _SHOWN_UNLED
        return [event("state", "")] if change.what & shown else []
