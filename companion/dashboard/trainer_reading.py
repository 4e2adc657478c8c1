"""Which reviews a visitor may see as a trainer, and as what: the allow list's values only.

Whoever came in with a code sees what was given with that code and is still given. Whoever
started the service sees what the groups on this machine would give, and what others gave him.
"""

from __future__ import annotations

from litestar.exceptions import NotFoundException

from companion.dashboard.access import Viewer
from companion.dashboard.trainer_errors import shipped_models
from companion.dashboard.trainer_wording import ReviewWording
from companion.dashboard.visit import Visit
from companion.method.definitions import load_methods
from companion.method.evaluation import Spread, spread
from companion.method.figures import MeetingFigures
from companion.reports.trainer_review import TrainerReview, figures_from, trainer_review
from companion.vocabulary import Method

SHIPPED: dict[str, Method] = load_methods()


def words_of(visit: Visit) -> ReviewWording:
    """How this visitor reads a review."""
    return ReviewWording(visit.wording)


async def spread_of(visit: Visit, figures: MeetingFigures) -> Spread | None:
    """What the group made of a meeting, on this machine or as it came with a file."""
    answers = await visit.session.storage.evaluations.of_meeting(figures.meeting)
    return figures.evaluation or spread(answers)


async def own_figures(visit: Visit, meeting: str) -> MeetingFigures:
    """A meeting's figures as the begeleider sees them; NotFound without."""
    found = await visit.session.storage.figures.of_meeting(meeting)
    if found is None:
        raise NotFoundException
    return found


async def given(visit: Visit, figures: MeetingFigures) -> TrainerReview:
    """What of these figures goes to a trainer: nothing else is shown to one."""
    known = await spread_of(visit, figures)
    return trainer_review(figures, known, SHIPPED, shipped_models())


def shown(review: TrainerReview) -> MeetingFigures:
    """Figures made of what was given."""
    return figures_from(review, SHIPPED)


async def may_see(visit: Visit, meeting: str) -> TrainerReview:
    """One review; NotFound for whoever may not see it, as if it weren't there."""
    if visit.browser is not None and visit.browser.viewer is Viewer.TRAINER:
        code = visit.browser.scope
        allowed = await visit.session.storage.handovers.behind(code)
        if meeting not in {each.meeting for each in allowed}:
            raise NotFoundException
    return await given(visit, await own_figures(visit, meeting))


async def all_seen(visit: Visit) -> list[TrainerReview]:
    """Every review this visitor may see, the earliest first."""
    storage = visit.session.storage
    if visit.browser is not None and visit.browser.viewer is Viewer.TRAINER:
        meetings = [h.meeting for h in await storage.handovers.behind(visit.browser.scope)]
    else:
        meetings = [m.id for m in reversed(await storage.meetings.list())]
    found = [await storage.figures.of_meeting(meeting) for meeting in meetings]
    return [await given(visit, figures) for figures in found if figures is not None]


async def of_group(visit: Visit, group: str) -> list[TrainerReview]:
    """A group's reviews that this visitor may see; NotFound when there are none."""
    found = [review for review in await all_seen(visit) if review.group == group]
    if not found or not group:
        raise NotFoundException
    return found


async def label(visit: Visit, group: str) -> str:
    """What a group is called here: by its name only for whoever leads on this machine."""
    if visit.leads:
        known = await visit.session.storage.groups.get(group) if group else None
        return known.name if known else visit.wording.say("Zonder groep")
    if not group:
        return visit.wording.say("Zonder groep")
    return visit.wording.say("Groep %(sign)s") % {"sign": group[:4]}
