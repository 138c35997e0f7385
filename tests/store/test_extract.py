"""A part of a ledger as it leaves: one picture, what another place lacks, what is covered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plfacilitate.core.entry import Draft, Sealed
from plfacilitate.core.wire import read_envelope
from plfacilitate.store.extract import Extent, extents, lacking, one_picture
from plfacilitate.store.ledger import Ledger
from tests.played import Chance, Clock

KINDS = frozenset({"sign-in"})


def ledger_at(path: Path, clock: Clock, seed: int = 0) -> Ledger:
    """A ledger in that file."""
    return Ledger.open(path, clock=clock, chance=Chance(seed))


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    """Its device's first entry and five more, a note among them."""
    opened = ledger_at(tmp_path / "ledger.db", clock)
    write(opened, clock, 1, 2, 3, 4)
    write(opened, clock, 5, kind="note")
    yield opened
    opened.close()


def write(ledger: Ledger, clock: Clock, *names: int, kind: str = "sign-in") -> None:
    """Entries of these names."""
    drafts = [
        Draft(f"{ledger.device}-{name}", kind, clock(), "door", "own-phone", bytes(16), "somebody", "event", (), body)
        for name in names
        for body in [{"text": "words"} if kind == "note" else {}]
    ]
    ledger.append(drafts)


def numbers(sealed: Iterator[Sealed]) -> list[int]:
    """The numbers of what leaves."""
    return [read_envelope(one.envelope).number for one in sealed]


def test_everything_leaves_where_nothing_is_known(ledger: Ledger) -> None:
    """In the order in which it came here."""
    assert numbers(lacking(ledger.connection, {}, KINDS)) == [1, 2, 3, 4, 5, 6]
    digest = ledger.heads()[ledger.device][1]
    assert extents(ledger.connection, {}) == {ledger.device: Extent(1, 6, digest)}


def test_only_what_is_lacking_leaves(ledger: Ledger) -> None:
    """And a device that brings nothing is left out."""
    assert numbers(lacking(ledger.connection, {ledger.device: 4}, KINDS)) == [5, 6]
    assert extents(ledger.connection, {ledger.device: 4})[ledger.device].first == 5
    assert extents(ledger.connection, {ledger.device: 6}) == {}
    assert numbers(lacking(ledger.connection, {"another": 9}, KINDS)) == [1, 2, 3, 4, 5, 6]


def test_contents_of_other_kinds_stay_here(ledger: Ledger) -> None:
    """Their envelopes leave all the same, for the proof."""
    with_content = [one.content is not None for one in lacking(ledger.connection, {}, KINDS)]
    assert with_content == [False, True, True, True, True, False]
    assert all((one.salt is None) == (one.content is None) for one in lacking(ledger.connection, {}, KINDS))


@pytest.mark.parametrize("page", [1, 2, 5, 6, 7])
def test_pages_leave_nothing_out_and_nothing_twice(ledger: Ledger, page: int) -> None:
    """Whatever their size."""
    assert numbers(lacking(ledger.connection, {}, KINDS, page=page)) == [1, 2, 3, 4, 5, 6]


def test_one_picture_holds_while_others_write(ledger: Ledger, tmp_path: Path, clock: Clock) -> None:
    """What another connection commits meanwhile is not in it, and is there afterwards."""
    other = Ledger.open(tmp_path / "ledger.db", clock=clock, chance=Chance(1))
    with one_picture(ledger.connection):
        write(other, clock, 7)
        assert numbers(lacking(ledger.connection, {}, KINDS)) == [1, 2, 3, 4, 5, 6]
        assert extents(ledger.connection, {})[ledger.device].last == 6
    assert extents(ledger.connection, {})[ledger.device].last == 7
    other.close()


def test_a_picture_ends_even_where_something_went_wrong(ledger: Ledger, clock: Clock) -> None:
    """The ledger can be written afterwards."""
    with pytest.raises(KeyError), one_picture(ledger.connection):
        raise KeyError
    write(ledger, clock, 8)
    assert ledger.heads()[ledger.device][0] == 7


def test_entries_of_other_laptops_leave_too(ledger: Ledger, tmp_path: Path, clock: Clock) -> None:
    """With their own numbers."""
    other = ledger_at(tmp_path / "other.db", clock, 5)
    write(other, clock, 1, 2)
    ledger.receive(other.sealed())
    found = extents(ledger.connection, {ledger.device: 6})
    assert found == {other.device: Extent(1, 3, other.heads()[other.device][1])}
    other.close()
