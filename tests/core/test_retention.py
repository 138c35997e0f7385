"""How long an offering is kept, and what stands against taking it away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plfacilitate.core.retention import Against, Aged, kept_until

OLD = Aged("s", ("e",), "PD 1", "PS-1", date(2015, 6, 1), date(2015, 12, 31), 7)


@pytest.mark.parametrize(
    "last, years, until",
    [
        (date(2015, 1, 1), 7, date(2022, 12, 31)),
        (date(2015, 12, 31), 7, date(2022, 12, 31)),
        (date(2016, 2, 29), 1, date(2017, 12, 31)),
        (date(9999, 1, 1), 7, date(9999, 12, 31)),
    ],
)
def test_years_are_counted_from_the_end_of_the_year(last: date, years: int, until: date) -> None:
    """The day within the year makes no difference; a year that no calendar has is none."""
    assert kept_until(last, years) == until


@pytest.mark.parametrize(
    "one, today, against",
    [
        (OLD, date(2022, 12, 31), "kept"),
        (OLD, date(2023, 1, 1), ""),
        (OLD, date(2015, 12, 31), "not-over"),
        (replace(OLD, held=("disputed",)), date(2023, 1, 1), "held"),
        (replace(OLD, held=("disputed",)), date(2015, 1, 1), "held"),
    ],
)
def test_what_stands_against_it(one: Aged, today: date, against: Against) -> None:
    """A dispute before everything else; it is said in words, and only where there is something."""
    assert one.against(today) == against
    assert bool(one.why(against)) == bool(against)
