"""By when something was promised."""

from __future__ import annotations

from datetime import date

import pytest

from plfacilitate.core.problems.due import due_day

SAID = date(2023, 12, 6)


@pytest.mark.parametrize(
    "text, day",
    [
        ("2024-01-10", date(2024, 1, 10)), ("1/10/2024", date(2024, 1, 10)), ("12/14", date(2023, 12, 14)),
        ("1/10", date(2024, 1, 10)), ("14 Dec", date(2023, 12, 14)), ("Dec 14", date(2023, 12, 14)),
        ("Thursday, December 14th", date(2023, 12, 14)), ("6 dec", SAID), ("5 Dec", date(2024, 12, 5)),
        ("by 10 January 2025", date(2025, 1, 10)), ("Sept 3", date(2024, 9, 3)), ("29 Feb", date(2024, 2, 29)),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(text: str, day: date) -> None:
    """Without a year it is the next such day."""
    assert due_day(text, SAID) == day


@pytest.mark.parametrize(
    "text",
    ["", "soon", "in two weeks", "31 Feb", "13/45", "Dec", "14", "10 or 12 Dec", "Jan or 3 Feb", "June"],
)
def test_words_that_are_no_day_have_none(text: str) -> None:
    """Nothing is guessed, and nothing is overdue by a guess."""
    assert due_day(text, SAID) is None
