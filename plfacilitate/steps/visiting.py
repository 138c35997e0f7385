"""A site visit from its file to the day: announced, announced anew, its stops added, changed, taken away.

Owns what an announcement must keep: rooms as the office allows them, and every stop where somebody has observed. Never
notes what is seen (`steps.observe`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from plfacilitate.core.entry import Draft
from plfacilitate.core.office import ROOMS_UNLESS_SAID
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.visiting.fold import VisitFold, VisitPicture
from plfacilitate.core.visiting.itinerary import troubles
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import ROOMS, Rooms, Stop, Visit
from plfacilitate.steps.capture import Hand, undo
from plfacilitate.steps.observe import plan_visit
from plfacilitate.store.ledger import Ledger


def allowed_rooms(event: Event) -> Rooms:
    """What the office of an event says of rooms, as it was when the event was scheduled or opened."""
    said = event.office.get("visit_rooms", ROOMS_UNLESS_SAID)
    return next((rooms for rooms in ROOMS if rooms == said), ROOMS_UNLESS_SAID)


def as_allowed(event: Event, picture: VisitPicture) -> VisitPicture:
    """The visit as it may leave the building: rooms named only where the office allows it by what counts now.

    An event that was opened under a stricter rule than it was announced under keeps to the stricter one.
    """
    visit = picture.visit
    if visit is None or visit.rooms != "named" or allowed_rooms(event) == "named":
        return picture
    return picture._replace(visit=replace(visit, rooms="anonymous"))


def announce(hand: Hand, event: Event, fold: VisitFold, visit: Visit) -> Draft | None:
    """The visit as it is announced from now on; what was announced before is kept. None = nothing would change.

    Refused: `rooms-anonymous`, `stop-observed`, `visit-not-walkable`.
    """
    if visit.rooms == "named" and allowed_rooms(event) != "named":
        raise Refused("rooms-anonymous", title=event.title)
    if found := troubles(visit):
        raise Refused("visit-not-walkable", room=visit.stops[found[0].stop].room, detail=found[0].sentence)
    kept = {stop.id for stop in visit.stops}
    for stop in fold.visit.stops if fold.visit else ():
        if stop.id not in kept:
            refuse_observed(stop, fold.observations)
    return None if visit == fold.visit else plan_visit(hand, fold, visit)


def refuse_observed(stop: Stop, observations: Iterable[Observation]) -> None:
    """A stop where somebody has begun to observe stays on the way. Refused: `stop-observed`."""
    there = [one for one in observations if one.stop == stop.id]
    if there:
        names = ", ".join(dict.fromkeys(one.observer for one in there))
        raise Refused("stop-observed", room=stop.room, names=names)


def take_back_beginning(ledger: Ledger, hand: Hand, fold: VisitFold, observation: str) -> Draft:
    """Void the beginning of an observation in which nothing stands: it was begun by mistake, and nobody waits for it.

    Refused: `nothing-noted`, `observation-noted`.
    """
    seen, began = fold.observation(observation), ledger.entry(observation)
    if seen is None or began is None:
        raise Refused("nothing-noted")
    if fold.newest(observation) is not None:
        raise Refused("observation-noted", observer=seen.observer, title=seen.protocol.title)
    return undo(hand, began)


def new_stop_id(hand: Hand) -> str:
    """An id for a stop that no other laptop gives, so that what is observed there stays with its room after a merge."""
    return f"s-{hand.chance(4).hex()}"
