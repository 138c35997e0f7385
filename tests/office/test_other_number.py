"""Another approval number puts a day under another offering: there it counts, once, and there it is kept."""

from __future__ import annotations

from contextlib import closing

import pytest

from plfacilitate.core.entry import stable_id
from plfacilitate.office.overview import cards
from plfacilitate.store.register import open_register
from plfacilitate.store.register.stored import StoredRegister
from tests.office.offices import DANA, MARIA, Office
from tests.played import Chance

FIRST, NUMBER = "PS-1001", "PS-1002"
BEFORE = ("purge", "--before", "2015-01-01")


@pytest.fixture
def corrected(office: Office) -> Office:
    """A day of 2014 that was handed in as PS-1001, corrected to PS-1002, and a second day of PS-1002 in 2015."""
    first = office.day("2014-11-05", FIRST, MARIA, DANA)
    office.json("roll", "--issue")
    office.heard()
    office.laptop.schedule(on="2014-11-05", in_service=NUMBER)
    office.laptop.do("approve", first, "--by", "Ruth")
    office.laptop.hand_in(first, office.mail)
    office.at("2015-05-05T08:00:00-08:00")
    second = office.laptop.schedule(on="2015-05-05", in_service=NUMBER, session="pd2")
    office.laptop.do("event", "open", second)
    office.laptop.attend(second, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:20, 15:50")
    office.at("2015-05-05T17:00:00-08:00")
    office.laptop.finish(second, office.mail)
    assert all(one["credit_differs"] == [] for one in office.take())
    return office


def test_it_counts_once_and_is_kept_with_the_offering_it_belongs_to_now(corrected: Office) -> None:
    """One offering of two days, to everybody; in 2022 its first day stays with its last, in 2023 all of it goes."""
    roll = corrected.json("roll")
    assert [(one["in_service"], one["scheduled"]) for one in roll["offerings"]] == [(NUMBER, 2)]
    assert set(corrected.lines(NUMBER).values()) == {720}
    assert FIRST in corrected.no("roll", "--series", FIRST)
    with closing(open_register(corrected.url, Chance(1))) as register:
        known = cards(register, register.all_series())
    assert [(one.in_service, len(one.events)) for one in known.values()] == [(NUMBER, 2)]
    corrected.at("2022-06-01T08:00:00-08:00")
    assert corrected.json(*BEFORE, "--yes")["gone"] == []
    assert set(corrected.lines(NUMBER).values()) == {720}
    corrected.at("2023-06-01T08:00:00-08:00")
    assert corrected.json("purge", "--before", "2016-01-01", "--yes")["goes"][0]["events"] == 2
    with closing(open_register(corrected.url, Chance(1))) as register:
        assert (register.all_series(), list(register.all_events())) == ([], [])
        assert register.issued(stable_id("series", "pscpl-cohort", FIRST)) == []
    assert MARIA in corrected.no("people", "show", MARIA)


def test_a_hold_stays_with_its_days(office: Office) -> None:
    """What was put on hold under the old number is held under the new one, and released by it."""
    office.day("2014-11-04", FIRST, DANA)
    event = office.day("2014-11-05", FIRST, MARIA)
    office.do("hold", FIRST, "--reason", "hours are disputed")
    office.laptop.schedule(on="2014-11-05", in_service=NUMBER)
    office.laptop.do("approve", event, "--by", "Ruth")
    office.laptop.hand_in(event, office.mail)
    office.take()
    office.at("2023-06-01T08:00:00-08:00")
    assert all("hours are disputed" in one["why"] for one in office.json("purge", "--before", "2016-01-01")["stays"])
    with closing(open_register(office.url, Chance(1))) as register:
        assert isinstance(register, StoredRegister)
        told = register._engine.rows("SELECT in_service, days, people FROM offerings ORDER BY in_service")
    assert [tuple(row) for row in told] == [(FIRST, 1, 1), (NUMBER, 1, 1)]
    assert "held for a dispute" in office.no("people", "erase", MARIA, "--reason", "asked for it")
    assert "hours are disputed" in office.do("hold", "--release", NUMBER)
    assert [one["in_service"] for one in office.json("purge", "--before", "2016-01-01")["goes"]] == [FIRST, NUMBER]
