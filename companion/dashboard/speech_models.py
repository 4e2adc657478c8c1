"""Which speech model listens, and another one: before a meeting, or in a pause."""

from __future__ import annotations

from pathlib import Path

from litestar import Controller, Response, get, post
from litestar.response import Redirect

from companion.dashboard.forms import parse_form
from companion.dashboard.troubles import status_of
from companion.dashboard.visit import Notice, Visit, WebRequest, goto
from companion.errors import CompanionError, ConflictError, UsageError
from companion.session.speech_model import chosen_speech_model, present_models


class SpeechModels(Controller):
    """The models on this machine."""

    path = "/spraakmodel"

    @get("/")
    async def show(self, request: WebRequest) -> Response[str]:
        """Which there are, and which one is used."""
        return await _page(Visit(request))

    @post("/")
    async def change(self, request: WebRequest) -> Response[str] | Redirect:
        """Listen with this one from the next opening of the microphone on."""
        visit = Visit(request)
        try:
            await visit.session.change_speech_model(
                parse_form(await request.body()).text("model", 80)
            )
        except ConflictError as error:
            said = visit.wording.say("Pauzeer de bijeenkomst eerst; dan kan er een ander model in.")
            return await _page(visit, Notice(said, trouble=True), status_of(error))
        except UsageError as error:
            said = visit.wording.say("Dat spraakmodel staat niet op deze computer.")
            return await _page(visit, Notice(said, trouble=True), status_of(error))
        except CompanionError as error:
            return await _page(visit, visit.trouble(error), status_of(error))
        return goto("/leiden" if visit.session.running else "/spraakmodel")


async def _page(visit: Visit, notice: Notice | None = None, status: int = 200) -> Response[str]:
    settings = visit.session.settings
    chosen = await chosen_speech_model(visit.session.storage, settings)
    view = visit.view()
    busy = bool(view and not view.clock.ended and not view.clock.paused and view.listening.consent)
    return visit.page(
        "speech_model.html",
        status=status,
        notice=notice,
        models=present_models(settings),
        chosen=chosen,
        named=Path(chosen).name,
        busy=busy,
    )
