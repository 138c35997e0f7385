"""Closing the day of a visit: who has not ended, and whether names stand in the notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.front.desk.screens.close import Checklist
from plfacilitate.front.desk.screens.names import NamesScreen
from plfacilitate.front.desk.screens.visit import VisitScreen
from plfacilitate.steps import observe
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day
from tests.front.desk.test_close import done, stand_on
from tests.front.desk.test_pictures import Compare, looks, no_blinking, sizes
from tests.front.desk.visiting import DANA, LAN, observes, standing, visiting_day

__all__ = ["no_blinking"]  # a fixture


@pytest.fixture
def noon(tmp_path: Path) -> Day:
    """Noon: one stop is done, one observer has forgotten to end, a talk goes on, and a student is named."""
    day = visiting_day(tmp_path, "12:00")
    for who in (DANA, LAN):
        observes(day, who, "s1", "psesd-lens", at="9:01", ended="9:21")
    observes(day, LAN, "s4", "time-on-task", at="10:09")
    talk = observes(day, DANA, "", "implementation-framework", at="11:30", respondent="the principal")
    seen = standing(day).observation(talk)
    assert seen is not None
    day.ledger.append([observe.line(day.hand(), seen, "says that Zadie asks for the harder text")])
    return day


def names(seat: Seat) -> list[str]:
    """The steps on the screen."""
    return [step.name for step in seat.app.screen.query_one(Checklist).items]


async def test_the_close_of_a_visit_leads_to_who_has_not_ended(noon: Day) -> None:
    """Who, in which room, with what; Enter leads to the visit, and the step is done once all have ended."""
    async with seat_of(noon) as seat:
        await seat.type("c")
        await seat.sees("2 observations have no end")
        assert names(seat).index("observers") + 2 == names(seat).index("close")
        await stand_on(seat, "observers")
        await seat.sees("Library · Time on task")
        await seat.type("enter")
        await seat.until(lambda: isinstance(seat.app.screen, VisitScreen))
        await seat.type("escape")
        for one in standing(noon).observations:
            if one.ended_at is None:
                noon.ledger.append([observe.end(noon.hand(), one)])
        await seat.until(lambda: done(seat, "observers"))


async def test_the_close_of_a_visit_leads_to_the_names(noon: Day) -> None:
    """How many words, never which: somebody's notes are blind still. Enter gives the list."""
    async with seat_of(noon) as seat:
        await seat.type("c")
        await seat.sees("1 word may name somebody")
        await stand_on(seat, "names")
        assert "Zadie" not in seat.text()
        await seat.type("enter")
        await seat.until(lambda: isinstance(seat.app.screen, NamesScreen))


async def test_another_day_has_no_such_steps(busy: Day) -> None:
    """A workshop closes as it did."""
    async with seat_of(busy) as seat:
        await seat.type("c")
        await seat.sees("Head count")
        assert not {"observers", "names"} & set(names(seat))


@sizes
def test_close_of_a_visit(snap_compare: Compare, noon: Day, size: tuple[int, int]) -> None:
    """The two steps before the doors are closed, with who has not ended."""
    assert looks(snap_compare, noon, size, "c", "down", sees="Library · Time on task")
