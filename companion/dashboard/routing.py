"""From controllers to an application's routes, with its guard and its error pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from litestar import Controller, Litestar, Request, Response
from litestar.config.app import AppConfig
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.types import Guard

from companion.dashboard.trouble_pages import companion_trouble, defect, http_trouble
from companion.dashboard.visit import House
from companion.errors import CompanionError

HttpTrouble = Callable[[Request[Any, Any, Any], HTTPException], Response[Any]]


def make_routes(
    house: House,
    controllers: Sequence[type[Controller]],
    guard: Guard,
    refused: HttpTrouble = http_trouble,
    **state: object,
) -> Litestar:
    """The routes of these controllers; `state` goes beside the house in the application's state."""
    return Litestar(
        route_handlers=list(controllers),
        guards=[guard],
        openapi_config=None,
        logging_config=None,
        debug=False,
        state=State({"house": house, "sessions": house.sessions, **state}),
        exception_handlers={
            HTTPException: refused,
            CompanionError: companion_trouble,
            Exception: defect,
        },
        on_app_init=[_no_openapi],
    )


def _no_openapi(config: AppConfig) -> AppConfig:
    config.openapi_config = None
    return config
