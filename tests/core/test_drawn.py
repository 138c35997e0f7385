"""Groups as they stand: the last word about a person counts, in any order of entries, on any number of laptops."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from plfacilitate.core.drawn import Drawing, DrawnFold
from plfacilitate.core.entry import Entry
from tests.core.entries import entry, undo


def drawn(name: str = "d1", *, at: str = "10:00", number: int = 1, **body: Any) -> Entry:
    """A drawing of two groups."""
    return entry(name, "groups-drawn", at=at, number=number, **{"way": "mix", "count": 2, "seed": "00", **body})


def joined(name: str, person: str, group: int, *, at: str = "10:00", number: int = 2, **parts: Any) -> Entry:
    """Somebody is in a group."""
    return entry(name, "group-joined", at=at, number=number, person=person, drawing="d1", group=group, **parts)


def current(*entries: Entry, **merged: str) -> Drawing | None:
    """What these come to."""
    fold = DrawnFold("e")
    fold.apply(entries)
    return fold.current(merged)


def test_the_last_word_about_a_person_counts() -> None:
    """Moved by hand after the drawing, whatever the order in which it arrives; taken out is in none."""
    entries = [
        drawn(), joined("a", "ann", 1, number=2), joined("b", "bob", 1, number=3), joined("c", "ann", 2, at="10:05", number=4),
        joined("x", "bob", 0, at="10:06", number=5),
    ]  # fmt: skip
    for order in permutations(entries):
        found = current(*order)
        assert found is not None
        assert found.groups == ((), ("ann",))
        assert (found.group_of("ann"), found.group_of("bob")) == (2, 0)


def test_whoever_moves_comes_last_in_the_new_group() -> None:
    """Also where they were put into a group before those who are in it now."""
    found = current(
        drawn(), joined("a", "ann", 1), joined("b", "bob", 2, number=3), joined("c", "ann", 2, at="10:05", number=4)
    )
    assert found is not None
    assert found.groups == ((), ("bob", "ann"))


def test_an_undone_move_and_an_erased_person() -> None:
    """The move that was taken back does not count, nor does anything that was erased; known groups stay."""
    base = [drawn(), joined("a", "ann", 1), joined("c", "ann", 2, at="10:05", number=3)]
    back = current(*base, undo("u", "c", number=4))
    assert back is not None
    assert back.groups == (("ann",), ())
    gone = current(*base, entry("x", "erased", event=None, ids=["a", "c"], number=5))
    assert gone is not None
    assert gone.groups == ((), ())
    assert current(*base, undo("u", "d1", number=4)) is None


def test_the_drawing_that_was_made_last_counts_and_the_one_before_it_after_an_undo() -> None:
    """The same groups again."""
    first, second = drawn(), drawn("d2", at="11:00", number=8, count=3, titles=["Voice"])
    found = current(first, second, joined("a", "ann", 1))
    assert found is not None
    assert (found.id, found.titles, found.title(1), found.title(2)) == ("d2", ("Voice", "", ""), "1 · Voice", "Group 2")
    before = current(first, second, joined("a", "ann", 1), undo("u", "d2", at="11:01", number=9))
    assert before is not None
    assert (before.id, before.groups) == ("d1", (("ann",), ()))


def test_two_records_of_one_person_sit_in_one_group() -> None:
    """Where the records are one by now, the later word counts."""
    found = current(drawn(), joined("a", "ann", 1), joined("b", "anna", 2, number=3), anna="ann")
    assert found is not None
    assert found.groups == ((), ("ann",))
