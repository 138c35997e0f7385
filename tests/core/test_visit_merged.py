"""One visit announced on two laptops at once: the last word counts, and no stop is lost where somebody observed."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations

from plfacilitate.core.entry import Entry
from plfacilitate.core.visiting.fold import VisitFold
from plfacilitate.core.visiting.plan import Stop, Visit
from tests.core.entries import entry, undo
from tests.core.test_observation import ROOM

FIRST, SECOND = Stop("a", "Room 1", "09:00", 20), Stop("b", "Room 2", "09:30", 20)
VISIT = Visit("Lakeridge", "To see", stops=(FIRST, SECOND))


def planned(entry_id: str, at: str, visit: Visit, *replaces: str) -> Entry:
    """An announcement."""
    return entry(entry_id, "visit-planned", at=at, replaces=replaces, visit=visit.to_json())


def observed(stop: str, at: str = "09:45") -> Entry:
    """Somebody begins there."""
    return entry(f"o-{stop}", "observation-started", at=at, stop=stop, observer="Ada", protocol=ROOM.to_json())


def fold(*entries: Entry) -> VisitFold:
    """What these entries come to."""
    made = VisitFold("e")
    made.apply(entries)
    return made


def rooms(*entries: Entry) -> list[str]:
    """The way."""
    visit = fold(*entries).visit
    assert visit is not None
    return [stop.room for stop in visit.stops]


def test_of_two_announcements_at_once_the_later_counts() -> None:
    """Whatever their ids are; the next one settles both."""
    for early, late in (("x", "y"), ("y", "x")):
        base = planned("p", "08:00", VISIT)
        one = planned(early, "08:10", VISIT.without_stop("b"), "p")
        two = planned(late, "08:20", VISIT.with_stop(Stop("c", "Gym", "10:00")), "p")
        for order in permutations((base, one, two)):
            assert rooms(*order) == ["Room 1", "Room 2", "Gym"]
            assert set(fold(*order).plan_entries) == {"x", "y"}
        assert fold(base, one, two, planned("z", "08:30", VISIT, "x", "y")).plan_entries == ("z",)


def test_a_stop_where_somebody_observed_stays_on_the_way() -> None:
    """Taken away on one laptop while somebody was in it on another: it is at its time again, as it was last."""
    moved = VISIT.with_stop(replace(FIRST, room="Room 1b"))
    entries = [
        planned("p", "08:00", VISIT), planned("q", "08:05", moved, "p"),
        planned("r", "08:10", moved.without_stop("a"), "q"), observed("a", "09:02"),
    ]  # fmt: skip
    random.Random(4).shuffle(entries)
    assert rooms(*entries) == ["Room 1b", "Room 2"]
    assert rooms(*(one for one in entries if one.kind == "visit-planned")) == ["Room 2"]


def test_a_stop_that_was_added_elsewhere_stays_once_it_is_observed() -> None:
    """And when its adding is taken back, too: what was seen there belongs to a room."""
    base = planned("p", "08:00", VISIT)
    one, two = (
        planned("x", "08:10", VISIT.with_stop(Stop("gym", "Gym", "09:15")), "p"),
        planned("y", "08:20", VISIT.with_stop(Stop("hall", "Hall", "10:00")), "p"),
    )
    assert rooms(base, one, two) == ["Room 1", "Room 2", "Hall"]
    assert rooms(base, one, two, observed("gym")) == ["Room 1", "Gym", "Room 2", "Hall"]
    assert rooms(base, one, observed("gym"), undo("u", "x")) == ["Room 1", "Gym", "Room 2"]


def test_an_observation_of_no_known_stop_adds_none() -> None:
    """An interview beside the way, a stop that no announcement here knows."""
    assert rooms(planned("p", "08:00", VISIT), observed(""), observed("elsewhere")) == ["Room 1", "Room 2"]
