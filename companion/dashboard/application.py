"""The application as it is served: routes, access, errors, and the doorway round it all."""

from __future__ import annotations

from typing import Any

from litestar import Litestar, Request, Response
from litestar.config.app import AppConfig
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp

from companion.dashboard.access import Sessions, may_enter
from companion.dashboard.doorway import Doorway
from companion.dashboard.entrance import Entrance
from companion.dashboard.gate import Site
from companion.dashboard.groups import Groups
from companion.dashboard.leading import Leading
from companion.dashboard.live import Live
from companion.dashboard.preparing import Preparing
from companion.dashboard.rendering import Renderer
from companion.dashboard.service_log import log
from companion.dashboard.static_files import PREFIX, read_static_files
from companion.dashboard.troubles import status_of
from companion.dashboard.visit import House, Visit
from companion.errors import CompanionError
from companion.resources import bundled
from companion.session.lifecycle import Session

STREAMS = frozenset({"/stroom"})
CONTROLLERS = (Entrance, Groups, Preparing, Leading, Live)


def make_house(session: Session, port: int) -> House:
    """What the handlers share."""
    files = read_static_files(bundled("web") / "static")
    return House(
        session=session,
        sessions=Sessions(f"companion-{port}"),
        renderer=Renderer(files.root),
        files=files,
        language=session.settings.language,
    )


def make_application(house: House, site: Site) -> ASGIApp:
    """The whole, gate outermost."""
    return Doorway(make_litestar(house), site, f"{PREFIX}/")


def make_litestar(house: House) -> Litestar:
    """The routes without the gate; a test walks them."""
    return Litestar(
        route_handlers=list(CONTROLLERS),
        guards=[may_enter],
        openapi_config=None,
        logging_config=None,
        debug=False,
        state=State({"house": house, "sessions": house.sessions}),
        exception_handlers={
            HTTPException: _http_trouble,
            CompanionError: _companion_trouble,
            Exception: _defect,
        },
        on_app_init=[_no_openapi],
    )


def _no_openapi(config: AppConfig) -> AppConfig:
    config.openapi_config = None
    return config


def _http_trouble(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """A refusal by the routes or the access table."""
    if error.status_code >= 500:
        return _defect(request, error)
    log.refused(error.status_code, f"http.{error.status_code}")
    visit = Visit(request)
    say = visit.wording.say
    headings = {
        401: (
            say("Kom binnen via de link"),
            say("De companion toont bij het starten een link die deze pagina opent."),
        ),
        403: (say("Geen toegang"), say("Deze pagina is er voor de begeleider.")),
        404: (say("Die pagina is er niet"), say("Misschien is de groep of bijeenkomst gewist.")),
    }
    otherwise = (say("Dat kan hier niet"), say("De aanvraag klopt niet."))
    heading, text = headings.get(error.status_code, otherwise)
    return _message(visit, error.status_code, heading, text)


def _companion_trouble(request: Request[Any, Any, Any], error: CompanionError) -> Response[Any]:
    visit = Visit(request)
    notice = visit.trouble(error)
    return _message(visit, status_of(error), visit.wording.say("Dat kan nu niet"), notice.text)


def _defect(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Something that should not happen: its class goes to the log, nothing to the page."""
    log.failed(500, type(error).__name__)
    visit = Visit(request)
    say = visit.wording.say
    return _message(
        visit, 500, say("Hier ging iets mis"), say("De klok loopt door. Laad de pagina opnieuw.")
    )


def _message(visit: Visit, status: int, heading: str, text: str) -> Response[Any]:
    """A page for people, problem+json for programs."""
    if "application/json" in visit.request.headers.get("accept", ""):
        problem = {"status": status, "title": heading, "detail": text}
        return Response(problem, status_code=status, media_type="application/problem+json")
    inside = visit.leads and status not in {401, 403}
    return visit.page(
        "message.html", status=status, heading=heading, text=text, inside=inside, running=None
    )
