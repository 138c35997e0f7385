"""Announcing a visit: what it must keep, and its stops added, changed and taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from plfacilitate.core.plan import Event, Plan, Segment, Session
from plfacilitate.core.protocol import Protocol
from plfacilitate.core.refusal import Refused
from plfacilitate.core.visiting.fold import VisitFold, VisitPicture
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.visiting import (
    allowed_rooms,
    announce,
    as_allowed,
    new_stop_id,
    refuse_observed,
)
from tests.played import Chance, Clock

AT = datetime(2023, 12, 6, 17, tzinfo=UTC)
FIRST, SECOND, ANY = Stop("a", "Room A1", "09:00", 20), Stop("b", "Room B2", "09:30", 20), Stop("c", "Gym")
VISIT = Visit("Lakeridge", "To see", stops=(FIRST, SECOND, ANY))


@pytest.fixture
def hand(clock: Clock, chance: Chance) -> Hand:
    """A facilitator's hand."""
    return Hand("Dana", "facilitator", clock, chance)


def event(office: Mapping[str, Any] | None = None) -> Event:
    """A visit's event under an office."""
    session = Session("s1", "Site visit", "08:30", (Segment(60, "protocol", "Rooms"),))
    plan = Plan("site-visit", "Site visit", "site-visit", "psesd", 0, "each-session", (session,))
    day = date(2023, 12, 6)
    return Event("e", "s", "s1", "Site visit", day, "America/Los_Angeles", "", "", "", plan, office or {})


@pytest.mark.parametrize("said, rooms", [({}, "anonymous"), ({"visit_rooms": "named"}, "named"), ({"visit_rooms": "?"}, "anonymous")])  # fmt: skip
def test_an_office_that_says_nothing_keeps_rooms_anonymous(said: Mapping[str, Any], rooms: str) -> None:
    """Nor does a word that nobody knows name them."""
    assert allowed_rooms(event(said)) == rooms


def test_rooms_are_not_named_behind_the_offices_back(hand: Hand) -> None:
    """Wherever the visit comes from."""
    named = replace(VISIT, rooms="named")
    with pytest.raises(Refused, match="keeps rooms anonymous in reports"):
        announce(hand, event(), VisitFold("e"), named)
    assert announce(hand, event({"visit_rooms": "named"}), VisitFold("e"), named) is not None


def test_a_way_that_can_not_be_walked_is_not_announced(hand: Hand) -> None:
    """The sentence names the room."""
    late = replace(VISIT, debrief="09:30")
    with pytest.raises(Refused, match=r"Room B2 does not fit in: 09:30 is after the debrief begins \(09:30\)\."):
        announce(hand, event(), VisitFold("e"), late)


def test_stops_stand_in_the_order_of_their_times() -> None:
    """A new one takes its place, one without a time goes to the end, a changed one moves."""
    between = Stop("d", "Library", "09:20", 5)
    assert [stop.id for stop in VISIT.with_stop(between).stops] == ["a", "d", "b", "c"]
    assert [stop.id for stop in VISIT.with_stop(Stop("d", "Hall")).stops] == ["a", "b", "c", "d"]
    assert [stop.id for stop in VISIT.with_stop(replace(FIRST, starts="10:00")).stops] == ["b", "a", "c"]
    assert [stop.id for stop in VISIT.without_stop("b").stops] == ["a", "c"]


def test_a_stop_with_observations_stays() -> None:
    """The names of those who observed there are said, once each."""
    protocol = Protocol("p", "P", "observation", "p", "s", 5)
    there = [
        Observation(str(n), "e", "a", name, "", protocol, "facilitator", AT, None, (), {})
        for n, name in enumerate(("Ada", "Ben", "Ada"))
    ]
    refuse_observed(SECOND, there)
    with pytest.raises(Refused, match="Room A1 stays on the way: Ada, Ben observed there"):
        refuse_observed(FIRST, there)


def test_two_laptops_never_give_two_rooms_one_id(hand: Hand, clock: Clock) -> None:
    """What is observed at a stop stays with its room after a merge."""
    other = Hand("Ben", "facilitator", clock, Chance(7))
    assert new_stop_id(hand) != new_stop_id(other)


def test_an_event_opened_under_a_stricter_rule_keeps_to_it(hand: Hand) -> None:
    """Announced with named rooms, opened under an office that keeps them anonymous: what leaves says a letter."""
    named = VisitPicture("e", replace(VISIT, rooms="named"), (), {}, {})
    kept = as_allowed(event(), named).visit
    assert kept is not None
    assert kept.label("a") in {"Room A", "Room B", "Room C"}
    assert as_allowed(event({"visit_rooms": "named"}), named) == named
    anonymous = VisitPicture("e", VISIT, (), {}, {})
    assert as_allowed(event({"visit_rooms": "named"}), anonymous) == anonymous
