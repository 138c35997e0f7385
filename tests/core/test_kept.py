"""What a fold keeps: any order and any repetition of entries leave the same; undos of undos; what was erased is away."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.entry import Entry
from plfacilitate.core.kept import Kept, of_event
from tests.core.entries import entry, undo

KINDS = frozenset({"note", "undo", "erased"})


def note(name: str, **parts: object) -> Entry:
    """A note of the event."""
    return entry(name, "note", text=name, **parts)  # type: ignore[arg-type]  # what is said of it is the body


def erased(name: str, *ids: str, **parts: object) -> Entry:
    """Something was erased: at no event, as always."""
    return entry(name, "erased", event=None, ids=list(ids), **parts)  # type: ignore[arg-type]  # as above


def kept(*entries: Entry) -> Kept:
    """What is kept of these."""
    found = Kept(of_event("e", KINDS))
    found.take(entries)
    return found


ALL = [
    note("a"), note("b", seq=7), note("c"), note("d"), undo("u", "a"), undo("v", "u"), undo("w", "b"), undo("x", "c"),
    erased("y", "c", "x"), erased("z", "d", "later", instead=["f"]), note("f"), note("g", event="other"),
]  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.sampled_from(ALL)).flatmap(lambda more: st.permutations([*ALL, *more])), st.integers(0, len(ALL)))
def test_any_order_and_any_repetition_leave_the_same(order: Sequence[Entry], cut: int) -> None:
    """Handed in at once or in two parts; what came, went and turned on the way adds up to what is kept."""
    found = Kept(of_event("e", KINDS))
    first, second = found.take(order[:cut]), found.take(order[cut:])
    ends = (set(found.entries), set(found.undos), found.void, found.instead, found.seq)
    assert ends == ({"a", "b", "f"}, {"u", "v", "w"}, {"u", "b"}, {"f"}, 7)
    came, went = ({one.id for one in part} for part in (first.came + second.came, first.went + second.went))
    assert came - went == found.entries.keys()
    assert first.turned ^ second.turned == found.void
    assert not found.take(order)


def test_an_undo_of_an_undo_gives_back() -> None:
    """What was taken back stands again, and the news names it each time."""
    found = kept(note("a"))
    assert found.take([undo("u", "a")]).turned == {"a"}
    assert found.standing() == []
    assert found.take([undo("v", "u")]).turned == {"a", "u"}
    assert [one.id for one in found.standing()] == ["a"]


def test_what_is_taken_back_may_come_after_its_undo() -> None:
    """It is kept, for an undo of the undo would give it back; it does not stand."""
    found = kept(undo("u", "a"))
    assert [one.id for one in found.take([note("a")]).came] == ["a"]
    assert (list(found.entries), found.standing()) == (["a"], [])


def test_an_erased_undo_takes_nothing_back() -> None:
    """That is no word about an entry that went: nothing did."""
    found = kept(note("a"), undo("u", "a"))
    news = found.take([erased("x", "u")])
    assert (news.went, news.undone, news.turned) == ([], True, {"a"})
    assert [one.id for one in found.standing()] == ["a"]


def test_what_was_erased_is_told_once_and_stays_away() -> None:
    """Said on two laptops, and the entry comes again from a third."""
    found = kept(note("a"))
    assert [one.id for one in found.take([erased("x", "a")]).went] == ["a"]
    assert not found.take([erased("y", "a"), note("a")])
    assert not found.entries


def test_only_what_belongs_is_kept_and_all_of_it_is_counted_as_seen() -> None:
    """Another event, another kind, and contents that are not here; `seq` goes on, or they would be read again."""
    away = entry("n", "note")._replace(kind=None, content=None, seq=9)
    found = kept(note("a", event="other"), entry("s", "sign-in"), away)
    assert (found.entries, found.seq) == ({}, 9)
