"""What a screen reader hears: one piece of news, named so that a page says it once. Pure."""

from __future__ import annotations

import msgspec

from companion.dashboard.visit import Notice
from companion.dashboard.wording import Wording
from companion.session.view import MeetingView


class News(msgspec.Struct, frozen=True):
    """`id` is "kind:which"; a page says `text` when the id of that kind is new to it."""

    id: str
    text: str


def news_of(
    view: MeetingView, wording: Wording, notice: Notice | None, *, group: bool = False
) -> News:
    """The most urgent thing to say; on the group's screen only steps and, unled, cues."""
    if notice is not None:
        return News(f"notice:{view.version}", notice.text)
    if view.proposal and not group:
        said = wording.say("Door naar “%(name)s”?") % {"name": view.proposal.name}
        return News(f"proposal:{view.proposal.step}-{view.clock.step}", said)
    if view.cue and (not group or not view.begeleider):
        return News(f"cue:{view.cue.number}", f"{view.cue.title}. {view.cue.text}")
    step = view.steps[view.clock.step].step.name.in_language(wording.language)
    if view.clock.paused:
        return News(f"step:{view.clock.step}-paused", wording.say("gepauzeerd"))
    return News(f"step:{view.clock.step}", step)
