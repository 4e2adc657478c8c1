"""The evaluation on the begeleider's machine: passed round, then shown as a whole."""

from __future__ import annotations

from litestar import Controller, Response, get, post
from litestar.response import Redirect

from companion.dashboard.evaluation_forms import answers_from
from companion.dashboard.forms import parse_form
from companion.dashboard.visit import Notice, Visit, WebRequest, goto
from companion.errors import CompanionError, UsageError
from companion.method.evaluation import LEAST, QUESTIONS, spread
from companion.session.view import MeetingView


class EvaluationPages(Controller):
    """Answering, opening and showing."""

    path = "/evaluatie"

    @get()
    async def page(self, request: WebRequest) -> Response[str] | Redirect:
        """The questions, or the outcome once it is shown."""
        visit = Visit(request)
        view = visit.view()
        return await _page(visit, view) if view else goto("/")

    @post()
    async def answer(self, request: WebRequest) -> Response[str]:
        """One person's answers; the next one finds the form as it was."""
        visit = Visit(request)
        view = _meeting(visit)
        if not visit.house.evaluating.is_open(view):
            raise _closed()
        try:
            answers = answers_from(parse_form(await request.body()))
        except CompanionError as error:
            return await _page(visit, view, visit.trouble(error), 422)
        await visit.session.storage.evaluations.add(view.meeting, answers)
        visit.session.tell("EvaluationChanged")
        thanks = visit.wording.say("Dank je. Geef het scherm door aan de volgende.")
        return await _page(visit, view, Notice(thanks))

    @post("/openen")
    async def ask(self, request: WebRequest) -> Redirect:
        """Open it before the last step."""
        visit = Visit(request)
        visit.house.evaluating.ask(_meeting(visit))
        visit.session.tell("EvaluationChanged")
        return goto("/evaluatie")

    @post("/tonen")
    async def show(self, request: WebRequest) -> Redirect:
        """Show the outcome, which closes it; too few answers show nothing."""
        visit = Visit(request)
        view = _meeting(visit)
        outcome = spread(await visit.session.storage.evaluations.of_meeting(view.meeting))
        if outcome is None:
            raise UsageError("evaluation.few", f"There is something to see from {LEAST} answers")
        if visit.house.evaluating.outcome(view) is None:
            visit.house.evaluating.show(view, outcome)
            visit.session.tell("EvaluationChanged")
        return goto("/evaluatie")


def _meeting(visit: Visit) -> MeetingView:
    view = visit.view()
    if view is None:
        raise UsageError("session.none", "No meeting is running")
    return view


def _closed() -> UsageError:
    return UsageError("evaluation.closed", "The evaluation is closed")


async def _page(
    visit: Visit, view: MeetingView, notice: Notice | None = None, status: int = 200
) -> Response[str]:
    answers = await visit.session.storage.evaluations.of_meeting(view.meeting)
    return visit.page(
        "evaluation.html",
        status=status,
        notice=notice,
        view=view,
        questions=QUESTIONS,
        count=len(answers),
        least=LEAST,
        open=visit.house.evaluating.is_open(view),
        outcome=visit.house.evaluating.outcome(view),
    )
