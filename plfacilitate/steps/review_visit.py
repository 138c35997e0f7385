"""What a visit leaves open when its day is closed: observations without an end, words that may name somebody.

Owns which those are. Blind: of what was noted it says how many words, never which.
"""

from __future__ import annotations

from typing import NamedTuple

from plfacilitate.core.plan import Event
from plfacilitate.core.visiting.fold import VisitFold
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import SITE_VISIT
from plfacilitate.steps.observe import read_visit
from plfacilitate.steps.unname import names_noted
from plfacilitate.store.ledger import Ledger


class OpenEnd(NamedTuple):
    """An observation or interview that nobody has ended. `room` "" = it has no stop."""

    id: str
    observer: str
    room: str
    title: str


class VisitReview(NamedTuple):
    """What is to be looked at: what has no end, in the order it was begun; how many words may be names."""

    open: tuple[OpenEnd, ...]
    observed: int
    names: int


def review_visit(ledger: Ledger, event: Event) -> VisitReview | None:
    """What a visit's day leaves open; None = it is no visit's day."""
    visit = read_visit(ledger, event.id)
    if event.plan.kind != SITE_VISIT and visit.visit is None:
        return None
    found = tuple(_open_end(one, visit) for one in visit.observations if one.ended_at is None)
    return VisitReview(found, len(visit.observations), len(names_noted(ledger, visit)))


def _open_end(one: Observation, visit: VisitFold) -> OpenEnd:
    stop = visit.visit.stop(one.stop) if visit.visit is not None else None
    return OpenEnd(one.id, one.observer, stop.room if stop is not None else "", one.protocol.title)
