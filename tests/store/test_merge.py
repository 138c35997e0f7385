"""Merging ledgers is a set union: any order, any repetition, same result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.entry import Sealed, canonical, content_digest
from plfacilitate.core.fold import EventFold
from plfacilitate.store.ledger import Ledger, Received
from plfacilitate.store.search import catch_up, find_texts, people
from tests.store.kit import Laptop, all_of, told

Make = Callable[[str], Laptop]


def _day(laptop: Laptop) -> Ledger:
    """A ledger with a little of everything."""
    ledger = laptop.open()
    came = ledger.append_one(laptop.sign_in("ada"))
    ledger.append([laptop.person("ada", last_name="Lovelace"), laptop.note("warm room"), laptop.sign_in("ben")])
    ledger.append([laptop.sign_in("ada", replaces=[came.id], body={"reason": "earlier"}), laptop.sign_out("ben")])
    return ledger


def test_what_one_laptop_wrote_the_other_has_too(laptops: Make) -> None:
    """Bytes, numbers, digests; a second time changes nothing."""
    ours, theirs = _day(laptops("a")), _day(laptops("b"))
    got = ours.receive(all_of(theirs))
    assert got == Received(new=theirs.count())
    assert ours.receive(all_of(theirs)) == Received(known=theirs.count())
    theirs.receive(all_of(ours))
    assert told(ours) == told(theirs)
    assert ours.heads() == theirs.heads()
    assert ours.count() == 14
    assert (ours.aside(), ours.forks()) == ([], {})


def test_what_was_received_can_be_corrected_and_comes_home(laptops: Make) -> None:
    """The other laptop's chain goes on from its own head."""
    a, b = laptops("a"), laptops("b")
    ours, theirs = _day(a), _day(b)
    ours.receive(all_of(theirs))
    (first, *_) = ours.entries(event="e", kinds={"sign-out"})
    fixed = ours.append_one(a.sign_out("ben", replaces=[first.id]))
    assert (fixed.device, fixed.number) == (ours.device, 8)
    theirs.receive(all_of(ours))
    assert theirs.append_one(b.note("after")).number == 8


@settings(max_examples=40)
@given(data=st.data())
def test_any_order_and_any_repetition_give_the_same_ledger(data: st.DataObject, tmp_path_factory: Any) -> None:
    """Three laptops' entries, some erased, some undone, dealt out in any pages: same contents, same picture."""
    folder: Path = tmp_path_factory.mktemp("merge")
    made = [Laptop(folder, name, seed=seed) for seed, name in enumerate("abcd")]
    a, b, left, right = made
    ours = _day(a)
    theirs = _day(b)
    theirs.receive(all_of(ours))
    note = next(theirs.entries(event="e", kinds={"note"}))
    theirs.append([b.undo(next(theirs.entries(event="e"))), b.note("cooler now", replaces=[note.id])])
    whole = [*all_of(ours), *all_of(theirs)]
    theirs.erase([entry.id for entry in theirs.entries(event="e", person="ben")], reason="asked for", by="Ruth")
    whole += [*all_of(theirs), *(Sealed(one.envelope, None, None) for one in all_of(theirs))]
    ledgers = []
    for laptop in (left, right):
        ledger = laptop.open(marker=None)
        dealt = data.draw(st.permutations(whole))
        ledger.receive(dealt, page=data.draw(st.integers(1, 30)))
        ledgers.append(ledger)
    one, other = ledgers
    own = {one.device, other.device}
    assert {row for row in told(one) if b"device-started" not in (row[1] or b"")} == {
        row for row in told(other) if b"device-started" not in (row[1] or b"")
    }
    assert {k: v for k, v in one.heads().items() if k not in own} == {
        k: v for k, v in other.heads().items() if k not in own
    }
    pictures = []
    for ledger in ledgers:
        fold = EventFold("e")
        fold.apply(ledger.entries(event="e"))
        catch_up(ledger.connection)
        pictures.append(
            (
                fold.persons(), fold.presence("ada"), fold.presence("ben"), people(ledger.connection),
                {hit.text for hit in find_texts(ledger.connection, "co")}, ledger.aside(), ledger.forks(),
            )
        )  # fmt: skip
    assert pictures[0] == pictures[1]
    for laptop in made:
        laptop.close()


def test_contents_that_come_later_are_laid_beside_their_envelopes(laptops: Make) -> None:
    """First a parcel that may not see them, then the other one; they count as news to a screen."""
    theirs, ours = _day(laptops("a")), laptops("b").open()
    got = ours.receive(theirs.sealed(kinds=frozenset({"note"})))
    assert got == Received(new=7)
    assert [entry.kind for entry in ours.entries(event="e")] == ["note"]
    seen = ours.head_seq()
    again = ours.receive(theirs.sealed())
    assert again == Received(known=7, filled=6)
    assert {entry.kind for entry in ours.entries(since=seen, event="e")} == {"sign-in", "sign-out"}
    assert told(theirs) <= told(ours)


def test_the_same_id_with_other_bytes_is_kept_aside(laptops: Make) -> None:
    """Both are there, the first counts, and the second waits, however often it comes."""
    ours, theirs = laptops("a"), laptops("b")
    here, there = ours.open(), theirs.open()
    here.append_one(ours.note("mine", entry_id="n"))
    there.append_one(theirs.note("theirs", entry_id="n"))
    for _ in range(2):
        got = here.receive(all_of(there))
        assert [one.split(":")[0] for one in got.conflicts] == ["n"]
    assert [entry.body["text"] for entry in here.entries(event="e")] == ["mine"]
    assert len(here.aside()) == 1
    assert b"theirs" in here.connection.execute("SELECT content FROM aside").fetchone()[0]


def _forged(kind: str, body: object, **parts: Any) -> Sealed:
    content = canonical(
        {
            "kind": kind, "person": "p", "by": "x", "means": "paper", "happened_at": "2023-12-06T20:00:00.000000Z",
            "replaces": [], "body": body,
        }
    )  # fmt: skip
    whole = {
        "format": 1, "id": "f", "device": "d", "number": 1, "previous": None, "event": "e",
        "recorded_at": "2023-12-06T20:00:00.000000Z", "content_digest": content_digest(bytes(16), content),
    }  # fmt: skip
    return Sealed(canonical(whole | parts), bytes(16), content)


@pytest.mark.parametrize(
    "broken",
    [
        Sealed(b"no json", None, None),
        _forged("note", {"text": "x"}, format=2),
        _forged("note", {"text": "x"}, number=2**70),
        _forged("note", {"text": "x"}, event={"a": 1}),
        Sealed(_forged("note", {}).envelope, bytes(16), b"[]"),
        Sealed(_forged("note", {"text": "x"}).envelope, bytes(16), _forged("note", {"text": "y"}).content),
        _forged("note", {}),
        _forged("event-scheduled", {"plan": {}}),
    ],
)
def test_what_cannot_be_read_is_kept_aside_and_stops_nothing(laptops: Make, broken: Sealed) -> None:
    """The entries around it are in; the reason is one sentence."""
    ours, theirs = laptops("a").open(), _day(laptops("b"))
    sealed = all_of(theirs)
    got = ours.receive([*sealed[:3], broken, *sealed[3:]])
    assert got.new - 7 in (0, 1)  # an envelope that can be read is kept for the chain
    assert len(got.conflicts) == 1
    assert len(ours.aside()) == 1
    assert told(theirs) <= told(ours)


def test_a_kind_of_a_newer_version_is_kept_and_counted(laptops: Make) -> None:
    """And handed on as it came."""
    ours = laptops("a").open()
    hologram = _forged("hologram", {"people": 7})
    got = ours.receive([hologram])
    assert (got.new, got.unknown_kinds, got.conflicts) == (1, 1, ())
    assert hologram in all_of(ours)
    fold = EventFold("e")
    fold.apply(ours.entries(event="e"))
    assert [entry.id for entry in fold.facts("hologram")] == ["f"]


def test_a_long_list_is_taken_in_pages(laptops: Make) -> None:
    """Another writer gets its turn in between; nothing is lost where pages meet."""
    theirs, ours = laptops("a"), laptops("b").open()
    there = theirs.open()
    there.append([theirs.sign_in(f"p{n}") for n in range(1200)])
    assert ours.receive(there.sealed(page=7)).new == 1201
    assert told(there) <= told(ours)


def test_an_envelope_from_the_future_of_its_chain_is_kept(laptops: Make) -> None:
    """Out of order: number 5 before number 2; nothing is held back or refused."""
    theirs, ours = _day(laptops("a")), laptops("b").open()
    sealed = all_of(theirs)
    ours.receive(sealed[4:])
    ours.receive(sealed[:4])
    assert told(theirs) <= told(ours)
    assert ours.heads()[theirs.device] == theirs.heads()[theirs.device]
