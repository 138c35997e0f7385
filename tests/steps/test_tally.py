"""When a session took place, so that an absence is one."""

from __future__ import annotations

import pytest

from tests.laptops import Laptop
from tests.played import Clock


@pytest.mark.parametrize(
    "moment, closed, code",
    [("15:44:59", False, "to-come"), ("15:45:00", False, "not-there"), ("12:00:00", True, "not-there")],
)
def test_a_session_took_place_once_it_is_closed_or_its_end_is_past(
    laptop: Laptop, clock: Clock, moment: str, closed: bool, code: str
) -> None:
    """Closed early, nobody can come any more; not closed, its last minute decides."""
    event = laptop.opened()
    clock.set(f"2023-12-06T{moment}-08:00")
    if closed:
        laptop.do("event", "close", event)
    absent = next(iter(laptop.lines(event).values()))
    assert code in {reason["code"] for reason in absent["reasons"]}
