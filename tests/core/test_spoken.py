"""A day as it is spoken."""

from __future__ import annotations

from datetime import date

import pytest

from plfacilitate.core.spoken import spoken_day

WEDNESDAY = date(2023, 12, 6)


@pytest.mark.parametrize(
    "text, day",
    [
        ("today", WEDNESDAY), ("Tomorrow", date(2023, 12, 7)), ("Friday", date(2023, 12, 8)),
        ("by fri", date(2023, 12, 8)), ("Wednesday", date(2023, 12, 13)), ("this coming Tuesday", date(2023, 12, 12)),
        ("in two weeks", date(2023, 12, 20)), ("10 days", date(2023, 12, 16)), ("in a month", date(2024, 1, 6)),
        ("within one week", date(2023, 12, 13)), ("3 months", date(2024, 3, 6)),
    ],
)  # fmt: skip
def test_words_that_name_a_day(text: str, day: date) -> None:
    """From a Wednesday."""
    assert spoken_day(text, WEDNESDAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "next Friday",
        "in some weeks",
        "t",
        "tu th",
        "in 0 days",
        "in 9999 weeks",
        "two",
        "weeks",
        "in ٣ days",
    ],
)
def test_words_that_name_none(text: str) -> None:
    """What two people would understand otherwise is not guessed."""
    assert spoken_day(text, WEDNESDAY) is None


def test_a_month_without_that_day_has_a_last_one() -> None:
    """From the 31st of January."""
    assert spoken_day("in a month", date(2024, 1, 31)) == date(2024, 2, 29)
    assert spoken_day("one month", date(2023, 12, 31)) == date(2024, 1, 31)
