"""What a second look changes in what was heard: counts, never what was already shown. Pure."""

from __future__ import annotations

import bisect
from collections.abc import Iterable

from companion.events import AnyEvent, SpanRevised, TurnHeard
from companion.method.tally import Spoken


def is_revised(event: AnyEvent) -> bool:
    """It comes from a second look: it counts, but it is no news and no evidence of a step."""
    return bool(getattr(event, "revised", False))


def without(heard: Iterable[Spoken], span: SpanRevised) -> list[Spoken]:
    """What was heard, but for the questions and advice of the span; turns stay."""
    return [
        finding
        for finding in heard
        if isinstance(finding, TurnHeard) or not span.at <= finding.at < span.until
    ]


def put_in_order(heard: list[Spoken], finding: Spoken) -> None:
    """Add a finding of long ago at its place in time."""
    bisect.insort(heard, finding, key=lambda one: one.at)
