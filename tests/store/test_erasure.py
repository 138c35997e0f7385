"""Erasing: the content is gone for good, from the file too; what was signed stays provable."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.store.doctor import examine
from plfacilitate.store.ledger import Received
from plfacilitate.store.search import catch_up, find_people, find_texts, person
from tests.store.kit import Laptop, all_of, told

Make = Callable[[str], Laptop]
RARE = "Xanthopoulou"


def _bytes(laptop: Laptop) -> bytes:
    """All that lies on the disk."""
    return b"".join(path.read_bytes() for path in laptop.folder.glob("ledger.db*"))


def test_nothing_of_an_erased_content_is_left_in_the_file(laptop: Laptop) -> None:
    """Not in a free page, not in the search, not in the write-ahead log; its neighbours are whole."""
    ledger = laptop.open()
    record = ledger.append_one(laptop.person("x", last_name=RARE, email="x@rare.example"))
    note = ledger.append_one(laptop.note(f"talked with {RARE} about the zeppelin"))
    ledger.append([laptop.person(f"p{n}", last_name=f"Name{n}", email=f"p{n}@b") for n in range(50)])
    catch_up(ledger.connection)
    assert RARE.encode() in _bytes(laptop)
    assert b"zeppelin" in _bytes(laptop)
    (erased,) = ledger.erase([record.id], reason="asked for", by="Ruth")
    ledger.erase([note.id], reason="asked for", by="Ruth")
    catch_up(ledger.connection)
    remains = _bytes(laptop).lower()
    for word in (RARE, "rare.example", "zeppelin", *(RARE[:3].lower() + RARE[4:].lower(),)):
        assert word.lower().encode() not in remains
    assert b"name7" in remains
    assert (erased.kind, erased.body) == ("erased", {"ids": [record.id], "reason": "asked for"})
    assert ledger.entry(record.id) is None
    assert not find_people(ledger.connection, RARE)
    assert not find_texts(ledger.connection, "zeppelin")
    assert len(find_people(ledger.connection, "name7")) == 1


def test_nothing_is_left_on_a_laptop_that_is_told_of_it(laptops: Make) -> None:
    """An erasure that arrives with what another laptop wrote sweeps this file as the first one was swept."""
    a, b = laptops("a"), laptops("b")
    ours, theirs = a.open(), b.open()
    record = ours.append_one(a.person("x", last_name=RARE))
    note = ours.append_one(a.note("about the zeppelin"))
    theirs.receive(all_of(ours))
    catch_up(theirs.connection)
    assert b"zeppelin" in _bytes(b)
    ours.erase([record.id, note.id], reason="asked for", by="Ruth")
    theirs.receive(all_of(ours))
    remains = _bytes(b).lower()
    assert RARE.lower().encode() not in remains
    assert b"zeppelin" not in remains


def test_envelopes_stay_and_the_chain_holds(laptop: Laptop) -> None:
    """The doctor finds nothing, and numbers go on."""
    ledger = laptop.open()
    entries = [ledger.append_one(laptop.sign_in(person)) for person in ("ada", "ben", "cy")]
    ledger.erase([entries[1].id], reason="asked for", by="Ruth")
    assert ledger.count() == 5
    assert [one.content is None for one in all_of(ledger)] == [False, False, True, False, False]
    assert examine(ledger.connection).findings == ()
    assert ledger.append_one(laptop.sign_in("dan")).number == 6


def test_an_erased_content_never_comes_back(laptops: Make) -> None:
    """Not from another laptop, not with the same page, not before its envelope; nor does a resend write it anew."""
    a, b, c = laptops("a"), laptops("b"), laptops("c")
    ours, theirs, late = a.open(), b.open(), c.open()
    gone = ours.append_one(a.sign_in("ada", entry_id="ticket"))
    before = all_of(ours)
    theirs.receive(before)
    ours.erase([gone.id], reason="asked for", by="Ruth")
    assert ours.receive(all_of(theirs)) == Received(new=1, known=2)
    assert ours.entry("ticket") is None
    assert ours.append([a.sign_in("ada", entry_id="ticket")])[0].status == "known"
    assert theirs.receive(all_of(ours)).new == 1
    assert theirs.entry("ticket") is None
    late.receive([*all_of(ours), *before])
    late.receive(before)
    assert late.entry("ticket") is None
    assert told(ours) == {row for row in told(late) if row[0] in {entry_id for entry_id, _ in told(ours)}}


def test_what_is_not_here_yet_is_erased_when_it_comes(laptops: Make) -> None:
    """The word of the erasure may travel faster than what it erases."""
    a, b = laptops("a"), laptops("b")
    ours, theirs = a.open(), b.open()
    gone = ours.append_one(a.sign_in("ada"))
    theirs.erase([gone.id], reason="asked for", by="Ruth")
    theirs.receive(all_of(ours))
    assert theirs.entry(gone.id) is None
    assert gone.id in {row[0] for row in theirs.connection.execute("SELECT id FROM entry")}
    ours.erase(["later"], reason="asked for", by="Ruth")
    with pytest.raises(Refused, match="erased for good"):
        ours.append_one(a.sign_in("ada", entry_id="later"))


def test_what_says_that_something_was_erased_stays(laptops: Make) -> None:
    """Else another ledger would never learn of it."""
    a, b = laptops("a"), laptops("b")
    ours, theirs = a.open(), b.open()
    gone = ours.append_one(a.sign_in("ada"))
    sealed = all_of(ours)
    (word,) = ours.erase([gone.id], reason="asked for", by="Ruth")
    ours.erase([word.id], reason="to hide it", by="Eve")
    assert ours.entry(word.id) == word
    theirs.receive([*reversed(all_of(ours)), *sealed])
    assert theirs.entry(gone.id) is None
    late = laptops("c").open()
    for one in reversed(all_of(ours)):  # that it was to be erased comes before it
        late.receive([one])
    assert late.entry(word.id) is not None
    assert told(ours) <= told(late)


def test_each_event_is_told_of_what_was_erased_in_it(laptop: Laptop) -> None:
    """So that a screen that shows the event sees it with its next refresh."""
    ledger = laptop.open()
    ids = [ledger.append_one(laptop.sign_in("ada", event=event)).id for event in ("e", "f", "e")]
    ids.append(ledger.append_one(laptop.person("ada", last_name="Ada")).id)
    words = ledger.erase(ids, reason="asked for", by="Ruth")
    assert {(word.event, tuple(word.body["ids"])) for word in words} == {
        ("e", (ids[0], ids[2])), ("f", (ids[1],)), (None, (ids[3],)),
    }  # fmt: skip


def test_bytes_that_stand_aside_are_erased_too(laptops: Make) -> None:
    """What was refused is a person's data as much as what was taken."""
    a, b = laptops("a"), laptops("b")
    ours, theirs = a.open(), b.open()
    ours.append([a.sign_in("ada", entry_id="t")])
    ours.append([a.sign_in(RARE, entry_id="t")])
    theirs.append([b.sign_in(RARE + "2", entry_id="t")])
    ours.receive(all_of(theirs))
    assert len(ours.aside()) == 2
    ours.erase(["t"], reason="asked for", by="Ruth")
    assert RARE.encode() not in _bytes(a)
    ours.receive(all_of(theirs))
    late = laptops("c").open()
    late.append([laptops("c").sign_in(RARE + "3", entry_id="t")])
    before = len(ours.aside())
    ours.receive(all_of(late))
    assert len(ours.aside()) == before + 1
    assert RARE.encode() not in _bytes(a)
    assert all(row == (None, None) for row in ours.connection.execute("SELECT salt, content FROM aside"))


def test_an_older_version_of_a_person_comes_back_into_the_search(laptop: Laptop) -> None:
    """Only what was erased is gone."""
    ledger = laptop.open()
    first = ledger.append_one(laptop.person("x", last_name="Le", email="a@b"))
    second = ledger.append_one(laptop.person("x", last_name=RARE, replaces=[first.id]))
    text = ledger.append_one(laptop.note("first words"))
    longer = ledger.append_one(laptop.note("second words", replaces=[text.id]))
    catch_up(ledger.connection)
    ledger.erase([second.id, longer.id], reason="asked for", by="Ruth")
    known = person(ledger.connection, "x")
    assert known is not None
    assert (known.last_name, known.email) == ("Le", "a@b")
    assert [hit.text for hit in find_texts(ledger.connection, "words")] == ["first words"]
    assert find_people(ledger.connection, "xanthopoulu") == []


def test_whoever_is_in_the_middle_of_reading_can_erase(laptop: Laptop) -> None:
    """The content is gone at once; the file is swept when nobody reads."""
    ledger = laptop.open()
    record = ledger.append_one(laptop.person("x", last_name=RARE))
    half = ledger.connection.execute("SELECT * FROM entry")
    half.fetchone()
    ledger.erase([record.id], reason="asked for", by="Ruth")
    assert ledger.entry(record.id) is None
    half.close()
    laptop.close()
    laptop.open()
    assert RARE.encode() not in _bytes(laptop)


def test_a_sweep_that_a_reader_held_up_is_made_up_for(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be emptied today is emptied when the ledger is opened next."""
    monkeypatch.setattr("plfacilitate.store.connection.WAIT_SECONDS", 0.01)
    ledger = laptop.open()
    record = ledger.append_one(laptop.person("x", last_name=RARE))
    reader = sqlite3.connect(laptop.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM content").fetchall()
    ledger.erase([record.id], reason="asked for", by="Ruth")
    assert ledger.entry(record.id) is None
    assert RARE.encode() in _bytes(laptop)
    assert any("swept" in remark for remark in examine(ledger.connection).remarks)
    reader.execute("COMMIT")
    reader.close()
    again = laptop.open()
    assert RARE.encode() not in _bytes(laptop)
    assert examine(again.connection).remarks == ()
