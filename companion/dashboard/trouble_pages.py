"""Refusals, errors and defects as pages, for every application that this service serves."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from companion.dashboard.service_log import log
from companion.dashboard.troubles import status_of
from companion.dashboard.visit import Visit
from companion.errors import CompanionError


def http_trouble(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """A refusal by the routes or the access table."""
    if error.status_code >= 500:
        return defect(request, error)
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
    return message_page(visit, error.status_code, heading, text)


def companion_trouble(request: Request[Any, Any, Any], error: CompanionError) -> Response[Any]:
    """An error that a user can meet."""
    visit = Visit(request)
    notice = visit.trouble(error)
    return message_page(visit, status_of(error), visit.wording.say("Dat kan nu niet"), notice.text)


def defect(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Something that should not happen: its class goes to the log, nothing to the page."""
    log.failed(500, type(error).__name__)
    visit = Visit(request)
    say = visit.wording.say
    return message_page(
        visit, 500, say("Hier ging iets mis"), say("De klok loopt door. Laad de pagina opnieuw.")
    )


def message_page(visit: Visit, status: int, heading: str, text: str) -> Response[Any]:
    """A page for people, problem+json for programs."""
    if "application/json" in visit.request.headers.get("accept", ""):
        problem = {"status": status, "title": heading, "detail": text}
        return Response(problem, status_code=status, media_type="application/problem+json")
    inside = visit.leads and status not in {401, 403}
    return visit.page(
        "message.html", status=status, heading=heading, text=text, inside=inside, running=None
    )
