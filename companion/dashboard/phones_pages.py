"""The page on a phone: the group's screen, one's own slips, and stopping the listener."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from companion.dashboard.evaluation_forms import answers_from
from companion.dashboard.forms import Form, parse_form
from companion.dashboard.news import news_of
from companion.dashboard.phones_room import Ask, Phone, PhonesRoom
from companion.dashboard.troubles import status_of
from companion.dashboard.visit import Notice, Visit, WebRequest, goto
from companion.errors import CompanionError, StorageError, UsageError
from companion.method.evaluation import QUESTIONS
from companion.session.commands import StopListening, ValueQuestion
from companion.session.slips import kind_for, may_hand_over, may_write
from companion.session.valuing import takes_values
from companion.session.view import MeetingView
from companion.vocabulary import Step, Valuation


class PhonesPages(Controller):
    """What a phone that joined sees and does."""

    path = "/telefoon"

    @get()
    async def page(self, request: WebRequest) -> Response[str]:
        """The whole page."""
        return await _Phone(request).page("phone.html")

    @get("/nu")
    async def now(self, request: WebRequest) -> Response[str]:
        """What changes on it."""
        return await _Phone(request).page("phone_now.html")

    @get("/evaluatie")
    async def evaluation(self, request: WebRequest) -> Response[str] | Redirect:
        """The three questions, while they may be answered from this phone."""
        here = _Phone(request)
        if not here.may_evaluate:
            return goto("/telefoon")
        return here.visit.page("phone_evaluation.html", questions=QUESTIONS)

    @post("/doen/{what:str}")
    async def do(self, request: WebRequest, what: FromPath[str]) -> Response[str] | Redirect:
        """Press a button."""
        here = _Phone(request)
        if what not in _BUTTONS:
            raise NotFoundException
        try:
            await _BUTTONS[what](here, parse_form(await request.body()))
        except CompanionError as error:
            template = "phone_now.html" if here.visit.enhanced else "phone.html"
            return await here.page(template, here.visit.trouble(error), status_of(error))
        return await here.page("phone_now.html") if here.visit.enhanced else goto("/telefoon")


class _Phone:
    """One request of a phone, with what it may do at this moment."""

    def __init__(self, request: WebRequest) -> None:
        self.visit = Visit(request)
        self.room: PhonesRoom = request.app.state.room
        self.phone: Phone = self.room.phone(request.cookies.get(self.room.sessions.cookie))
        view = self.visit.view()
        if view is None or view.meeting != self.room.meeting:
            raise UsageError("sharing.off", "The meeting is not shared any more")
        self.view: MeetingView = view

    @property
    def step(self) -> Step:
        return self.view.steps[self.view.clock.step].step

    @property
    def may_evaluate(self) -> bool:
        return not self.phone.evaluated and self.visit.house.evaluating.is_open(self.view)

    @property
    def values(self) -> bool:
        """The inbrenger's phone, in a step in which questions are valued."""
        theirs = bool(self.phone.name) and self.phone.name == self.view.inbrenger
        return theirs and takes_values(self.step)

    async def page(
        self, template: str, notice: Notice | None = None, status: int = 200
    ) -> Response[str]:
        view, name = self.view, self.phone.name
        facts = await self.visit.house.facts(view)
        turn = view.turn if view.turn is not None and view.turn_planned else None
        return self.visit.page(
            template,
            status=status,
            notice=notice,
            view=view,
            rate=facts.rate,
            news=news_of(view, self.visit.wording, notice, group=True),
            phone=self.phone,
            my_turn=bool(name) and turn is not None and view.members[turn] == name,
            writing=may_write(self.step) and not view.clock.ended,
            kind=kind_for(self.step),
            own=self.room.slips.of(self.phone.writer),
            may_hand_over=may_hand_over(view, name),
            valuing=self.room.slips.handed() if self.values else None,
            asked=Ask.PAUZE in self.room.asks,
            may_evaluate=self.may_evaluate,
            outcome=self.visit.house.evaluating.outcome(view),
            questions=QUESTIONS,
        )


async def _pause(here: _Phone, _form: Form) -> None:
    here.room.ask(Ask.PAUZE)
    here.visit.session.tell("SlipsChanged")


async def _stop(here: _Phone, form: Form) -> None:
    """Anyone may: listening ends at once. Only that somebody did is told."""
    if here.view.listening.consent:
        here.room.ask(Ask.STOP)
        await here.visit.session.do(StopListening(id=form.text("id", 32)))


async def _write(here: _Phone, form: Form) -> None:
    if not may_write(here.step):
        raise UsageError("slip.step", "People write in the steps that ask for it")
    here.room.slips.write(here.phone.writer, kind_for(here.step), form.text("text"))


async def _tear(here: _Phone, form: Form) -> None:
    here.room.slips.drop(here.phone.writer, form.text("slip"))


async def _hand_over(here: _Phone, form: Form) -> None:
    if not may_hand_over(here.view, here.phone.name):
        raise UsageError("slip.turn", "Slips are handed over when one's turn comes")
    here.room.slips.hand_over(here.phone.writer, form.text("slip"), here.phone.name)
    here.visit.session.tell("SlipsChanged")


async def _value(here: _Phone, form: Form) -> None:
    """A slip's value, once more if need be: what it was called before is taken back."""
    if not here.values:
        raise UsageError("meeting.no-valuing", "No questions are valued in this step")
    slip, text = here.room.slips.seen(form.text("slip")), form.text("value")
    value = Valuation(text) if text in {each.value for each in Valuation} else None
    if value is None or value is slip.value:
        return
    if slip.value is not None and here.view.valued.get(slip.value):
        await here.visit.session.do(ValueQuestion(value=slip.value, change=-1))
    slip.value = value
    await here.visit.session.do(ValueQuestion(value=value))


async def _name(here: _Phone, form: Form) -> None:
    here.phone.name = form.text("name", 40)


async def _evaluate(here: _Phone, form: Form) -> None:
    if not here.may_evaluate:
        raise UsageError("evaluation.closed", "The evaluation is closed, or answered already")
    answers = answers_from(form)
    here.phone.evaluated = True  # at once: a second tap comes too late
    try:
        await here.visit.session.storage.evaluations.add(here.view.meeting, answers)
    except StorageError:
        here.phone.evaluated = False
        raise
    here.visit.session.tell("EvaluationChanged")


_BUTTONS: dict[str, Callable[[_Phone, Form], Awaitable[None]]] = {
    "pauze": _pause,
    "stop-luisteren": _stop,
    "schrijven": _write,
    "verscheuren": _tear,
    "doorgeven": _hand_over,
    "waarde": _value,
    "naam": _name,
    "evaluatie": _evaluate,
}
