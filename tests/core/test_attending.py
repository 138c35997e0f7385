"""Who came, in groups: none of fewer than five by itself, and none that can be worked out from the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.insights.attending import FEWEST, NO_SCHOOL, broken_down
from plfacilitate.core.line import Line
from plfacilitate.core.people import Person
from plfacilitate.core.tally import CreditLine


def people(schools: Mapping[str, int]) -> list[CreditLine]:
    """So many of each school, an hour each."""
    return [
        CreditLine(Person(f"{school} {n}", "Ames", school=school), Line(school, 60, 100, "earned", (), 60, 100), None)
        for school, many in schools.items()
        for n in range(many)
    ]


def groups(**schools: int) -> list[tuple[str, int, int]]:
    """Name, how many schools, how many people."""
    return [(name, many, len(lines)) for name, many, lines in broken_down(people(schools))]


def test_large_schools_stand_by_themselves_and_small_ones_together() -> None:
    """The small ones come last."""
    assert groups(a=5, b=3, c=9, d=4) == [("a", 1, 5), ("c", 1, 9), ("2 small schools together", 2, 7)]


def test_a_small_school_alone_takes_the_next_smallest_with_it() -> None:
    """Else it would be what is left of all."""
    assert groups(a=6, b=3, c=9) == [("c", 1, 9), ("2 small schools together", 2, 9)]


def test_a_school_is_one_however_it_is_written_and_none_is_one_too() -> None:
    """As most wrote it; whoever gave none is together."""
    lines = people({"Lakeridge": 3, "lakeridge": 2, "": 5})
    assert [(name, len(found)) for name, _, found in broken_down(lines)] == [(NO_SCHOOL, 5), ("Lakeridge", 5)]


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12)), st.randoms(use_true_random=False))
def test_no_group_is_small_unless_all_are(schools: dict[str, int], dice: Any) -> None:
    """Everybody is in one group, whatever the order."""
    lines = people(schools)
    found = broken_down(lines)
    assert sum(len(group) for _, _, group in found) == len(lines)
    assert all(len(group) >= FEWEST for _, _, group in found) or len(found) == 1
    dice.shuffle(lines)
    assert [(name, many, len(group)) for name, many, group in broken_down(lines)] == [
        (name, many, len(group)) for name, many, group in found
    ]
