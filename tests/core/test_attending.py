"""Who came, in groups: none of fewer than five by itself, and none that can be worked out from the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.insights.attending import (
    FEWEST,
    NO_SCHOOL,
    TOO_FEW,
    broken_down,
    course,
    standing_text,
    together,
)
from plfacilitate.core.line import Line, Standing
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.tally import CreditLine, CreditSheet
from tests.core.credit_kit import DAY, PSESD, at, facts, institute


def people(schools: Mapping[str, int]) -> list[CreditLine]:
    """So many of each school, an hour each."""
    return [
        CreditLine(Person(f"{school} {n}", "Ames", school=school), Line(school, 60, 100, "earned", (), 60, 100), None)
        for school, many in schools.items()
        for n in range(many)
    ]


def groups(**schools: int) -> list[tuple[str, int, int]]:
    """Name, how many schools, how many people."""
    return shown(people(schools))


def shown(lines: list[CreditLine]) -> list[tuple[str, int, int]]:
    """The same of one table by itself."""
    return [(name, many, len(group)) for name, many, group in broken_down(lines, together([lines]))]


def table(lines: list[CreditLine], day: date | None = None) -> CreditSheet:
    """A session's on its day; without one the series'."""
    plan = institute()
    event = Event(str(day), "2026", "s1", "Session", day or DAY, "UTC", "Renton", "", "", plan, {})
    return CreditSheet(
        "2026", event if day else None, (event,), PSESD, {}, at("16:00"), tuple(lines), facts(plan),
    )  # fmt: skip


def test_large_schools_stand_by_themselves_and_small_ones_together() -> None:
    """The small ones come last."""
    assert groups(a=5, b=3, c=9, d=4) == [("a", 1, 5), ("c", 1, 9), ("2 small schools together", 2, 7)]


def test_a_small_school_alone_takes_the_next_smallest_with_it() -> None:
    """Else it would be what is left of all."""
    assert groups(a=6, b=3, c=9) == [("c", 1, 9), ("2 small schools together", 2, 9)]


def test_a_school_is_one_however_it_is_written_and_none_is_one_too() -> None:
    """As most wrote it; whoever gave none is together."""
    lines = people({"Lakeridge": 3, "lakeridge": 2, "": 5})
    assert [(name, people) for name, _, people in shown(lines)] == [(NO_SCHOOL, 5), ("Lakeridge", 5)]


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12)), st.randoms(use_true_random=False))
def test_no_group_is_small_unless_all_are(schools: dict[str, int], dice: Any) -> None:
    """Everybody is in one group, whatever the order."""
    lines = people(schools)
    found = shown(lines)
    assert sum(count for *_, count in found) == len(lines)
    assert all(count >= FEWEST for *_, count in found) or len(found) == 1
    dice.shuffle(lines)
    assert shown(lines) == found


sizes = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 12), min_size=1)


@given(st.lists(sizes, min_size=1, max_size=4))
def test_whoever_is_together_in_one_table_is_so_in_all(tables: list[dict[str, int]]) -> None:
    """And there, too, no group is small unless all are."""
    lines = [people(schools) for schools in tables]
    small = together(lines)
    for each in lines:
        found = broken_down(each, small)
        assert all(len(group) >= FEWEST for *_, group in found) or len(found) == 1
        assert (
            not small & {one.person.school for _, many, group in found if many == 1 for one in group} or len(small) == 1
        )


def test_one_who_came_later_can_not_be_worked_out_of_two_tables() -> None:
    """Nine of a school came first, then one of another with them: the school is not told by itself before."""
    first, later = people({"a": 9, "b": 20}), people({"a": 9, "b": 20, "c": 1})
    found = course([table(first, DAY), table(later, DAY + timedelta(days=7))], table(later))
    told = [[(one.name, one.expected) for one in sitting.groups] for sitting in found.sittings]
    assert told == [[("b", 20), ("2 small schools together", 9)], [("b", 20), ("2 small schools together", 10)]]
    assert [(one.name, one.people) for one in found.standings] == [("b", 20), ("2 small schools together", 10)]


def test_a_school_of_which_few_came_once_is_told_nowhere_by_itself() -> None:
    """Six in the series, one of them at the only session: by itself in one table it would tell what the other withholds."""
    found = course([table(people({"a": 9, "b": 20, "c": 1}), DAY)], table(people({"a": 9, "b": 20, "c": 6})))
    assert [(one.name, one.people) for one in found.standings] == [("b", 20), ("2 small schools together", 15)]
    assert [(one.name, one.expected) for one in found.sittings[0].groups][-1] == ("2 small schools together", 10)


def test_where_people_stand_is_told_of_five_and_never_of_four() -> None:
    """One attended all, one missed one, three are on course; of four nothing is told."""
    stands = [Standing(5, 5, True), Standing(5, 1, True, (2,)), *[Standing(5, 2, True)] * 3]
    lines = [
        replace(one, line=replace(one.line, standing=stand))
        for one, stand in zip(people({"a": 5}), stands, strict=True)
    ]
    told = course([], table(lines))
    assert standing_text(told.whole, sessions=5) == "5 people: 1 at all 5 sessions, 3 on course, 1 missed one or more"
    few = course([table(lines[:4], DAY)], table(lines[:4]))
    assert [standing_text(one, sessions=5) for one in (few.whole, *few.standings)] == [TOO_FEW, TOO_FEW]
    assert all(one.withheld and not one.came for one in (few.sittings[0].whole, *few.sittings[0].groups))
