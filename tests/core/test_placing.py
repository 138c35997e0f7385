"""Who goes to which problem: where somebody is needed, or in a whole group that was drawn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.popup.placing import in_order, taken_over

PEOPLE = [f"p{number}" for number in range(8)]
PROBLEMS = ["a", "b", "c"]


def test_the_first_group_works_on_the_first_problem() -> None:
    """Groups that are too many have none, problems that are too many have nobody."""
    assert in_order(2, PROBLEMS) == {"a": 1, "b": 2}
    assert in_order(5, PROBLEMS) == {"a": 1, "b": 2, "c": 3}
    assert in_order(0, PROBLEMS) == {}


@given(
    st.lists(st.sampled_from([0, 1, 2, 3]), min_size=8, max_size=8), st.permutations(PROBLEMS), st.integers(0, 3),
    st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(PROBLEMS)), st.sets(st.sampled_from(PEOPLE)),
)  # fmt: skip
def test_groups_stay_together_and_owners_stay_where_they_are(
    seats: list[int], order: list[str], groups: int, before: dict[str, str], owners: set[str]
) -> None:
    """Everybody else of a group is at its problem afterwards; once more changes nothing; who is in no group stays."""
    drawn = [[one for one, seat in zip(PEOPLE, seats, strict=True) if seat == number] for number in (1, 2, 3)]
    pairs = in_order(groups, order)
    moves = taken_over(drawn, pairs, before, owners)
    after = before | dict(moves)
    for problem, number in pairs.items():
        assert {after[one] for one in drawn[number - 1] if one not in owners} <= {problem}
    paired = {one for number in pairs.values() for one in drawn[number - 1]}
    assert {one for one, _ in moves} <= paired - owners
    assert taken_over(drawn, pairs, after, owners) == []
