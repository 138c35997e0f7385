"""Pictures of a site visit, small and large, by a played clock: a changed picture is looked at before it is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.steps import observe
from tests.front.desk.day import Day
from tests.front.desk.test_pictures import Compare, looks, no_blinking, sizes
from tests.front.desk.visiting import DANA, LAN, observes, visiting_day

__all__ = ["no_blinking"]  # a fixture


@pytest.fixture
def morning(tmp_path: Path) -> Day:
    """Ten past ten: two stops done, Lan in the third, a talk with the principal, the first words for the report."""
    day = visiting_day(tmp_path, "10:10")
    for who in (DANA, LAN):
        observes(day, who, "s1", "psesd-lens", at="9:01", ended="9:21")
    observes(day, LAN, "s2", "questions-and-talk", at="9:26", ended="9:46")
    observes(day, LAN, "s4", "time-on-task", at="10:09")
    observes(day, LAN, "", "implementation-framework", at="8:40", ended="9:00", respondent="the principal")
    patterns = "In three of four rooms students could say what they work on; in none could they say what comes next."
    day.ledger.append([observe.sum_up(day.hand(), day.event, {"patterns": patterns})])
    return day


@sizes
def test_the_way(snap_compare: Compare, morning: Day, size: tuple[int, int]) -> None:
    """Stop by stop, the next one marked, who observes with what below."""
    assert looks(snap_compare, morning, size, "v", "down", sees="not begun")


@sizes
def test_the_purpose_under_the_cursor(snap_compare: Compare, morning: Day, size: tuple[int, int]) -> None:
    """Purpose and look-fors, as the school has read them."""
    assert looks(snap_compare, morning, size, "v", "home", sees="Purpose and look-fors")


@sizes
def test_a_stop_put_right(snap_compare: Compare, morning: Day, size: tuple[int, int]) -> None:
    """Its fields."""
    assert looks(snap_compare, morning, size, "v", "e", sees="put right")


@sizes
def test_what_goes_into_the_report(snap_compare: Compare, morning: Day, size: tuple[int, int]) -> None:
    """Four parts."""
    assert looks(snap_compare, morning, size, "v", "s", sees="For the report")
