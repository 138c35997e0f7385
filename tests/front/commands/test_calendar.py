"""`plan ics` and `event ics`: days for people's own calendars."""

from __future__ import annotations

from pathlib import Path

from tests.core.test_calendar import read
from tests.laptops import Laptop
from tests.played import Clock


def test_a_plan_as_a_calendar_and_one_day_of_it(laptop: Laptop, clock: Clock) -> None:
    """All its days in order; an approval that comes later changes the same day, with a greater number."""
    first = laptop.schedule("pscpl-cohort", "2023-12-06")
    clock.forward(days=1)
    laptop.schedule("pscpl-cohort", "2024-01-10", session="pd2")
    laptop.do("plan", "ics", "pscpl-cohort", "--out", "all.ics")
    before = read(Path("all.ics").read_bytes())
    assert [one["DTSTART"] for one in before] == ["20231206T163000Z", "20240110T163000Z"]
    clock.forward(days=1)
    laptop.schedule("pscpl-cohort", "2023-12-06", in_service="PS-1")
    assert laptop.json("event", "ics", first, "--out", "one.ics") == {"file": "one.ics", "events": 1, "cancelled": 0}
    (after,) = read(Path("one.ics").read_bytes())
    assert (after["UID"], after["SEQUENCE"]) == (before[0]["UID"], "1")
    assert after["DTSTAMP"] > before[0]["DTSTAMP"]
    assert "In-service no. PS-1" in after["DESCRIPTION"]


def test_what_nobody_scheduled_is_said(laptop: Laptop) -> None:
    """No empty file is written."""
    assert "no event nothing" in laptop.no("plan", "ics", "nothing", "--out", "all.ics")
    assert not Path("all.ics").exists()
