"""The application as it is served: routes, access, errors, and the doorway round it all."""

from __future__ import annotations

from litestar import Litestar
from litestar.types import ASGIApp

from companion.dashboard.access import Sessions, may_enter
from companion.dashboard.doorway import Doorway
from companion.dashboard.entrance import Entrance
from companion.dashboard.erasing import Erasing
from companion.dashboard.evaluation_pages import EvaluationPages
from companion.dashboard.exports import Exports
from companion.dashboard.gate import Site
from companion.dashboard.groups import Groups
from companion.dashboard.leading import Leading
from companion.dashboard.live import Live
from companion.dashboard.looking_back import LookingBack
from companion.dashboard.methods import MethodPages, StepPages
from companion.dashboard.microphones import Microphones
from companion.dashboard.planning import Planning
from companion.dashboard.preparing import Preparing
from companion.dashboard.rendering import Renderer
from companion.dashboard.routing import make_routes
from companion.dashboard.sharing import Sharing
from companion.dashboard.sharing_pages import SharingPages
from companion.dashboard.sounds import Sounds
from companion.dashboard.speech_models import SpeechModels
from companion.dashboard.static_files import PREFIX, read_static_files
from companion.dashboard.trainer_pages import TRAINER_PAGES
from companion.dashboard.visit import House
from companion.dashboard.voice_pages import VoicePages
from companion.resources import bundled
from companion.session.lifecycle import Session

STREAMS = frozenset({"/stroom"})
WITH_PHONES = (SharingPages, EvaluationPages)
AFTER_THE_MEETING = (Planning, LookingBack, Exports, Erasing)
CONTROLLERS = (
    Entrance,
    Groups,
    Preparing,
    Microphones,
    SpeechModels,
    Leading,
    VoicePages,
    Live,
    *WITH_PHONES,
    *AFTER_THE_MEETING,
    MethodPages,
    StepPages,
    Sounds,
    *TRAINER_PAGES,
)


def make_house(session: Session, port: int) -> House:
    """What the handlers share."""
    files = read_static_files(bundled("web") / "static")
    return House(
        session=session,
        sessions=Sessions(f"companion-{port}"),
        renderer=Renderer(files.root),
        files=files,
        language=session.settings.language,
        sharing=Sharing(session),
    )


def make_application(house: House, site: Site) -> ASGIApp:
    """The whole, gate outermost."""
    return Doorway(make_litestar(house), site, f"{PREFIX}/")


def make_litestar(house: House) -> Litestar:
    """The routes without the gate; a test walks them."""
    return make_routes(house, CONTROLLERS, may_enter)
