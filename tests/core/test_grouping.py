"""Groups: everyone once, sizes alike, schools and roles as even as it is possible, latecomers where it is smallest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.grouping import Groups, Member, by_chance, how_many, mixed, place_for, shares, why
from plfacilitate.core.refusal import Refused

SCHOOLS = st.sampled_from(("Dimmitt", "Lakeridge", "Bryn Mawr", "", "DIMMITT"))
ROLES = st.sampled_from(("teacher", "principal", "coach", ""))
PEOPLE = st.lists(st.tuples(SCHOOLS, ROLES), min_size=1, max_size=60).map(
    lambda rows: [Member(f"p{at}", *row) for at, row in enumerate(rows)]
)
SEED = st.binary(min_size=16, max_size=16)


def ids(groups: Groups) -> list[list[str]]:
    """Who is where."""
    return [[one.id for one in group] for group in groups]


@given(PEOPLE, st.data(), SEED)
def test_everyone_is_in_one_group_and_sizes_differ_by_one_at_most(
    people: list[Member], data: st.DataObject, seed: bytes
) -> None:
    """By chance and mixed alike."""
    count = data.draw(st.integers(1, len(people)))
    for way in (by_chance, mixed):
        groups = way(people, count, seed)
        assert sorted(one for group in ids(groups) for one in group) == sorted(one.id for one in people)
        sizes = [len(group) for group in groups]
        assert len(sizes) == count
        assert max(sizes) - min(sizes) <= 1


@given(PEOPLE, st.data(), SEED)
def test_every_school_and_every_role_is_spread_to_within_one(
    people: list[Member], data: st.DataObject, seed: bytes
) -> None:
    """Of any school or role no group has two more than another: no mix is more even."""
    groups = mixed(people, data.draw(st.integers(1, len(people))), seed)
    for share in (*shares(groups, lambda one: one.school), *shares(groups, lambda one: one.role)):
        assert max(share.each) - min(share.each) <= 1, share
        assert sum(share.each) == share.people


@given(PEOPLE, st.data(), SEED, st.randoms())
def test_a_drawing_can_be_made_again(people: list[Member], data: st.DataObject, seed: bytes, chance: object) -> None:
    """The same seed gives the same groups, in whatever order people are handed in."""
    count = data.draw(st.integers(1, len(people)))
    shuffled = sorted(people, key=lambda one: hash((str(chance), one.id)))
    for way in (by_chance, mixed):
        assert ids(way(people, count, seed)) == ids(way(shuffled, count, seed))


def test_another_seed_is_another_drawing() -> None:
    """Chance decides which of the even mixes it is."""
    people = [Member(f"p{at}", f"School {at % 4}", "teacher") for at in range(24)]
    assert len({str(ids(mixed(people, 4, bytes([n]) * 16))) for n in range(8)}) == 8


def test_a_size_makes_as_many_groups_as_keep_to_it() -> None:
    """Fourteen people in fours are four groups of three and four; five people are two groups, nobody is alone."""
    assert how_many(14, size=4) == 4
    assert [len(group) for group in by_chance([Member(str(n)) for n in range(5)], how_many(5, size=4), b"x" * 16)] == [
        3,
        2,
    ]
    assert how_many(3, size=50) == 1


@pytest.mark.parametrize(
    "people, count, size, code",
    [(3, 4, None, "groups-too-many"), (0, 1, None, "groups-nobody"), (5, 0, None, "groups-number"), (5, None, -2, "groups-number"), (5, None, None, "groups-number")],
)  # fmt: skip
def test_what_makes_no_groups_is_refused(people: int, count: int | None, size: int | None, code: str) -> None:
    """More groups than people, nobody, no groups, none of a negative size: a sentence."""
    with pytest.raises(Refused) as no:
        how_many(people, count=count, size=size)
    assert no.value.refusal.code == code


def test_a_latecomer_goes_where_it_is_smallest_then_where_their_school_is_not() -> None:
    """Of two equally small groups the one without their school; of those the one without their role."""
    a, b = Member("a", "Dimmitt", "teacher"), Member("b", "Lakeridge", "teacher")
    late = Member("l", "dimmitt", "teacher")
    assert place_for(late, [[a], [b]]) == 2
    assert place_for(late, [[a], [b, b]]) == 1
    assert place_for(late, [[b], [Member("c", "Lakeridge", "coach")]]) == 2
    with pytest.raises(Refused):
        place_for(late, [])


@given(PEOPLE, st.data(), SEED)
def test_latecomers_keep_sizes_alike(people: list[Member], data: st.DataObject, seed: bytes) -> None:
    """However many come late, no group gets two more than another."""
    groups = mixed(people, data.draw(st.integers(1, len(people))), seed)
    for number in range(7):
        late = Member(f"late{number}", "Dimmitt", "coach")
        groups[place_for(late, groups) - 1].append(late)
        sizes = [len(group) for group in groups]
        assert max(sizes) - min(sizes) <= 1


def test_the_reason_says_how_even_it_is() -> None:
    """Sizes, schools, roles; what nobody knows is left out."""
    people = [Member(f"p{at}", f"School {at % 2}") for at in range(5)]
    assert (
        why(mixed(people, 2, b"s" * 16))
        == "2 to 3 people in each group; of any one school at most 1 more than in another"
    )
    assert why(mixed(people[:4], 2, b"s" * 16)) == "2 people in each group; of each school equally many"
    assert why([]) == ""
