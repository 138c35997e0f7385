"""Local times as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from plfacilitate.core.localtime import UnreadableTime, parse_day, parse_moment

HERE = ZoneInfo("America/Los_Angeles")
MORNING = datetime(2025, 12, 6, 16, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2025-12-06 08:07",
        "2025-12-06T08:07",
        "2025-12-06 08:07:00",
        "2025-12-06 8:07:00.000",
        " 2025-12-06   08:07 ",
        "12/6/2025 8:07 AM",
        "12/06/2025 08:07",
        "12/6/25 8:07am",
        "12/6/2025, 8:07 a.m.",
        "2025-12-06T16:07:00Z",
        "2025-12-06 08:07-08:00",
        "2025-12-06T21:37:00+0530",
    ],
)
def test_the_usual_forms_are_read(text: str) -> None:
    """All of these say seven minutes past eight in Seattle."""
    assert parse_moment(text, HERE).at == MORNING


@pytest.mark.parametrize(
    "text, hour", [("12:30 AM", 0), ("12:30 PM", 12), ("1:30 PM", 13), ("11:30 p.m.", 23), ("00:30", 0)]
)
def test_noon_and_midnight_are_right(text: str, hour: int) -> None:
    """Twelve comes before one."""
    local = parse_moment(f"2025-12-06 {text}", HERE).at.astimezone(HERE)
    assert (local.date(), local.hour) == (date(2025, 12, 6), hour)


def test_a_time_alone_takes_the_day_beside_it() -> None:
    """As a table with a date column has it."""
    assert parse_moment("8:07", HERE, date(2025, 12, 6)).at == MORNING


@pytest.mark.parametrize(
    "text, why",
    [
        ("8:07", "the day is missing"),
        ("2025-12-06", "the time of day is missing"),
        ("2025-13-06 08:07", "no such day"),
        ("2025-02-30 08:07", "no such day"),
        ("0001-01-01 00:00+23:00", "no such day"),
        ("2025-12-06 25:07", "no such time of day"),
        ("2025-12-06 13:07 PM", "no such time of day"),
        ("2025-12-06 at eight", "this is no time"),
        ("morning", "this is no time"),
        ("", "this is no time"),
        ("2025-12-06 08:\u0660\u0667", "this is no time"),
        ("2026-03-08 02:30", "does not exist"),
    ],
)
def test_what_is_no_time_says_why(text: str, why: str) -> None:
    """One sentence, with the form to write."""
    with pytest.raises(UnreadableTime, match=why):
        parse_moment(text, HERE)


def test_a_time_that_comes_twice_is_the_first() -> None:
    """The night the clocks are put back; said, so that it can be noted."""
    moment = parse_moment("2025-11-02 01:30", HERE)
    assert (moment.at, moment.twice) == (datetime(2025, 11, 2, 8, 30, tzinfo=UTC), True)
    assert not parse_moment("2025-11-02 02:30", HERE).twice


def test_a_day_is_a_day() -> None:
    """In both orders, and nothing else."""
    assert parse_day("2025-12-06") == parse_day("12/6/2025") == parse_day("12/6/25") == date(2025, 12, 6)
    assert parse_day("6 December") is None
